using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Tests.Support;
using Xunit;

namespace Feedback.Seeds.Tests.Demo;

public sealed class HistoryPlanTests
{
    [Fact]
    public async Task The_same_seed_and_first_day_plan_the_same_history() =>
        Assert.Equal(
            Histories.All(await Histories.PlanAsync(days: 40)).Select(Histories.Text),
            Histories.All(await Histories.PlanAsync(days: 40)).Select(Histories.Text));

    [Fact]
    public async Task A_later_start_changes_nothing_of_what_was_planned_before_and_adds_the_days_since()
    {
        var first = Histories.All(await Histories.PlanAsync(days: 20)).Select(Histories.Text).ToHashSet();
        var later = Histories.All(await Histories.PlanAsync(days: 30, now: "2026-11-28T10:00:00+08:00")).Select(Histories.Text).ToHashSet();

        Assert.Subset(later, first);
        Assert.True(later.Count > first.Count);
    }

    [Fact]
    public async Task Nothing_lies_in_the_future_and_today_has_the_hours_that_are_over()
    {
        var plan = await Histories.PlanAsync(days: 5, now: "2026-11-25T11:00:00+08:00");

        Assert.All(Histories.All(plan), claim => Assert.True(Histories.LocalTime(claim) <= DateTimeOffset.Parse("2026-11-25T11:00:00+08:00")));
        Assert.Contains(Histories.All(plan), claim => Histories.DayOf(claim) == plan.Today);
    }

    [Fact]
    public async Task Another_seed_tells_another_history_under_other_ids()
    {
        var one = Histories.Matters(await Histories.PlanAsync(days: 10)).Select(matter => matter.Number).ToHashSet();
        var two = await Histories.PlanAsync(days: 10, seed: 2);

        Assert.Empty(one.Intersect(Histories.Matters(two).Select(matter => matter.Number)));
        Assert.All(Histories.All(two), claim => Assert.Equal("demo-history-2", claim is Domain.Windows.MatterClaim m ? m.Source : ((Domain.Windows.EvaluationClaim)claim).Evaluation.Source));
    }

    [Fact]
    public async Task A_year_holds_a_volume_that_is_plausible_and_quickly_written()
    {
        var plan = await Histories.PlanAsync();
        var totals = HistoryTotals.Of(Histories.All(plan));

        Assert.InRange(totals.Matters + totals.Evaluations, 100_000, 140_000);
        Assert.InRange((double)totals.MattersRated / totals.Matters, 0.55, 0.66);
        Assert.Equal(24, plan.Claims.Count());
    }

    [Fact]
    public async Task No_identity_is_planned_twice_and_a_rating_belongs_to_a_matter_of_its_window()
    {
        var plan = await Histories.PlanAsync(days: 120);
        foreach (var (_, claims) in plan.Claims)
        {
            var matters = claims.OfType<Domain.Windows.MatterClaim>().Select(matter => matter.Number).ToList();
            var ratings = claims.OfType<Domain.Windows.EvaluationClaim>().ToList();
            Assert.Equal(matters.Count, matters.Distinct().Count());
            Assert.Equal(ratings.Count, ratings.DistinctBy(rating => rating.Evaluation.Id).Count());
            Assert.Empty(ratings.Select(rating => rating.Matter).OfType<string>().Except(matters));
            Assert.Equal(ratings.Count(rating => rating.Matter is not null), ratings.Select(rating => rating.Matter).OfType<string>().Distinct().Count());
        }
    }

    [Fact]
    public async Task Visits_fall_into_opening_hours_and_mornings_and_Mondays_are_busy()
    {
        var times = Histories.Matters(await Histories.PlanAsync()).Select(Histories.LocalTime).ToList();

        Assert.All(times, time => Assert.True(time.TimeOfDay >= TimeSpan.FromHours(9) && time.TimeOfDay < TimeSpan.FromHours(17)
            && (time.TimeOfDay < TimeSpan.FromHours(12) || time.TimeOfDay >= TimeSpan.FromHours(13.5))));
        Assert.True(times.Count(time => time.Hour == 10) > 1.5 * times.Count(time => time.Hour == 16));
        Assert.True(times.Count(time => time.DayOfWeek == DayOfWeek.Monday) > 1.15 * times.Count(time => time.DayOfWeek == DayOfWeek.Friday));
    }

    [Fact]
    public async Task One_window_slides_into_trouble_seven_weeks_before_the_first_start()
    {
        var plan = await Histories.PlanAsync();
        var ratings = plan.Claims.ElementAt(10).Claims.OfType<Domain.Windows.EvaluationClaim>()
            .Where(rating => rating.Evaluation.Origin == Origin.Active).ToLookup(rating => Histories.DayOf(rating) >= plan.Today.AddDays(-39));

        Assert.InRange(GoodShare(ratings[true]), 0.40, 0.75);
        Assert.InRange(GoodShare(ratings[false]), 0.90, 1);
    }

    [Fact]
    public async Task One_window_is_praised_by_nearly_everybody_in_the_same_words()
    {
        var plan = await Histories.PlanAsync(days: 90);
        var (_, claims) = plan.Claims.ElementAt(19);
        var ratings = claims.OfType<Domain.Windows.EvaluationClaim>().ToList();

        Assert.All(ratings, rating => Assert.Equal(Grade.VerySatisfied, rating.Evaluation.Grade));
        Assert.Single(ratings.Select(rating => rating.Comment).OfType<string>().Distinct());
        Assert.True(ratings.Count > 0.97 * claims.OfType<Domain.Windows.MatterClaim>().Count());
    }

    [Fact]
    public async Task Every_origin_occurs_and_silence_was_counted_in_one_hall_only_until_the_rule_ended()
    {
        var plan = await Histories.PlanAsync();
        var third = plan.Claims.Skip(16).Select(one => one.Window.Id).ToHashSet();

        Assert.Equal(4, Histories.Evaluations(plan).Select(rating => rating.Evaluation.Origin).Distinct().Count());
        Assert.All(Histories.Evaluations(plan).Where(rating => rating.Evaluation.Origin == Origin.Default), rating =>
        {
            Assert.Contains(rating.Evaluation.Window, third);
            Assert.True(Histories.DayOf(rating) < plan.Today.AddDays(-150 + 7));
        });
    }

    [Fact]
    public async Task Every_comment_can_be_drawn_with_the_bundled_font()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gb2312 = Encoding.GetEncoding("gb2312", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        var comments = Histories.Evaluations(await Histories.PlanAsync()).Select(rating => rating.Comment).OfType<string>().Distinct().ToList();

        Assert.True(comments.Count > 25);
        Assert.All(comments, comment => Assert.NotEmpty(gb2312.GetBytes(comment)));
    }

    private static double GoodShare(IEnumerable<Domain.Windows.EvaluationClaim> ratings) => ratings.Average(rating => rating.Evaluation.Grade >= Grade.FairlySatisfied ? 1.0 : 0);
}
