using System.Text.Json.Nodes;
using Feedback.Domain.Platform;
using Feedback.Grains.Journal;
using Feedback.Grains.Notices;
using Feedback.Grains.Platform;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Platform.PlatformSite;

namespace Feedback.Grains.Tests.Platform;

/// <summary>Silos of one cluster that were started with other files, or one of them without any.</summary>
public sealed class OtherFileTests
{
    private static readonly PlatformSettings Both = Usual with
    {
        Mappings = Usual.Mappings.Add(PlatformKind.Finished, new ItemMapping(PlatformKind.Finished, [Rule(PlatformKind.Finished, "serviceItem")])),
    };

    [Fact]
    public async Task A_silo_without_the_option_leaves_everything_to_the_others_and_says_so()
    {
        await using var site = await InterruptedAsync();
        site.Settings = PlatformSettings.None;
        await site.Site.CrashAndRestartAsync();

        Assert.False(await site.Sender.StepAsync(CancellationToken.None));
        var grain = site.Silo.Get<IGrainFactory>().GetGrain<IPlatformGrain>(IPlatformGrain.Key);
        await grain.Wake();
        Assert.Equal("the silo that is to send was started without --platform", (await grain.Report()).Reason);
        Assert.NotNull(await site.Store.UnderWayAsync());

        await ContinueAsync(site);
    }

    [Fact]
    public async Task A_silo_that_maps_less_ends_no_batch_of_one_that_maps_more()
    {
        await using var site = await InterruptedAsync();
        site.Settings = Usual;
        await site.Site.CrashAndRestartAsync();

        Assert.Contains("kinds", Assert.IsType<DeliveryException>(await site.FailAsync()).Message, StringComparison.Ordinal);
        Assert.NotNull(await site.Store.UnderWayAsync());

        await ContinueAsync(site);
    }

    [Fact]
    public async Task What_is_mapped_no_more_holds_up_the_rest_for_an_hour_at_most()
    {
        await using var site = await InterruptedAsync();
        site.Settings = Usual;
        await site.Site.CrashAndRestartAsync();
        Assert.IsType<DeliveryException>(await site.FailAsync());

        await site.Silo.JumpAsync(PlatformPlan.KindsPatience);
        await site.SendAllAsync();

        Assert.Equal([IdOf("e-1")], site.Platform.Items.Keys);
        Assert.Null(await site.Store.UnderWayAsync());
    }

    [Fact]
    public async Task What_is_to_be_sent_again_and_is_mapped_no_more_waits_until_it_is()
    {
        await using var site = await PlatformSite.OpenAsync(Both);
        await site.Silo.SubmitAsync(Places.Window, Some.Finished("330102-7"), Some.Rating("e-1"));
        site.Platform.Answers = number => number == 1 ? new PlatformAnswer(200, [.. Finished(site)]) : null;
        await site.SendAllAsync();
        var rejected = Assert.Single(await site.Store.ListRejectedAsync(again: false, 10));
        await site.Silo.Journal.WriteAsync(new JournalUnit { Platform = new PlatformChange { Again = [rejected.Id] } });

        site.Settings = Usual;
        await site.Site.CrashAndRestartAsync();
        await site.SendAllAsync();
        Assert.True(Assert.Single(await site.Store.ListRejectedAsync(again: true, 10)).Again);

        site.Settings = Both;
        await site.Site.CrashAndRestartAsync();
        await site.SendAllAsync();
        Assert.Contains(rejected.Id, site.Platform.Items.Keys);
        Assert.Equal(0, await site.Store.CountRejectedAsync());
    }

    // The finished matters of the last request, as a platform names them that does not want any.
    private static IEnumerable<ItemRejection> Finished(PlatformSite site) => JsonNode.Parse(site.Platform.Requests[^1].Body)!["items"]!.AsArray()
        .Where(item => (string)item!["kind"]! == "finished").Select(item => new ItemRejection((string)item!["id"]!, "no"));

    // A rating and a finished matter are planned by a silo that reports both, and not taken.
    private static async Task<PlatformSite> InterruptedAsync()
    {
        var site = await PlatformSite.OpenAsync(Both);
        await site.Silo.SubmitAsync(Places.Window, Some.Finished("330102-7"), Some.Rating("e-1"));
        site.Platform.Answers = _ => new PlatformAnswer(500, []);
        Assert.IsType<DeliveryException>(await site.FailAsync());
        site.Platform.Answers = null;
        return site;
    }

    private static async Task ContinueAsync(PlatformSite site)
    {
        site.Settings = Both;
        await site.Site.CrashAndRestartAsync();
        await site.SendAllAsync();
        Assert.Equal(["evaluations", "finished"], site.Platform.Items.Values.Select(item => item.Kind).Order());
    }
}
