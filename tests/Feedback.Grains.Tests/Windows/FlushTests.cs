using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Xunit;

namespace Feedback.Grains.Tests.Windows;

/// <summary>How a window's days reach the table, and what may come in between.</summary>
public sealed class FlushTests
{
    private static readonly DateTimeOffset LastWeek = Some.Morning.AddDays(-7);
    private static readonly DateTimeOffset TheWeekBefore = Some.Morning.AddDays(-14);

    [Fact]
    public async Task Days_are_stored_within_ten_seconds_of_the_first_change()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("late", at: LastWeek), Some.Rating());
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2, await ThroughAsync(site.Silo));
        Assert.Equal(2, (await site.Silo.Days.OfWindowAsync(Places.Window, DateOnly.MinValue, DateOnly.MaxValue)).Count);
    }

    [Fact]
    public async Task Days_are_stored_after_five_hundred_appends_whatever_the_clock_says()
    {
        await using var site = await Site.OpenAsync();
        foreach (var claim in Some.Ratings(500))
            await site.Silo.SubmitAsync(Places.Window, claim);
        await site.Silo.QuietAsync();

        Assert.Equal(500, await ThroughAsync(site.Silo));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Days_that_could_not_be_stored_are_stored_the_next_time(bool stored)
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating());
        if (stored)
            site.Silo.Journal.FailAfterNext(FaultyJournal.IsFlush);
        else
            site.Silo.Journal.FailBeforeNext(FaultyJournal.IsFlush);
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("next"));
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2, await ThroughAsync(site.Silo));
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task What_changes_while_days_are_being_stored_for_long_is_stored_in_its_turn()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("first"));
        var gate = site.Silo.Journal.HoldNext(FaultyJournal.IsFlush);
        site.Silo.Clock.Advance(TimeSpan.FromSeconds(8));
        await gate.ReachedAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("second"));
        site.Silo.Clock.Advance(TimeSpan.FromSeconds(8));
        await site.Silo.QuietExceptHeldAsync();
        gate.Open();
        await site.Silo.QuietAsync();
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2, await ThroughAsync(site.Silo));
    }

    [Fact]
    public async Task Events_that_change_no_day_are_no_reason_to_ask_the_window_for_ever()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.Window(Places.Window).SetStaff(Places.Staff);
        await site.Silo.SubmitAsync(Places.OtherWindow, Some.Finished(window: Places.OtherWindow, item: "print"));
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));

        var through = await site.Silo.Days.ThroughAsync([Places.Window, Places.OtherWindow]);
        Assert.Equal([1, 1], through.Values);
    }

    [Fact]
    public async Task A_day_that_is_stored_and_let_go_of_while_another_one_is_read_keeps_its_counts()
    {
        await using var site = await Site.OpenAsync();
        // Matter 1 is kept with the day two weeks ago; both days are stored, and neither is held after the restart.
        await site.Silo.SubmitAsync(Places.Window, Some.Finished("m-1", at: TheWeekBefore), Some.Rating("a", at: LastWeek));
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        var silo = await site.CrashAndRestartAsync();
        await silo.SubmitAsync(Places.Window, Some.Rating("b", at: LastWeek));

        // The rating of matter 1 changes both: last week is held and dirty, the other one has to be read …
        var reading = silo.Days.HoldFinding(Some.LocalDay(TheWeekBefore));
        var rating = silo.SubmitAsync(Places.Window, Some.Rating("c", at: LastWeek, matter: "m-1"));
        await reading.ReachedAsync();
        // … and meanwhile last week is stored, and no longer dirty.
        silo.Clock.Advance(TimeSpan.FromSeconds(8));
        await Until.HoldsAsync("last week is stored", async () => await ThroughAsync(silo) == 3);
        await silo.QuietExceptHeldAsync();
        reading.Open();
        await rating;
        await silo.AdvanceAsync(TimeSpan.FromSeconds(10));

        var days = (await silo.DaysAsync(Places.Window, new DateOnly(2026, 2, 1))).ToDictionary(day => day.Day, day => day.Tally);
        Assert.Equal(3, days[Some.LocalDay(LastWeek)].Graded(Origin.Active, Grade.VerySatisfied));
        Assert.Equal(1, days[Some.LocalDay(TheWeekBefore)].MattersRated);
        await silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_day_that_is_stored_and_let_go_of_while_the_days_are_asked_for_is_told_as_it_stands()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("a", at: LastWeek));
        var reading = site.Silo.Days.HoldDaysOfWindow();
        var asked = site.Silo.Window(Places.Window).DaysSince(new DateOnly(2026, 2, 1), after: 0);
        await reading.ReachedAsync();
        site.Silo.Clock.Advance(TimeSpan.FromSeconds(8));
        await Until.HoldsAsync("last week is stored", async () => await ThroughAsync(site.Silo) == 1);
        await site.Silo.QuietExceptHeldAsync();
        reading.Open();

        var told = await asked;

        Assert.Equal(1, told.To);
        Assert.Equal(Some.LocalDay(LastWeek), Assert.Single(told.Days).Day);
    }

    [Fact]
    public async Task Many_old_days_that_change_together_are_read_with_one_query()
    {
        await using var site = await Site.OpenAsync();
        var before = Enumerable.Range(1, 60).Select(day => Some.Morning.AddDays(-day)).ToList();
        await site.Silo.SubmitAsync(Places.Window, [.. before.Select((at, i) => Some.Rating($"a-{i}", at: at))]);
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        var silo = await site.CrashAndRestartAsync();
        await silo.SubmitAsync(Places.Window, [.. before.Select((at, i) => Some.Rating($"b-{i}", at: at))]);

        // Today, on which old ratings that come now are released, is the one day that lies far from them.
        Assert.Equal(1, silo.Days.Finds);
        await silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        var days = await silo.Days.OfWindowAsync(Places.Window, Some.LocalDay(before[^1]), Some.Monday);
        Assert.Equal(60, days.Count);
        Assert.All(days, day => Assert.Equal(2, day.Tally.Evaluations));
        await silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Days_that_an_activation_given_up_elsewhere_stores_while_another_one_begins_are_not_counted_twice()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("first"));
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("second"), Some.Rating("third"));
        var silo = await site.CrashAndRestartAsync();
        var reading = silo.Days.HoldThrough();
        var asked = silo.DaysAsync(Places.Window, new DateOnly(2026, 3, 1));
        await reading.ReachedAsync();
        await silo.Journal.WriteAsync(new JournalUnit { Days = [await TodayAsync(silo)], DaysThrough = new DaysThrough(Places.Window, 3) });
        reading.Open();
        await asked;
        await silo.SubmitAsync(Places.Window, Some.Rating("fourth"));

        Assert.Equal(4, Assert.Single(await silo.DaysAsync(Places.Window, new DateOnly(2026, 3, 1))).Tally.Evaluations);
        await silo.AssertCleanAsync();

        // What the other activation held of the day, with everything that was stored.
        static async Task<WindowDay> TodayAsync(RunningSilo silo)
        {
            var fold = new WindowFold(Places.Window, () => silo.Bureau.Current.Tree);
            foreach (var row in await silo.Journal.ReadAsync(StreamName.Window(Places.Window), 0, 10))
            {
                foreach (var (version, happened) in EventText.Read(row))
                    fold.Apply(version, row.At, happened);
            }

            return fold.Day(Some.Monday)!;
        }
    }

    private static async Task<long> ThroughAsync(RunningSilo silo) => (await silo.Days.ThroughAsync([Places.Window]))[Places.Window];
}
