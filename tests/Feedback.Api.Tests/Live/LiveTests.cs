using Feedback.Api.Tests.Support;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Live;

[Collection(OneSite.Name)]
public sealed class LiveTests(RunningSite site)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task A_viewer_gets_a_snapshot_first_and_an_update_after_a_push()
    {
        var hall = await site.NewHallAsync();
        await using var viewer = await EventStream.OpenAsync(site, hall.Path);
        Assert.Equal("text/event-stream", viewer.MediaType);

        var snapshot = await viewer.NextAsync();
        Assert.Equal(("figures", hall.Id), (snapshot.Kind, (string?)snapshot.Data["node"]!["id"]));
        Assert.Equal(["node", "mark", "today", "month"], snapshot.Data.AsObject().Select(member => member.Key));
        Assert.Equal(snapshot.Id, (string?)snapshot.Data["mark"]);
        Assert.Equal("{}", snapshot.Data["today"]!["grades"]!.ToJsonString());

        await site.Client.PushAsync(Some.Evaluation(hall.Window, 4));
        var update = await viewer.NextAsync();
        Assert.Equal("""{"active":{"4":1}}""", update.Data["today"]!["grades"]!.ToJsonString());
        Assert.Equal("""{"active":{"4":1}}""", update.Data["month"]!["grades"]!.ToJsonString());
        Assert.NotEqual(snapshot.Id, update.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_viewer_that_has_seen_the_current_figures_gets_nothing_until_they_change(bool hallOrWindow)
    {
        var hall = await site.NewHallAsync();
        var node = hallOrWindow ? hall.Id : hall.Window;
        await site.Client.PushAsync(Some.Evaluation(hall.Window, 5));
        var seen = await MarkOfAsync(node, """{"active":{"5":1}}""");

        await using var again = await EventStream.OpenAsync(site, node, seen);
        var next = again.NextAsync();
        Assert.NotSame(next, await Task.WhenAny(next, Task.Delay(Quiet, Wait.Clock)));

        await site.Client.PushAsync(Some.Evaluation(hall.Window, 1));
        Assert.Equal("""{"active":{"5":1,"1":1}}""", (await next).Data["today"]!["grades"]!.ToJsonString());
    }

    [Fact]
    public async Task A_viewer_that_comes_back_with_an_old_or_foreign_mark_starts_from_a_snapshot()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window));
        await MarkOfAsync(hall.Id, """{"active":{"5":1}}""");

        foreach (var mark in new[] { "", "0", "nonsense", new string('9', 500) })
        {
            await using var viewer = await EventStream.OpenAsync(site, hall.Id, mark);
            Assert.Equal("""{"active":{"5":1}}""", (await viewer.NextAsync()).Data["today"]!["grades"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task A_viewer_whose_token_is_revoked_sees_no_more()
    {
        var hall = await site.NewHallAsync();
        var (id, token) = await site.NewKeyAsync(KeyPurpose.Read, new NodeId(hall.Id));
        await using var viewer = await EventStream.OpenAsync(site, hall.Id, token: token);
        await viewer.NextAsync();

        Assert.True(await KeyIssue.RevokeAsync(site.Bureau, id, site.Clock));

        await Assert.ThrowsAsync<EndOfStreamException>(viewer.NextAsync);
    }

    [Fact]
    public async Task Many_viewers_of_one_node_all_see_the_same_figures()
    {
        var hall = await site.NewHallAsync();
        var viewers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => EventStream.OpenAsync(site, hall.Id)));
        await Task.WhenAll(viewers.Select(viewer => viewer.NextAsync()));

        await site.Client.PushAsync(Some.Evaluation(hall.Window));

        var updates = await Task.WhenAll(viewers.Select(viewer => viewer.NextAsync()));
        Assert.All(updates, update => Assert.Equal("""{"active":{"5":1}}""", update.Data["today"]!["grades"]!.ToJsonString()));
        foreach (var viewer in viewers)
            await viewer.DisposeAsync();
    }

    [Fact]
    public async Task The_districts_figure_follows_a_push()
    {
        var hall = await site.NewHallAsync();
        await using var viewer = await EventStream.OpenAsync(site, site.District.Value);
        var before = await viewer.NextAsync();

        await site.Client.PushAsync(Some.Evaluation(hall.Window));

        // How soon is measured by the benchmarks; here other tests share the machine, and the district.
        var after = await FiguresAsync(viewer, grades => grades != Grades(before));
        Assert.NotEqual(before.Id, after.Id);
    }

    // The report of what was pushed may be on its way: the mark is that of the figures that hold it.
    private async Task<string> MarkOfAsync(string node, string grades)
    {
        await using var viewer = await EventStream.OpenAsync(site, node);
        return (await FiguresAsync(viewer, told => told == grades)).Id;
    }

    private static async Task<SentEvent> FiguresAsync(EventStream viewer, Predicate<string> wanted)
    {
        while (true)
        {
            var figures = await viewer.NextAsync();
            if (wanted(Grades(figures)))
                return figures;
        }
    }

    private static string Grades(SentEvent figures) => figures.Data["today"]!["grades"]!.ToJsonString();
}
