using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Feedback.Domain.Cases;

namespace Feedback.Grains.Cases;

/// <summary>A place in a sorted list of cases: just after one of them, whether that is still there or not.</summary>
/// <param name="At">By what the case is sorted, milliseconds UTC.</param>
/// <param name="Case">The case.</param>
public readonly record struct CaseCursor(long At, CaseId Case)
{
    /// <summary>What stands for a deadline where there is none: after all others.</summary>
    public const long NoDeadline = long.MaxValue;

    /// <summary>The place just after a case.</summary>
    public static CaseCursor After(CaseRow row, CaseOrder order) => new(order == CaseOrder.DueAscending ? row.DueAt ?? NoDeadline : row.OpenedAt, row.Id);

    /// <summary>Reads what <see cref="ToString"/> wrote; false for any other text.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CaseCursor cursor)
    {
        cursor = default;
        if (text?.Split('.') is not [var at, var id] || !long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time) || !CaseId.IsId(id))
            return false;
        cursor = new CaseCursor(time, new CaseId(id));
        return true;
    }

    /// <summary>A text that goes into an address as it is.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At}.{Case.Value}");
}
