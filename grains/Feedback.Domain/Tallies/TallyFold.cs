using Feedback.Domain.Evaluations;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Tallies;

/// <summary>What one evaluation adds to the tally of its day.</summary>
/// <remarks>
/// What is released is counted apart, by <see cref="Release.WaitingRatings"/>.
/// Rates are over active evaluations; so dimensions, hours, service items and staff count active grades only, while
/// grades, channels, reasons and flags count every evaluation.
/// </remarks>
public static class TallyFold
{
    /// <summary>The revision of these rules. A mended rule gets a new one, and days stored under an older one are stale.</summary>
    /// <remarks>
    /// The release that raises it gives the days of windows an epoch of their own, apart from those of the revision before: else a
    /// node that was told by an older silo what it counted would keep that for what a newer one counts.
    /// 2: released ratings are counted. 3: what came by the printed code without a matter makes up no chunk.
    /// </remarks>
    public const int Revision = 3;

    /// <summary>The code under which everything is counted that the catalogue does not have.</summary>
    public const string Uncatalogued = "?";

    /// <summary>What an evaluation counts.</summary>
    public static Tally Of(EvaluationAccepted accepted)
    {
        var (said, set) = (accepted.Evaluation, accepted.Admission);
        var cells = new List<(Cell, int)>(16)
        {
            (Cell.Graded(said.Origin, said.Grade), 1),
            (Cell.Of(said.Channel), 1),
        };
        foreach (var reason in said.Reasons)
            cells.Add((Cell.Reason(Known(reason, accepted, Admissions.UncataloguedReason)), 1));
        foreach (var flag in set.Flags)
            cells.Add((Cell.Flag(flag), 1));
        if (said.Grade is not null && accepted.Matter is null)
            cells.Add((Cell.Unattached, 1));
        if (said is { Origin: Origin.Active, Grade: { } grade })
        {
            foreach (var dimension in said.Dimensions)
                cells.Add((Cell.Dimension(dimension.Code, dimension.Grade), 1));
            cells.Add((Cell.Hour(set.Hour, grade), 1));
            if (said.ServiceItem is { } item)
                cells.Add((Cell.ServiceItem(Known(item, accepted, Admissions.UncataloguedItem), grade), 1));
            if (set.Staff is { } staff)
                cells.Add((Cell.Staff(staff, grade), 1));
        }

        return Tally.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(cells));
    }

    /// <summary>What an excluded evaluation counts instead.</summary>
    public static Tally OfExcluded(EvaluationAccepted accepted) =>
        Tally.Of([(Cell.Excluded(accepted.Evaluation.Origin, accepted.Evaluation.Grade), 1)]);

    private static string Known(string code, EvaluationAccepted accepted, Func<string, string> marked) =>
        accepted.Admission.Uncatalogued is { Length: > 0 } lacking && lacking.Contains(marked(code)) ? Uncatalogued : code;
}
