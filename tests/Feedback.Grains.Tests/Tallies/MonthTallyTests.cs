using System.Collections.Immutable;
using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Grains.Tallies;
using Xunit;

namespace Feedback.Grains.Tests.Tallies;

public sealed class MonthTallyTests
{
    private static readonly NodeId Child = new("n5");
    private readonly MonthTally _month = new();
    private readonly HashSet<DateOnly> _changed = [];

    [Fact]
    public void A_sum_is_replaced_and_not_added_to_when_a_child_tells_a_newer_day()
    {
        Assert.True(Take(0, 3, Day(1, version: 2, fives: 4), Day(2, version: 3, fives: 1)));
        Assert.True(Take(3, 4, Day(1, version: 4, fives: 6)));

        Assert.Equal([6, 1], Fives());
    }

    [Fact]
    public void Children_are_added_up()
    {
        Take(0, 3, Day(1, 3, 4));
        _month.Take(new ChildReport(new("n6"), "e", 0, 9, [Day(1, 9, 5)]), _ => true, _changed);

        Assert.Equal([9], Fives());
    }

    [Fact]
    public void A_report_that_begins_beyond_what_is_known_is_a_gap_and_its_days_count_all_the_same()
    {
        Take(0, 3, Day(1, 3, 1));

        Assert.False(Take(from: 4, to: 5, Day(2, 5, 1)));
        Assert.Equal(3, _month.ThroughOf(Child, "e"));
        Assert.Equal([1, 1], Fives());
    }

    [Fact]
    public void A_report_from_the_very_version_that_is_known_is_no_gap()
    {
        Take(0, 3, Day(1, 3, 1));

        Assert.True(Take(from: 3, to: 5));
        Assert.Equal(5, _month.ThroughOf(Child, "e"));
    }

    [Fact]
    public void The_first_report_that_is_heard_of_a_child_is_a_gap_unless_it_begins_at_the_beginning()
    {
        Assert.False(Take(from: 7, to: 8, Day(2, 8, 1)));
        Assert.True(Take(from: 0, to: 8, Day(1, 3, 1), Day(2, 8, 1)));

        Assert.Equal([1, 1], Fives());
    }

    [Fact]
    public void An_old_or_repeated_report_changes_nothing_and_never_takes_completeness_back()
    {
        Take(0, 3, Day(1, 3, 1));
        Take(3, 6, Day(1, 6, 2));
        var sequence = _month.Sequence;
        _changed.Clear();

        Assert.True(Take(0, 3, Day(1, 3, 1)));
        Assert.True(Take(3, 6, Day(1, 6, 2)));

        Assert.Empty(_changed);
        Assert.Equal((sequence, 6), (_month.Sequence, _month.ThroughOf(Child, "e")));
        Assert.Equal([2], Fives());
    }

    [Fact]
    public void Versions_of_another_epoch_begin_anew_and_the_old_sum_is_taken_out()
    {
        Take(0, 30, Day(1, 30, 5), Day(2, 12, 5));

        Assert.False(_month.Take(new ChildReport(Child, "f", 2, 3, [Day(1, 3, 6)]), _ => true, _changed));
        Assert.Equal([5, 5], Fives()); // without its beginning an epoch tells nothing
        Assert.True(_month.Take(new ChildReport(Child, "f", 0, 3, [Day(1, 3, 6)]), _ => true, _changed));

        Assert.Equal([6, 5], Fives());
        Assert.Null(_month.ThroughOf(Child, "e"));
        Assert.Equal(3, _month.ThroughOf(Child, "f"));
    }

    [Fact]
    public void A_day_that_a_new_epoch_tells_later_replaces_the_old_epochs_day_however_high_its_version_was()
    {
        Take(0, 30, Day(1, 30, 5), Day(2, 29, 5));
        _month.Take(new ChildReport(Child, "f", 0, 1, [Day(1, 1, 5)]), _ => true, _changed);

        Assert.True(_month.Take(new ChildReport(Child, "f", 1, 2, [Day(2, 2, 8)]), _ => true, _changed));

        Assert.Equal([5, 8], Fives());
    }

    [Fact]
    public void A_child_that_counts_here_on_some_days_only_is_complete_all_the_same()
    {
        var report = new ChildReport(Child, "e", 0, 9, [Day(1, 8, 1), Day(2, 9, 1), Day(3, 7, 1)]);

        Assert.True(_month.Take(report, day => day.Day >= 2, _changed));

        Assert.Equal([2, 3], _month.Days(March(1), March(31)).Select(day => day.Day.Day));
        Assert.Equal(9, _month.ThroughOf(Child, "e"));
    }

    [Fact]
    public void Days_that_changed_after_a_sequence_are_told_without_the_others()
    {
        Take(0, 3, Day(1, 2, 1), Day(2, 3, 1));
        var sequence = _month.Sequence;
        Take(3, 4, Day(2, 4, 2));

        Assert.Equal(2, Assert.Single(_month.Days(March(1), March(31), sequence)).Day.Day);
        Assert.Empty(_month.Days(March(1), March(31), _month.Sequence));
    }

    [Fact]
    public void Days_are_told_from_the_first_to_before_the_last()
    {
        Take(0, 3, Day(1, 1, 1), Day(2, 2, 1), Day(3, 3, 1));

        Assert.Equal([2], _month.Days(March(2), March(3)).Select(day => day.Day.Day));
        Assert.Equal([2], _month.Children(March(2), March(3))[Child].Select(day => day.Day.Day));
    }

    /// <summary>
    /// A child counts and tells as a window or an inner node does, and now and then begins anew; its reports are lost, doubled and
    /// reordered. Whenever the parent sees a gap or looks, it asks; after a last look it holds what the child does.
    /// </summary>
    [Fact]
    public void However_reports_come_the_parent_holds_the_childs_days_after_a_look() =>
        Gen.Select(Gen.Enum<Step>(), Gen.Int[1, 4], Gen.Int[0, 100]).Array[1, 60].Sample(steps =>
        {
            var (month, child, mail) = (new MonthTally(), new TellingChild(), new List<ChildReport>());
            foreach (var (step, day, pick) in steps)
            {
                switch (step)
                {
                    case Step.Count: child.Count(March(day)); break;
                    case Step.Tell: mail.Add(child.Tell()); break;
                    case Step.BeginAnew: child = child.BornAgain(); break;
                    case Step.BeginAnewHalfRead: child = child.BornAgain(March(day)); break;
                    case Step.Look: Look(month, child); break;
                    case Step.Lose when mail.Count > 0: mail.RemoveAt(pick % mail.Count); break;
                    case Step.Deliver or Step.DeliverAndKeep when mail.Count > 0:
                        var report = mail[pick % mail.Count];
                        if (step == Step.Deliver)
                            mail.Remove(report);
                        if (!month.Take(report, _ => true, new HashSet<DateOnly>()))
                            Look(month, child);
                        break;
                }
            }

            Look(month, child);
            return month.Days(March(1), March(31)).Select(told => (told.Day, told.Tally))
                .SequenceEqual(child.Days.OrderBy(told => told.Key).Select(told => (told.Key, told.Value)));
        }, iter: 20_000);

    private enum Step
    {
        Count, Tell, Deliver, DeliverAndKeep, Lose, Look, BeginAnew, BeginAnewHalfRead,
    }

    private sealed class TellingChild(int life = 1)
    {
        private readonly Dictionary<DateOnly, (Tally Tally, long Version)> _days = [];
        private readonly Dictionary<DateOnly, Tally> _unread = [];
        private long _version, _told;

        public IEnumerable<KeyValuePair<DateOnly, Tally>> Days => _days.Select(day => KeyValuePair.Create(day.Key, day.Value.Tally));

        public string Epoch => life.ToString(System.Globalization.CultureInfo.InvariantCulture);

        public void Count(DateOnly day)
        {
            Read();
            _days[day] = (_days.GetValueOrDefault(day).Tally is { } known ? known.Plus(One) : One, ++_version);
        }

        public ChildReport Tell()
        {
            var report = Since(_told);
            _told = _version;
            return report;
        }

        public ChildReport Since(long after) => new(Child, Epoch, after, _version,
            [.. _days.Where(day => day.Value.Version > after).Select(day => new DayTally(day.Key, day.Value.Version, day.Value.Tally))]);

        /// <summary>A new activation; one day it may find only a little later than the others.</summary>
        public TellingChild BornAgain(DateOnly? later = null)
        {
            Read();
            var born = new TellingChild(life + 1);
            foreach (var (day, known) in _days)
            {
                if (day == later)
                    born._unread[day] = known.Tally;
                else
                    born._days[day] = (known.Tally, ++born._version);
            }

            return born;
        }

        public void Read()
        {
            foreach (var (day, tally) in _unread)
                _days[day] = (tally, ++_version);
            _unread.Clear();
        }
    }

    private static void Look(MonthTally month, TellingChild child)
    {
        child.Read();
        var (epoch, through) = month.ThroughOf(Child);
        Assert.True(month.Take(child.Since(epoch == child.Epoch ? through : 0), _ => true, new HashSet<DateOnly>()));
    }

    private static readonly Tally One = Tally.Of([(Cell.Graded(Origin.Active, Grade.VerySatisfied), 1)]);

    private static DateOnly March(int day) => new(2026, 3, day);

    private static DayTally Day(int day, long version, int fives) =>
        new(March(day), version, Tally.Of([(Cell.Graded(Origin.Active, Grade.VerySatisfied), fives)]));

    private bool Take(long from, long to, params ImmutableArray<DayTally> days) =>
        _month.Take(new ChildReport(Child, "e", from, to, days), _ => true, _changed);

    private IEnumerable<int> Fives() => _month.Days(March(1), March(31)).Select(day => day.Tally.Graded(Origin.Active, Grade.VerySatisfied));
}
