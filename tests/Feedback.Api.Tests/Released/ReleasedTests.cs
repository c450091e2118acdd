using System.Text.Json.Nodes;
using Feedback.Api.Released;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Windows;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Released;

[Collection(OneSite.Name)]
public sealed class ReleasedTests(RunningSite site)
{
    [Fact]
    public async Task A_hall_tells_nothing_of_four_ratings_and_everything_of_five()
    {
        var hall = await site.NewHallAsync(windows: 2);
        await PushAsync(hall.Window, 5, 5, 5, 1);
        await CountedAsync(hall.Id, 4);
        Assert.Equal(0, await RatingsAsync(hall.Id));

        await PushAsync(hall.Window, 3);
        await Wait.UntilAsync("five are released", async () => await RatingsAsync(hall.Id) == 5);

        var report = await ReportAsync(hall.Id);
        Assert.Equal(["node", "timeZone", "from", "to", "by", "shownBefore", "slices"], report.AsObject().Select(member => member.Key));
        Assert.Null(report["shownBefore"]);
        var slice = report["slices"]![0]!;
        Assert.Equal(["period", "from", "to", "ratings", "rate", "mean"], slice.AsObject().Select(member => member.Key));
        Assert.Equal((5, 4, 72.0), ((int)slice["rate"]!["denominator"]!, (int)slice["rate"]!["numerator"]!, (double)slice["mean"]!["value"]!));
    }

    [Fact]
    public async Task A_window_tells_today_nothing_of_what_was_completed_today()
    {
        var hall = await site.NewHallAsync(windows: 2);
        await PushAsync(hall.Window, 5, 5, 5, 5, 5);
        await Wait.UntilAsync("five are released in the hall", async () => await RatingsAsync(hall.Id) == 5);

        Assert.Equal(0, await RatingsAsync(hall.Window));
        Assert.Equal(WorkCalendar.China.LastWorkedUpTo(Some.Day()).ToString("O"), (string?)(await ReportAsync(hall.Window))["shownBefore"]);
    }

    [Fact]
    public async Task A_window_tells_what_was_completed_before_in_days_weeks_and_months()
    {
        var hall = await site.NewHallAsync();
        await ImportAsync(hall.Window, 60, 4);
        await ImportAsync(hall.Window, 40, 3);
        await ImportAsync(hall.Window, 30, 7);

        Assert.Equal(10, await RatingsAsync(hall.Window));
        Assert.Equal(
            [(Some.Day(40).ToString("O"), 5), (Some.Day(30).ToString("O"), 5)],
            (await SlicesAsync(hall.Window, "day")).Where(slice => slice.Ratings > 0));
        Assert.Equal(10, (await SlicesAsync(hall.Window, "week")).Sum(slice => slice.Ratings));
        Assert.Equal(10, (await SlicesAsync(hall.Window, "month")).Sum(slice => slice.Ratings));
    }

    [Theory]
    [InlineData("hour")]
    [InlineData("quarter")]
    public async Task Nothing_is_told_by_hour(string by)
    {
        var answer = await site.Client.GetAsync($"/api/v1/released?node={site.District}&from=2026-01-01&to=2026-01-02&by={by}");

        Assert.Equal((400, "unit-not-released", "by"), (answer.Status, answer.Code, answer.Field));
    }

    [Fact]
    public async Task A_foreign_place_looks_like_one_that_does_not_exist()
    {
        foreach (var node in new[] { site.ForeignHall.Id, site.ForeignDistrict.Value, "n999999" })
            Assert.Equal((404, "node-unknown"), await site.Client.GetAsync($"/api/v1/released?node={node}&from=2026-01-01&to=2026-01-02") is var answer ? (answer.Status, answer.Code) : default);
    }

    [Fact]
    public async Task Nobody_is_told_anything_without_a_key_and_nothing_is_public_unless_the_bureau_wants_it()
    {
        Assert.Equal(401, (await site.Client.GetAsync($"/api/v1/released?node={site.District}&from=2026-01-01&to=2026-01-02", token: null)).Status);
        Assert.Equal(404, (await site.Client.GetAsync($"/api/v1/public/figures?node={site.District}&from=2026-01-01&to=2026-01-02", token: null)).Status);
    }

    [Fact]
    public async Task A_live_viewer_hears_of_nothing_before_five_ratings_came()
    {
        var hall = await site.NewHallAsync(windows: 2);
        var (feed, node) = (site.Service<ReleasedFeed>(), site.Bureau.Current.Tree.Find(new NodeId(hall.Id))!);
        var before = (await feed.NextAsync(node, "", TimeSpan.FromSeconds(60), CancellationToken.None))!;
        await PushAsync(hall.Window, 1, 1, 1, 1);
        await CountedAsync(hall.Id, 4);
        Assert.Null(await feed.NextAsync(node, before.Mark, TimeSpan.FromMilliseconds(700), CancellationToken.None));

        var waiting = feed.NextAsync(node, before.Mark, TimeSpan.FromSeconds(60), CancellationToken.None);
        await PushAsync(hall.Windows[1], 5, 5, 5, 5, 5);
        var after = (await waiting)!;

        Assert.Equal((5, 5), (after.Today.Ratings, after.Month.Ratings));
        Assert.Equal(1.0, after.Today.Rate.Value);
    }

    [Fact]
    public async Task All_who_follow_a_node_share_what_is_read_and_get_it_anew_after_a_change()
    {
        var hall = await site.NewHallAsync(windows: 2);
        var (feed, node) = (site.Service<ReleasedFeed>(), site.Bureau.Current.Tree.Find(new NodeId(hall.Id))!);
        // Another hall is nobody's change of this one, but it may make the tree another.
        var viewers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => feed.NextAsync(node, "", TimeSpan.FromSeconds(60), CancellationToken.None)));
        Assert.InRange(viewers.Distinct(ReferenceEqualityComparer.Instance).Count(), 1, 2);

        await PushAsync(hall.Window, 5, 5, 5, 5, 5);
        await CountedAsync(hall.Id, 5);

        Assert.Equal(5, (await feed.NextAsync(node, viewers[0]!.Mark, TimeSpan.FromSeconds(60), CancellationToken.None))!.Today.Ratings);
    }

    [Fact]
    public async Task A_receipt_and_every_other_answer_to_a_push_are_the_same_for_every_grade()
    {
        var hall = await site.NewHallAsync();
        var answers = new List<JsonObject>();
        foreach (var grade in new int?[] { 5, 4, 3, 2, 1 })
        {
            var said = Some.Evaluation(hall.Window, grade);
            foreach (var _ in new[] { "first", "again" })
                answers.Add((await site.Client.PushAsync(said)).Json.AsObject());
        }

        Assert.All(answers, answer => Assert.Equal(["id", "window", "version", "digest"], answer.Select(member => member.Key)));
    }

    private async Task PushAsync(string window, params int[] grades)
    {
        foreach (var grade in grades)
            Assert.Equal(201, (await site.Client.PushAsync(Some.Evaluation(window, grade))).Status);
    }

    private Task CountedAsync(string node, int count) => Wait.UntilAsync("they are counted", async () => await site.Client.CountAsync(node) == count);

    private async Task ImportAsync(string window, int daysAgo, int count)
    {
        var claims = Enumerable.Range(0, count).Select(WindowClaim (_) => new EvaluationClaim(new Evaluation
        {
            Id = Some.Id(),
            Source = "paper",
            Window = new NodeId(window),
            OccurredAt = Moment.OnDay(Some.Day(daysAgo), HallZone.Get("Asia/Shanghai")),
            Grade = Grade.Satisfied,
            Origin = Origin.Active,
            Channel = Channel.Paper,
        }));
        var results = await site.Service<IGrainFactory>().GetGrain<IWindowGrain>(window).Submit(new Submission([.. claims], new Sender("import", null, "paper-forms")));
        Assert.All(results, result => Assert.Equal(ClaimStatus.Accepted, result.Status));
    }

    private async Task<JsonNode> ReportAsync(string node, string by = "total") =>
        (await site.Client.GetAsync($"/api/v1/released?node={node}&from={Some.Day(100):yyyy-MM-dd}&to={Some.Day(-1):yyyy-MM-dd}&by={by}")).Json;

    private async Task<IEnumerable<(string Period, int Ratings)>> SlicesAsync(string node, string by) =>
        (await ReportAsync(node, by))["slices"]!.AsArray().Select(slice => ((string)slice!["period"]!, (int)slice["ratings"]!));

    private async Task<int> RatingsAsync(string node) => (await SlicesAsync(node, "total")).Single().Ratings;
}
