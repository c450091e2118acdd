using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Xunit;

namespace Feedback.Grains.Tests.Tallies;

/// <summary>What windows count arrives at every level above them.</summary>
public sealed class LevelTests
{
    [Fact]
    public async Task Six_levels_hold_the_same_figure_soon_after_it_was_counted()
    {
        await using var site = await Site.OpenAsync();
        await LookEverywhereAsync(site.Silo);

        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating(window: Places.TeamWindow), Some.Finished(window: Places.TeamWindow));
        await site.Silo.SubmitAsync(Places.OtherWindow, Some.Rating(window: Places.OtherWindow));
        await site.Silo.JumpAsync(TimeSpan.FromMilliseconds(500));

        await AssertFivesAsync(site.Silo, Some.Monday, [2, 2, 2, 1, 1, 1]);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Staff_are_known_at_their_window_team_and_hall_and_nowhere_above()
    {
        await using var site = await Site.OpenAsync();
        await LookEverywhereAsync(site.Silo);
        await site.Silo.Window(Places.TeamWindow).SetStaff(Places.Staff);
        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating(window: Places.TeamWindow));
        await site.Silo.JumpAsync(TimeSpan.FromMilliseconds(500));

        var knowing = new List<NodeId>();
        foreach (var node in Places.Above.Append(Places.TeamWindow))
        {
            if ((await site.Silo.DaysAsync(node, Some.March)).Any(day => day.Tally[Cell.Staff(Places.Staff, Grade.VerySatisfied)] > 0))
                knowing.Add(node);
        }

        Assert.Equal([Places.Hall, Places.Team, Places.TeamWindow], knowing);
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("doubled")]
    [InlineData("overtaken")]
    [InlineData("refused")]
    public async Task Reports_that_go_astray_are_made_good_within_thirty_seconds(string fault)
    {
        await using var site = await Site.OpenAsync();
        await LookEverywhereAsync(site.Silo);
        var fate = fault switch
        {
            "lost" => ReportFault.Lost,
            "doubled" => ReportFault.Doubled,
            "overtaken" => ReportFault.Overtaken,
            _ => ReportFault.Refused,
        };
        site.Silo.Reports.OnNext([.. Enumerable.Repeat(fate, 6)]);
        for (var i = 0; i < 4; i++)
        {
            await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating($"e-{i}", window: Places.TeamWindow));
            await site.Silo.SubmitAsync(Places.OtherWindow, Some.Rating($"e-{i}", window: Places.OtherWindow, at: Some.Morning.AddDays(-1)));
        }

        await AssertFivesAsync(site.Silo, Some.Monday.AddDays(-1), [4, 4, 4, 0, 4, 0]);
        await AssertFivesAsync(site.Silo, Some.Monday, [4, 4, 4, 4, 0, 4]);
    }

    [Fact]
    public async Task A_tally_that_hears_nothing_at_all_is_complete_after_its_looks()
    {
        await using var site = await Site.OpenAsync();
        await LookEverywhereAsync(site.Silo);
        site.Silo.Reports.LoseAll = true;
        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating(window: Places.TeamWindow));
        await site.Silo.SubmitAsync(Places.OtherWindow, Some.Rating(window: Places.OtherWindow));

        await AssertFivesAsync(site.Silo, Some.Monday, [2, 2, 2, 1, 1, 1]);
    }

    [Fact]
    public async Task A_window_that_cannot_be_read_keeps_no_counts_of_others_away()
    {
        await using var site = await Site.OpenAsync();
        await LookEverywhereAsync(site.Silo);
        var unreadable = StreamName.Window(Places.Windows[^1]);
        await site.Silo.Journal.WriteAsync(new JournalUnit
        {
            Append = new Append(unreadable, StreamTail.Of(unreadable).Next(["""{"kind":"window.dreamt","v":1,"salt":"AAECAwQFBgcICQoLDA0ODw"}"""u8.ToArray()], 0)),
        });
        site.Silo.Reports.LoseAll = true;
        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating(window: Places.TeamWindow));
        await site.Silo.SubmitAsync(Places.OtherWindow, Some.Rating(window: Places.OtherWindow));

        await AssertFivesAsync(site.Silo, Some.Monday, [2, 2, 2, 1, 1, 1]);
    }

    [Fact]
    public async Task A_tally_that_begins_in_the_middle_counts_stored_and_unstored_days()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating("stored", window: Places.TeamWindow));
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating("unstored", window: Places.TeamWindow));
        var silo = await site.CrashAndRestartAsync();

        Assert.Equal(2, Assert.Single(await silo.DaysAsync(Places.Region, Some.March)).Tally.Evaluations);
    }

    [Fact]
    public async Task A_middle_level_that_begins_anew_changes_no_figure_above_and_new_counts_arrive()
    {
        await using var site = await Site.OpenAsync();
        await LookEverywhereAsync(site.Silo);
        for (var i = 0; i < 5; i++)
        {
            await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating($"e-{i}", window: Places.TeamWindow));
            await site.Silo.JumpAsync(TimeSpan.FromMilliseconds(200));
        }

        await site.Silo.DeactivateAsync(site.Silo.Tally(Places.Hall, Some.March));
        await AssertFivesAsync(site.Silo, Some.Monday, [5, 5, 5, 5, 0, 5]);
        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating("after", window: Places.TeamWindow));

        await AssertFivesAsync(site.Silo, Some.Monday, [6, 6, 6, 6, 0, 6]);
    }

    [Fact]
    public async Task The_last_and_the_first_evaluation_around_midnight_count_in_different_months()
    {
        await using var site = await Site.OpenAsync();
        await LookEverywhereAsync(site.Silo);
        var midnight = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(8));
        await site.Silo.SubmitAsync(Places.TeamWindow,
            Some.Rating("last", window: Places.TeamWindow, at: midnight.AddMilliseconds(-1)), Some.Rating("first", window: Places.TeamWindow, at: midnight));
        await site.Silo.JumpAsync(TimeSpan.FromMilliseconds(500));

        await AssertFivesAsync(site.Silo, new DateOnly(2026, 2, 28), [1, 1, 1, 1, 0, 1]);
        await AssertFivesAsync(site.Silo, new DateOnly(2026, 3, 1), [1, 1, 1, 1, 0, 1]);

        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_window_that_moves_at_midnight_leaves_its_counts_where_they_were_earned()
    {
        await using var site = await Site.OpenAsync();
        await LookEverywhereAsync(site.Silo);
        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating("before", window: Places.TeamWindow));
        Assert.Equal(Some.Monday.AddDays(1), await site.Silo.MoveAsync(Places.TeamWindow, Places.OtherHall));
        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating("same-day", window: Places.TeamWindow));
        await site.Silo.JumpAsync(TimeSpan.FromDays(1));
        var tuesday = Some.Morning.AddDays(1);
        await site.Silo.SubmitAsync(Places.TeamWindow,
            Some.Rating("after", window: Places.TeamWindow, at: tuesday), Some.Rating("late", window: Places.TeamWindow));
        var silo = await site.CrashAndRestartAsync();
        await LookEverywhereAsync(silo);
        await silo.SubmitAsync(Places.TeamWindow,
            Some.Rating("after-2", window: Places.TeamWindow, at: tuesday), Some.Rating("late-2", window: Places.TeamWindow));
        await silo.JumpAsync(TimeSpan.FromMilliseconds(500));

        await AssertFivesAsync(silo, Some.Monday, [4, 4, 4, 4, 0, 4]);
        await AssertFivesAsync(silo, Some.Monday.AddDays(1), [2, 2, 2, 0, 2, 0]);
        await silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_team_that_moves_takes_its_windows_along_from_that_day_on()
    {
        await using var site = await Site.OpenAsync();
        await LookEverywhereAsync(site.Silo);
        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating("before", window: Places.TeamWindow));
        await site.Silo.MoveAsync(Places.Team, Places.OtherHall);
        await site.Silo.JumpAsync(TimeSpan.FromDays(1));
        await site.Silo.SubmitAsync(Places.TeamWindow, Some.Rating("after", window: Places.TeamWindow, at: Some.Morning.AddDays(1)));
        await site.Silo.JumpAsync(TimeSpan.FromMilliseconds(500));

        await AssertFivesAsync(site.Silo, Some.Monday, [1, 1, 1, 1, 0, 1]);
        await AssertFivesAsync(site.Silo, Some.Monday.AddDays(1), [1, 1, 1, 0, 1, 1]);
        await site.Silo.AssertCleanAsync();
    }

    private static async Task LookEverywhereAsync(RunningSilo silo)
    {
        foreach (var node in Places.Above)
            await silo.DaysAsync(node, Some.March);
    }

    // In the order of Places.Above: region, district, unit, hall, other hall, team.
    private static Task AssertFivesAsync(RunningSilo silo, DateOnly on, int[] expected) => silo.SoonAsync(async () =>
    {
        var fives = new List<int>();
        foreach (var node in Places.Above)
        {
            var days = await silo.DaysAsync(node, new DateOnly(on.Year, on.Month, 1));
            fives.Add(days.Where(told => told.Day == on).Sum(told => told.Tally.Graded(Origin.Active, Grade.VerySatisfied)));
        }

        Assert.Equal(expected, fives);
    });
}
