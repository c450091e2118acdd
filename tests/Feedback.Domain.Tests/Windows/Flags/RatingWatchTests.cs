using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Windows.Flags;

public sealed class RatingWatchTests
{
    private const long Second = 1000;
    private readonly RatingWatch _watch = new();

    [Fact]
    public void The_eleventh_rating_of_a_device_within_a_minute_is_a_burst_and_the_tenth_is_not()
    {
        for (var i = 0; i < RatingWatch.MostWithin; i++)
            Assert.Empty(Rate(i * 5 * Second, Grade.Satisfied));

        Assert.Equal([RatingWatch.BurstFlag], Rate((60 * Second) - 1, Grade.Satisfied));
        // Exactly a minute after the second one: ten are within its minute, itself included.
        Assert.Empty(Rate(65 * Second + 5 * Second, Grade.Satisfied));
    }

    [Fact]
    public void Another_device_at_the_window_has_a_minute_of_its_own()
    {
        for (var i = 0; i < RatingWatch.MostWithin; i++)
            Rate(i * Second, Grade.Satisfied);

        Assert.Empty(Rate(30 * Second, Grade.Satisfied, "t2"));
        Assert.Equal([RatingWatch.BurstFlag], Rate(30 * Second, Grade.Satisfied));
    }

    [Fact]
    public void What_a_terminal_kept_while_it_was_offline_is_no_burst()
    {
        // All received within a second, one every two minutes.
        for (var i = 0; i < 100; i++)
            Assert.Empty(Rate(i * 120 * Second, Grade.Satisfied));
    }

    [Fact]
    public void By_the_printed_code_a_burst_is_what_comes_in_within_a_minute_whatever_times_it_bears()
    {
        for (var i = 0; i < RatingWatch.MostWithin; i++)
            Assert.Empty(Rate(i * 3600 * Second, Grade.Satisfied, Sender.Public, dateOnly: i % 2 == 0));

        Assert.Equal([RatingWatch.BurstFlag], Rate(40 * 3600 * Second, Grade.Satisfied, Sender.Public));
        Assert.Empty(Rate(40 * 3600 * Second, Grade.Satisfied, Sender.Public, received: 120 * Second));
    }

    [Theory]
    [InlineData(Origin.Default)]
    [InlineData(Origin.Callback)]
    public void What_a_rule_counts_at_the_end_of_the_day_is_no_burst(Origin origin)
    {
        for (var i = 0; i < 20; i++)
            Assert.Empty(Rate(0, Grade.Satisfied, origin: origin));
    }

    [Fact]
    public void Where_the_time_is_not_believed_nothing_is_said_about_it()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Empty(Rate(0, Grade.VerySatisfied, flags: [DayRule.ClockBehind]));
            Assert.Empty(Rate(0, Grade.VerySatisfied, dateOnly: true));
        }
    }

    [Fact]
    public void Imports_are_not_judged()
    {
        for (var i = 0; i < 20; i++)
            Assert.Empty(Rate(0, Grade.VerySatisfied, imported: "paper", mark: 7));
    }

    [Fact]
    public void A_comment_that_was_among_the_last_ones_is_repeated()
    {
        Assert.Empty(Rate(0, Grade.Satisfied, mark: 7));
        Assert.Equal([RatingWatch.TextRepeatedFlag], Rate(120 * Second, Grade.Satisfied, mark: 7));
        for (var i = 0; i < RatingWatch.MarksKept; i++)
            Assert.Empty(Rate((240 + (i * 120)) * Second, Grade.Satisfied, mark: 100 + (ulong)i));
        Assert.Empty(Rate(100_000 * Second, Grade.Satisfied, mark: 7));
    }

    [Fact]
    public void A_matter_that_was_rated_is_remarked_on()
    {
        Assert.Equal([RatingWatch.RatedBeforeFlag], Rate(0, Grade.Satisfied, matter: 7, ratedBefore: true));
        Assert.Empty(Rate(0, Grade.Satisfied, matter: 7));
    }

    [Fact]
    public void Praise_in_a_row_without_a_matter_is_remarked_on_from_the_fifth_on()
    {
        for (var i = 0; i < RatingWatch.Row - 1; i++)
            Assert.Empty(Rate(i * 20 * Second));
        Assert.Equal([RatingWatch.StaffFlag], Rate(80 * Second));
        Assert.Equal([RatingWatch.StaffFlag], Rate(100 * Second));
        Assert.Empty(Rate(160 * Second));
    }

    [Theory]
    [InlineData("matter")]
    [InlineData("grade")]
    [InlineData("finished")]
    [InlineData("public")]
    public void A_visit_between_ends_the_row(string visit)
    {
        for (var i = 0; i < RatingWatch.Row - 1; i++)
            Rate(i * 20 * Second);
        switch (visit)
        {
            case "matter": Rate(65 * Second, matter: 3); break;
            case "grade": Rate(65 * Second, Grade.Satisfied); break;
            case "public": Rate(65 * Second, terminal: Sender.Public); break;
            default: _watch.Apply(Some.Finished(9) with { FinishedAt = new Moment(Some.Morning + (65 * Second), 480) }); break;
        }

        Assert.Empty(Rate(80 * Second));
    }

    [Fact]
    public void A_matter_that_was_finished_before_the_row_does_not_end_it()
    {
        for (var i = 1; i < RatingWatch.Row; i++)
            Rate(i * 20 * Second);
        _watch.Apply(Some.Finished(9) with { FinishedAt = new Moment(Some.Morning, 480) });

        Assert.Equal([RatingWatch.StaffFlag], Rate(100 * Second));
    }

    [Fact]
    public void Praise_without_a_matter_beside_a_sign_in_is_remarked_on_and_nothing_else_is()
    {
        Assert.Equal([RatingWatch.StaffFlag], Rate(0, nearDuty: true));
        Assert.Empty(Rate(120 * Second, Grade.Satisfied, nearDuty: true));
        Assert.Empty(Rate(240 * Second, matter: 7, nearDuty: true));
        Assert.Empty(Rate(360 * Second, terminal: Sender.Public, nearDuty: true));
    }

    [Fact]
    public void A_browser_in_which_staff_are_signed_in_is_remarked_on_whatever_it_says() =>
        Assert.Equal([RatingWatch.StaffFlag], Rate(0, Grade.VeryDissatisfied, Sender.Public, staffPresent: true));

    [Fact]
    public void What_was_written_is_read_and_goes_on_the_same()
    {
        for (var i = 0; i < RatingWatch.Row - 1; i++)
            Rate(i * 20 * Second, mark: (ulong)i + 1);

        var read = RatingWatch.Read(_watch.Write());

        Assert.Equal(_watch.Write(), read.Write());
        Assert.Equal(new RatingWatch().Write(), RatingWatch.Read("").Write());
        Assert.Equal([RatingWatch.TextRepeatedFlag, RatingWatch.StaffFlag], read.FlagsOf(Said(80 * Second), Some.Admission(), new RatingSigns(false, false, false, false, 2)).ToArray());
        Assert.Throws<FormatException>(() => RatingWatch.Read("odd\n"));
    }

    [Fact]
    public void A_copy_goes_its_own_way()
    {
        var before = _watch.Write();
        var copy = _watch.Copy();
        copy.Apply(Some.Accepted(), 7);

        Assert.Equal(before, _watch.Write());
        Assert.NotEqual(before, copy.Write());
    }

    [Fact]
    public void A_staff_change_is_near_up_to_its_slack_on_both_sides()
    {
        var duty = new DutyRoster();
        duty.Apply(new StaffSignedIn { Salt = Some.Salt, Staff = "s-1", At = Some.Morning });
        duty.Apply(new StaffSignedOut { Salt = Some.Salt, Staff = "s-1", At = Some.Morning + Some.Day });

        Assert.Equal(
            [false, true, true, false, true],
            new[] { -10_001, -10_000, 10_000, 10_001, Some.Day - 1 }.Select(after => duty.ChangedWithin(Some.Morning + after, RatingWatch.DutyWithin)));
    }

    private static Evaluation Said(long after, Grade grade = Grade.VerySatisfied, Origin origin = Origin.Active, bool dateOnly = false) =>
        Some.Evaluation(grade, origin) with { OccurredAt = new Moment(Some.Morning + after, 480, dateOnly) };

    private string[] Rate(
        long after, Grade grade = Grade.VerySatisfied, string terminal = "t1", Origin origin = Origin.Active, int? matter = null, ulong? mark = null,
        bool ratedBefore = false, bool nearDuty = false, bool staffPresent = false, bool dateOnly = false, string? imported = null, ImmutableArray<string>? flags = null, long received = 0)
    {
        var (said, set) = (Said(after, grade, origin, dateOnly), Some.Admission(Some.Morning + received) with { Terminal = terminal, Imported = imported, Flags = flags ?? [] });
        var found = _watch.FlagsOf(said, set, new RatingSigns(matter is not null, ratedBefore, staffPresent, nearDuty, mark));
        _watch.Apply(Some.Accepted(said, matter, set), mark);
        return [.. found];
    }
}
