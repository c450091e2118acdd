using System.Text;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Grains.Checkpoints;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Grains.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Fact]
    public async Task A_checkpoint_names_where_every_stream_ends_and_the_next_one_only_what_changed()
    {
        await using var site = await AttestedSite.OpenAsync();
        await site.FillAsync(3);
        var first = (await site.MakeAsync())!;
        await site.AppendAsync(AttestedSite.WindowOne);
        var second = (await site.MakeAsync())!;

        Assert.Equal((1, null, 6), (first.Number, first.Previous, first.Streams.Count));
        Assert.Equal(2, second.Number);
        Assert.Equal(Checkpoint.HashOf(CheckpointText.Write(first)), second.Previous);
        var only = Assert.Single(second.Streams);
        var tail = await site.Journal.TailAsync(AttestedSite.WindowOne);
        Assert.Equal((AttestedSite.WindowOne, tail.Version, tail.Digest), (only.Stream, only.Version, only.Digest));
        Assert.Null(await site.MakeAsync());
    }

    [Fact]
    public async Task A_checkpoint_is_kept_twice_byte_for_byte_and_its_signature_is_good()
    {
        await using var site = await AttestedSite.OpenAsync();
        await site.FillAsync(1);
        await site.MakeAsync();

        var row = Assert.Single(await site.Journal.ReadAsync(StreamName.Checkpoints, 0, 10));
        byte[] kept = await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(site.Checkpoints)));
        Assert.Equal(Encoding.UTF8.GetString(row.Elements()[0].Span) + "\n", Encoding.UTF8.GetString(kept));
        var made = (CheckpointMade)EventText.Read(row.Elements()[0]);
        using var trust = CheckpointTrust.Parse(site.Key.PublicText());
        Assert.True(trust.Believes(Encoding.UTF8.GetBytes(made.Text), made.Signature));
        Assert.False(trust.Believes(Encoding.UTF8.GetBytes(made.Text.Replace("\"number\":1", "\"number\":2", StringComparison.Ordinal)), made.Signature));
        using var other = CheckpointKey.Generate();
        using var stranger = CheckpointTrust.Parse(other.PublicText());
        Assert.False(stranger.Believes(Encoding.UTF8.GetBytes(made.Text), made.Signature));
    }

    [Fact]
    public async Task Of_several_silos_one_makes_each_and_all_of_them_keep_its_file()
    {
        await using var site = await AttestedSite.OpenAsync();
        await site.FillAsync(1);
        var (one, two) = (site.NewMaker(site.Checkpoints + "-1"), site.NewMaker(site.Checkpoints + "-2"));
        for (var hour = 1; hour <= 5; hour++)
        {
            await Task.WhenAll(one.MakeAsync(TimeSpan.FromHours(1)), two.MakeAsync(TimeSpan.FromHours(1)));
            await Task.WhenAll(one.MakeAsync(TimeSpan.FromHours(1)), two.MakeAsync(TimeSpan.FromHours(1)));
            Assert.Equal(hour, (await site.Journal.TailAsync(StreamName.Checkpoints)).Version);
            await site.AppendAsync(AttestedSite.WindowOne);
            site.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Empty((await site.VerifyAsync(directory: site.Checkpoints + "-1")).Findings);
        Assert.Empty((await site.VerifyAsync(directory: site.Checkpoints + "-2")).Findings);
    }

    [Fact]
    public async Task A_server_makes_one_every_hour_in_which_something_happened_and_one_when_it_stops()
    {
        await using var site = await AttestedSite.OpenAsync();
        await site.StopAsync();
        await site.StartAsync(services => services.AddHostedService<CheckpointService>());
        await site.AppendAsync(AttestedSite.WindowOne);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await MadeAsync(site, 1);
        await site.AppendAsync(AttestedSite.WindowOne);
        for (var minute = 0; minute < 59; minute++)
            site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await site.Journal.TailAsync(StreamName.Checkpoints)).Version);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await MadeAsync(site, 2);
        await site.AppendAsync(AttestedSite.WindowOne);
        await site.StopAsync();
        await site.StartAsync();

        Assert.Equal(3, (await site.Journal.TailAsync(StreamName.Checkpoints)).Version);
        Assert.Equal(3, Directory.GetFiles(site.Checkpoints).Length);
    }

    [Fact]
    public async Task After_a_clock_ran_ahead_and_came_back_one_is_made_every_hour_and_its_file_is_missed()
    {
        await using var site = await AttestedSite.OpenAsync();
        var (maker, right) = (site.NewMaker(), site.Clock.GetUtcNow());
        await site.AppendAsync(AttestedSite.WindowOne);
        site.Clock.Advance(TimeSpan.FromDays(30));
        Assert.NotNull(await maker.MakeAsync(TimeSpan.FromHours(1)));
        site.Clock.AdjustTime(right.AddMinutes(1));
        for (var number = 2; number <= 4; number++)
        {
            await site.AppendAsync(AttestedSite.WindowOne);
            Assert.Equal(number, (await maker.MakeAsync(TimeSpan.FromHours(1)))?.Number);
            await site.AppendAsync(AttestedSite.WindowOne);
            Assert.Null(await maker.MakeAsync(TimeSpan.FromHours(1)));
            site.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Empty((await site.VerifyAsync()).Findings);
        File.Delete(Directory.GetFiles(site.Checkpoints).Order().Last());
        Assert.Contains("missing", Assert.Single((await site.VerifyAsync()).Findings).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_maker_that_begins_anew_keeps_what_the_newest_file_lacks_and_replaces_nothing_that_vanished()
    {
        await using var site = await AttestedSite.OpenAsync();
        for (var number = 1; number <= 4; number++)
        {
            await site.AppendAsync(AttestedSite.WindowOne);
            await site.MakeAsync();
        }

        var files = Directory.GetFiles(site.Checkpoints).Order().ToList();
        File.Delete(files[0]);
        File.Delete(files[3]);
        await site.NewMaker().MakeAsync(TimeSpan.Zero);

        Assert.Equal(files[1..], Directory.GetFiles(site.Checkpoints).Order());
    }

    [Fact]
    public async Task A_file_that_could_not_be_kept_is_kept_by_the_next_attempt()
    {
        await using var site = await AttestedSite.OpenAsync();
        await site.FillAsync(1);
        await File.WriteAllTextAsync(site.Checkpoints, "in the way");
        await Assert.ThrowsAnyAsync<IOException>(site.MakeAsync);
        File.Delete(site.Checkpoints);
        Assert.Null(await site.MakeAsync());
        Assert.Single(Directory.GetFiles(site.Checkpoints));
        Assert.Empty((await site.VerifyAsync()).Findings);
    }

    [Fact]
    public void A_checkpoint_text_is_exactly_these_bytes()
    {
        var text = "{\"v\":1,\"number\":2,\"at\":1772415000000,\"generation\":\"5f0c\",\"previous\":\"ab\",\"streams\":[[\"window:n7\",12,\""
            + new string('0', 64) + "\",\"AAAAAAAAAAAAAAAAAAAAAA\"]]}";
        var checkpoint = new Checkpoint(2, 1_772_415_000_000, "5f0c", "ab", [new CheckedStream(new StreamName("window:n7"), 12, Digest.Parse(new string('0', 64)), default)]);
        Assert.Equal(text, Encoding.UTF8.GetString(CheckpointText.Write(checkpoint)));
        Assert.Equivalent(checkpoint, CheckpointText.Read(Encoding.UTF8.GetBytes(text)));
        Assert.Throws<FormatException>(() => CheckpointText.Read(Encoding.UTF8.GetBytes(text + " ")));
        var after = text.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal).Replace("\"previous\"", "\"former\":\"5f0b\",\"previous\"", StringComparison.Ordinal);
        Assert.Equal(after, Encoding.UTF8.GetString(CheckpointText.Write(checkpoint with { Former = "5f0b" })));
        Assert.Equivalent(checkpoint with { Former = "5f0b" }, CheckpointText.Read(Encoding.UTF8.GetBytes(after)));
    }

    private static Task MadeAsync(AttestedSite site, int number) =>
        Until.HoldsAsync($"checkpoint {number} is made", async () => (await site.Journal.TailAsync(StreamName.Checkpoints)).Version == number && Directory.Exists(site.Checkpoints) && Directory.GetFiles(site.Checkpoints, "*.checkpoint").Length == number);
}
