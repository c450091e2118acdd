using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Feedback.Grains.Notices;
using Feedback.Grains.Platform;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;
using static Feedback.Grains.Tests.Platform.PlatformSite;

namespace Feedback.Grains.Tests.Platform;

/// <summary>The place at or below which is reported, where a silo does not know it, or not all of it.</summary>
public sealed class PlaceTests
{
    [Fact]
    public async Task While_the_place_is_unknown_nothing_is_sent_and_nothing_counts_as_reported()
    {
        await using var site = await PlatformSite.OpenAsync(Usual with { Node = Places.Hall.Value });
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(2));
        site.Platform.Answers = _ => new PlatformAnswer(200, [new ItemRejection(IdOf("e-1"), "no")]);
        await site.SendAllAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("later"));
        await site.Silo.Journal.WriteAsync(new JournalUnit { Platform = new PlatformChange { Again = [IdOf("e-1")] } });

        site.Settings = Usual with { Node = "p-1/renamed" };
        await site.Site.CrashAndRestartAsync();
        Assert.Equal("the node is unknown", Assert.IsType<DeliveryException>(await site.FailAsync()).Message);

        Assert.Equal((1, 1L), (site.Platform.Requests.Count, (await site.Store.WaitingAsync("window:")).Events));
        Assert.True(Assert.Single(await site.Store.ListRejectedAsync(again: true, 10)).Again);
        site.Settings = Usual with { Node = Places.Hall.Value };
        await site.Site.CrashAndRestartAsync();
        site.Platform.Answers = null;
        await site.SendAllAsync();
        Assert.Equal(new[] { IdOf("e-1"), IdOf("e-2"), IdOf("later") }.Order(), site.Platform.Items.Keys.Order());
    }

    [Fact]
    public async Task A_window_that_another_silo_opened_a_moment_ago_is_reported()
    {
        await using var site = await PlatformSite.OpenAsync(Usual with { Node = Places.Hall.Value });
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(1));
        var window = site.Silo.Bureau.Current.Tree.NextId;
        var rated = (EvaluationAccepted)EventText.Read((await site.Silo.Get<IJournal>().ReadAsync(StreamName.Window(Places.Window), 0, 1))[0]).First().Happened;

        await AppendAsync(site, StreamName.Organisation, new NodeOpened
        {
            Salt = EventMint.NewSalt(),
            Node = window,
            Kind = NodeKind.Window,
            Parent = Places.Hall,
            Code = "new",
            Zh = "新窗口",
            En = "New window",
            Zone = "Asia/Shanghai",
        });
        await AppendAsync(site, StreamName.Window(window), rated with { Evaluation = rated.Evaluation with { Window = window } });
        Assert.Null(site.Silo.Bureau.Current.Tree.Find(window));
        await site.SendAllAsync();

        Assert.Equal(new[] { IdOf("e-1"), IdOf("e-1", window) }.Order(), site.Platform.Items.Keys.Order());
    }

    // As another silo does it: this one hears of it later.
    private static async Task AppendAsync(PlatformSite site, StreamName stream, JournalEvent happened)
    {
        var rows = await site.Silo.Get<IJournal>().ReadAsync(stream, 0, 1000);
        var tail = rows.Count == 0 ? StreamTail.Of(stream) : StreamTail.After(rows[^1]);
        await site.Silo.Journal.WriteAsync(new JournalUnit { Append = new Append(stream, tail.Next([EventText.Write(happened)], site.Silo.Clock.GetUtcNow().ToUnixTimeMilliseconds())) });
    }
}
