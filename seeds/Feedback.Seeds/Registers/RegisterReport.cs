using System.Globalization;
using Feedback.Grains.Registers;
using Feedback.Seeds.Import;

namespace Feedback.Seeds.Registers;

/// <summary>Tells what became of a register's file, in zh or en.</summary>
public static class RegisterReport
{
    private const int Most = 50;

    /// <summary>Prints what changed, or what is wrong; long lists are cut.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="dryRun">Whether nothing was to be stored.</param>
    /// <param name="culture">The language.</param>
    /// <param name="to">Takes the text.</param>
    public static void Print(RegisterOutcome outcome, bool dryRun, CultureInfo culture, TextWriter to)
    {
        foreach (var error in outcome.Errors.Take(Most))
            to.WriteLine(Place(error, culture) + error.Problem + (RegisterErrors.IsChinese(culture) ? "" : " ") + error.Mend);
        foreach (var change in outcome.Changes.Take(Most))
            to.WriteLine($"{Words(change.Action, culture)}: {change.Code}  {(change.Before is null ? "" : change.Before + " → ")}{change.After}");
        if (outcome.Errors.Count + outcome.Changes.Count - Most is > 0 and var more)
            to.WriteLine(RegisterErrors.Words("report-more", culture, null, $"{more}"));
        if (outcome.Errors.Count > 0)
        {
            to.WriteLine(RegisterErrors.Words("report-refused", culture, null, $"{outcome.Errors.Count}"));
            return;
        }

        var counts = outcome.Changes.GroupBy(change => change.Action).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {Words(group.Key, culture)}").Append(RegisterErrors.Words("report-unchanged", culture, null, $"{outcome.Unchanged}"));
        to.WriteLine($"{RegisterErrors.Words(dryRun ? "report-would" : "report-taken", culture, null, $"{outcome.Rows}")} ({string.Join(", ", counts)})");
    }

    /// <summary>Writes every error as CSV: row, column, value, problem, mend. Cells that a spreadsheet would compute are disarmed.</summary>
    public static Task WriteErrorsAsync(IEnumerable<RegisterError> errors, TextWriter to) =>
        WriteErrorsAsync(errors.Select(error => new RowError(error.Row, error.Column, error.Value, error.Problem, error.Mend)), to);

    /// <summary>Writes every error of a file as CSV in the same way.</summary>
    public static async Task WriteErrorsAsync(IEnumerable<RowError> errors, TextWriter to)
    {
        var report = new ErrorReport(to);
        foreach (var error in errors)
            await report.AddAsync(error);
    }

    /// <summary>What a row does, in words.</summary>
    public static string Words(RegisterAction action, CultureInfo culture) => RegisterErrors.Words(
        action switch
        {
            RegisterAction.Added => "action-added",
            RegisterAction.Renamed => "action-renamed",
            RegisterAction.Moved => "action-moved",
            _ => "action-changed",
        },
        culture);

    private static string Place(RegisterError error, CultureInfo culture)
    {
        if (error.Row == 0)
            return "";
        var row = RegisterErrors.Words("report-row", culture, null, $"{error.Row}");
        return error.Column is null ? row + ": " : $"{row}, {error.Column}: ";
    }
}
