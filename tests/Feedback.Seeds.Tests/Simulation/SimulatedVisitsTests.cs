using Feedback.Seeds.Tests.Support;
using Xunit;

namespace Feedback.Seeds.Tests.Simulation;

public sealed class SimulatedVisitsTests
{
    private static readonly string[] EvaluationMembers =
    [
        "id", "window", "occurredAt", "grade", "origin", "dimensions", "matter", "serviceItem", "staff", "channel",
        "reasons", "comment", "language",
    ];

    private readonly SimulationRun _run = new();

    private static string WithoutTime(Push push) =>
        System.Text.RegularExpressions.Regex.Replace(push.Text, "\"(occurredAt|finishedAt)\":\"[^\"]*\"", "");

    private static bool IsGood(Push push) => int.Parse(push["grade"]!) >= 3;

    [Fact]
    public async Task The_same_seed_says_the_same()
    {
        var other = new SimulationRun();

        await _run.UntilPushesAsync(200);
        await other.UntilPushesAsync(200);

        Assert.Equal(_run.Server.Pushes.Take(200).Select(WithoutTime), other.Server.Pushes.Take(200).Select(WithoutTime));
    }

    [Fact]
    public async Task Another_start_never_uses_an_id_again()
    {
        var pace = SimulationRun.Steady with { Run = null };
        var later = new SimulationRun();
        later.Clock.Advance(TimeSpan.FromSeconds(1));

        await _run.UntilPushesAsync(50, pace);
        await later.UntilPushesAsync(50, pace);

        Assert.Empty(_run.Server.Pushes.Select(push => push["id"] ?? push["number"]).Intersect(later.Server.Pushes.Select(push => push["id"] ?? push["number"])));
    }

    [Fact]
    public async Task Bodies_are_what_the_API_takes()
    {
        await _run.UntilPushesAsync(2000);

        var windows = _run.Site.Windows.Select(window => window.Id.Value).ToHashSet();
        Assert.All(_run.Server.Pushes, push =>
        {
            Assert.Equal("fbd_key", push.Key);
            Assert.Contains(push["window"]!, windows);
            Assert.EndsWith("+08:00", push["occurredAt"] ?? push["finishedAt"], StringComparison.Ordinal);
        });
        Assert.All(_run.Server.Pushes.Where(push => !push.IsMatter), push =>
        {
            Assert.Empty(push.Body.EnumerateObject().Select(member => member.Name).Except(EvaluationMembers));
            Assert.Equal(push["origin"] == "declined", push["grade"] is null);
            Assert.Contains(push["origin"], new[] { "active", "callback", "declined" });
            Assert.Contains(push["channel"], new[] { "terminal", "qr", "app", "web", "phone" });
            if (push["reasons"] is not null)
                Assert.False(IsGood(push));
        });
        Assert.Contains(_run.Server.Pushes, push => push["comment"] is not null);
        Assert.Contains(_run.Server.Pushes, push => push["dimensions"] is not null);
    }

    [Fact]
    public async Task A_rating_follows_the_matter_that_it_belongs_to()
    {
        await _run.UntilPushesAsync(1000);

        var finished = new HashSet<string>();
        foreach (var push in _run.Server.Pushes)
        {
            if (push.IsMatter)
                Assert.True(finished.Add(push["number"]!));
            else if (push["matter"] is { } matter)
                Assert.Contains(matter, finished);
            else
                Assert.Equal("qr", push["channel"]);
        }
    }

    [Fact]
    public async Task About_three_matters_of_five_are_actively_rated()
    {
        await _run.UntilPushesAsync(6000);

        var matters = _run.Server.Pushes.Count(push => push.IsMatter);
        var rated = _run.Server.Pushes.Where(push => push["origin"] == "active" && push["matter"] is not null).DistinctBy(push => push["matter"]).Count();
        Assert.InRange((double)rated / matters, 0.56, 0.66);
    }

    [Fact]
    public async Task One_window_is_in_trouble_and_most_others_are_not()
    {
        await _run.UntilPushesAsync(12_000);

        var rates = _run.Server.Pushes.Where(push => push["grade"] is not null).GroupBy(push => push["window"]!)
            .ToDictionary(group => group.Key, group => (double)group.Count(IsGood) / group.Count());
        var worst = _run.Site.Halls[1].Windows[2].Id.Value;
        Assert.Equal(24, rates.Count);
        Assert.Equal(worst, rates.MinBy(rate => rate.Value).Key);
        Assert.InRange(rates[worst], 0.45, 0.72);
        Assert.All(rates.Where(rate => rate.Key != worst), rate => Assert.InRange(rate.Value, 0.82, 1));
    }

    [Fact]
    public async Task Events_keep_the_rate_asked_for()
    {
        var start = _run.Clock.GetUtcNow();

        await _run.UntilAsync(() => _run.Clock.GetUtcNow() - start >= TimeSpan.FromMinutes(60), SimulationRun.Steady with { EventsPerMinute = 120 });

        Assert.InRange(_run.Server.Count / 60.0, 108, 132);
    }
}
