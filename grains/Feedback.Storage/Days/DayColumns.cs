using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;

namespace Feedback.Storage.Days;

/// <summary>The main counts of a tally, repeated as columns for tools that read tables.</summary>
internal static class DayColumns
{
    private static readonly Func<Tally, int>[] Counts =
    [
        tally => tally.Graded(Origin.Active, (Grade)5),
        tally => tally.Graded(Origin.Active, (Grade)4),
        tally => tally.Graded(Origin.Active, (Grade)3),
        tally => tally.Graded(Origin.Active, (Grade)2),
        tally => tally.Graded(Origin.Active, (Grade)1),
        tally => GradedOf(tally, Origin.Default),
        tally => GradedOf(tally, Origin.Callback),
        tally => tally.Of(CellKind.Graded).Where(cell => cell.Key.Grade is null).Sum(cell => cell.Value),
        tally => tally.Of(CellKind.Excluded).Sum(cell => cell.Value),
        tally => tally.MattersFinished,
        tally => tally.MattersRated,
    ];

    /// <summary>The columns' names, in the order of <see cref="Of"/>.</summary>
    public static readonly string[] Names =
    [
        "active_5", "active_4", "active_3", "active_2", "active_1", "default_graded", "callback_graded",
        "declined", "excluded", "matters_finished", "matters_rated",
    ];

    /// <summary>The column at a place of <see cref="Names"/>.</summary>
    public static int Of(Tally tally, int place) => Counts[place](tally);

    private static int GradedOf(Tally tally, Origin origin) =>
        tally.Of(CellKind.Graded).Where(cell => cell.Key.Origin == origin && cell.Key.Grade is not null).Sum(cell => cell.Value);
}
