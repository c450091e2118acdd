using System.Collections.Immutable;
using Feedback.Benchmarks.Load;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Grains.Tallies;

namespace Feedback.Benchmarks.Measures;

/// <summary>What a tally grain holds for a hall with 1,000 windows when each has reported every day of a month.</summary>
internal static class HallMonth
{
    public const string Description = "the hall's month: 1,000 windows × 30 days of 80 evaluations each, six service items and one member of staff per window";
    private const int Windows = 1000;
    private const int Days = 30;
    private const int EventsPerDay = 80;
    private static readonly DateOnly First = new(2026, 11, 1);

    /// <summary>The bytes of live objects.</summary>
    public static long Measure()
    {
        var draw = new Random(30);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var month = new MonthTally();
        for (var window = 0; window < Windows; window++)
        {
            var days = ImmutableArray.CreateBuilder<DayTally>(Days);
            for (var day = 0; day < Days; day++)
                days.Add(new DayTally(First.AddDays(day), (day + 1) * EventsPerDay, Day(window, draw)));
            month.Take(
                new ChildReport(NodeId.Numbered(window + 2), "bench", 0, Days * EventsPerDay, days.MoveToImmutable()), _ => true, new HashSet<DateOnly>());
        }

        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(month);
        return after - before;
    }

    private static Tally Day(int window, Random draw)
    {
        var cells = new Dictionary<Cell, int>();
        for (var i = 0; i < EventsPerDay; i++)
        {
            var grade = (Grade)(draw.Next(100) switch { < 72 => 5, < 90 => 4, < 95 => 3, < 98 => 2, _ => 1 });
            Count(Cell.Graded(Origin.Active, grade));
            Count(Cell.Of((Channel)draw.Next(1, 5)));
            Count(Cell.Hour(9 + draw.Next(8), grade));
            Count(Cell.ServiceItem(EvaluationMix.ServiceItem(((window * 7) + draw.Next(6)) % EvaluationMix.ServiceItems), grade));
            Count(Cell.Staff(EvaluationMix.Staff(window), grade));
            foreach (var dimension in (string[])["attitude", "timeliness", "ethics", "style"])
                Count(Cell.Dimension(dimension, grade));
            if (grade <= Grade.Dissatisfied)
                Count(Cell.Reason(EvaluationMix.Reasons[draw.Next(EvaluationMix.Reasons.Length)]));
            if (draw.Next(2) == 0)
                Count(Cell.Unattached);
        }

        return Tally.Of([.. cells.Select(cell => (cell.Key, cell.Value))]);

        void Count(Cell cell) => cells[cell] = cells.GetValueOrDefault(cell) + 1;
    }
}
