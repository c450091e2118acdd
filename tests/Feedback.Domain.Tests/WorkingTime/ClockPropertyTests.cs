using CsCheck;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.WorkingTime;

/// <summary>What holds for every clock, over the whole of 2026 with its holidays.</summary>
public sealed class ClockPropertyTests
{
    private const int Iterations = 20_000;
    private static readonly long Origin = Office.At("2026-01-01 00:00");

    private static readonly int[] Edges = [0, 540, 720, 810, 1020];

    // Whole minutes in up to five months, a third of them at an opening, a closing or a midnight.
    private static readonly Gen<long> Instants = Gen.Frequency(
        (2, Gen.Int[0, 150 * 1440].Select(minute => Origin + (minute * Some.Minute))),
        (1, Gen.Select(Gen.Int[0, 150], Gen.Int[0, 4]).Select((day, edge) => Origin + (day * Some.Day) + (Edges[edge] * Some.Minute))));

    private static readonly Gen<Limit> Limits = Gen.Select(Gen.Int[1, 40], Gen.Enum<LimitUnit>()).Select((amount, unit) => new Limit(amount, unit));

    // A start and pauses; an odd one lasts.
    private static readonly Gen<long[]> Times = Instants.Array[1, 8].Select(times => times.Order().ToArray());

    private static ClockHistory History(long[] times, Limit limit) => ClockHistory.Of(times.Select((at, index) => index == 0 ? new ClockStarted(at, limit)
        : index % 2 == 1 ? new ClockPaused(at, "waits") : (ClockMark)new ClockResumed(at)));

    private static long Due(long[] times, Limit limit) => History(times, limit).Explained().At ?? long.MaxValue;

    [Fact]
    public void A_longer_limit_is_never_due_earlier() => Gen.Select(Times, Limits).Sample(
        (times, limit) => Due(times, limit) <= Due(times, limit with { Amount = limit.Amount + 1 }), iter: Iterations);

    [Fact]
    public void One_more_pause_never_makes_a_deadline_earlier() => Gen.Select(Times, Limits, Gen.Int[0, 10]).Sample(
        (times, limit, which) =>
        {
            if (times.Length < 3)
                return true;
            // Without the pause that begins at an odd place.
            var pause = 1 + (2 * (which % ((times.Length - 1) / 2)));
            long[] fewer = [.. times[..pause], .. times[(pause + 2)..]];
            return Due(fewer, limit) <= Due(times, limit);
        },
        iter: Iterations);

    [Fact]
    public void What_is_played_in_pieces_is_what_is_played_at_once() => Gen.Select(Times, Limits, Gen.Int[0, 8]).Sample(
        (times, limit, cut) =>
        {
            var whole = History(times, limit);
            var first = ClockHistory.Of(whole.Marks.Take(cut));
            first.Explained();
            var pieces = whole.Marks.Skip(cut).Aggregate(first, (history, mark) =>
            {
                history.Explained();
                return history.With(mark);
            });
            var (one, other) = (whole.Explained(), pieces.Explained());
            Assert.Equal((one.At, one.State, one.Pending), (other.At, other.State, other.Pending));
            Assert.Equal(one.Steps.AsEnumerable(), other.Steps.AsEnumerable());
        },
        iter: Iterations);

    [Fact]
    public void Waiting_while_the_office_is_closed_changes_no_limit_in_hours() => Gen.Select(Instants, Gen.Int[1, 40], Gen.Int[0, 150], Gen.Int[0, 960], Gen.Int[0, 960]).Sample(
        (start, amount, day, one, other) =>
        {
            // From 17:00 to 09:00 it is closed.
            var closing = Origin + (day * Some.Day) + (1020 * Some.Minute);
            var (paused, resumed) = (closing + (Math.Min(one, other) * Some.Minute), closing + (Math.Max(one, other) * Some.Minute));
            if (paused < start)
                return;
            var limit = new Limit(amount, LimitUnit.WorkingHours);
            Assert.Equal(Due([start], limit), Due([start, paused, resumed], limit));
        },
        iter: Iterations);

    [Fact]
    public void Working_hours_are_those_that_counting_minute_by_minute_gives() => Gen.Select(Times, Gen.Int[1, 40]).Sample(
        (times, amount) =>
        {
            var limit = new Limit(amount, LimitUnit.WorkingHours);
            Assert.Equal(ByMinutes(times, amount), Due(times, limit));
        },
        iter: 10_000);

    [Fact]
    public void Working_days_are_those_that_crossing_out_days_gives() => Gen.Select(Instants, Gen.Int[1, 40]).Sample(
        (start, amount) =>
        {
            var day = Office.Shanghai.DayOf(start);
            for (var left = amount; left > 0;)
            {
                day = day.AddDays(1);
                left -= WorkCalendar.China.IsWorked(day) ? 1 : 0;
            }

            Assert.Equal($"{day:yyyy-MM-dd} 17:00", Office.Local(Due([start], Limit.WorkingDays(amount))));
        },
        iter: Iterations);

    [Fact]
    public void A_resumed_clock_is_never_overdue_at_once_and_days_end_at_a_closing() => Gen.Select(Times, Limits).Sample(
        (times, limit) =>
        {
            if (times.Length < 3 || times.Length % 2 == 0)
                return;
            var before = History(times[..^1], limit).Explained();
            var after = History(times, limit).Explained();
            // Late before the pause; or with time left after it; or all of the time was used at the very instant of the pause.
            Assert.True(before.At is not null || after.At >= times[^1] || after.At == times[^2]);
            if (limit.IsDays)
                Assert.EndsWith("17:00", Office.Local(after.At), StringComparison.Ordinal);
        },
        iter: Iterations);

    private static readonly bool[] Open = [.. Enumerable.Range(0, 366 * 1440).Select(minute =>
        WorkCalendar.China.IsWorked(new DateOnly(2026, 1, 1).AddDays(minute / 1440)) && minute % 1440 is (>= 540 and < 720) or (>= 810 and < 1020))];

    private static long ByMinutes(long[] times, int hours)
    {
        var marks = times.Select(at => (int)((at - Origin) / Some.Minute)).ToArray();
        var (left, next, runs) = (hours * 60, 1, true);
        for (var minute = marks[0]; ; minute++)
        {
            for (; next < marks.Length && marks[next] <= minute; next++)
                runs = !runs;
            if (!runs && next == marks.Length)
                return long.MaxValue;
            if (runs && Open[minute] && --left == 0)
                // Nothing falls due in a pause that lasts, not even at its first instant.
                return marks.Length % 2 == 0 && minute + 1 == marks[^1] ? long.MaxValue : Origin + ((minute + 1) * Some.Minute);
        }
    }
}
