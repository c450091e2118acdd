using System.Globalization;

namespace Feedback.Grains.Registers;

/// <summary>What a bureau keeps a register of, and hands over as a file.</summary>
public enum RegisterKind
{
    /// <summary>The organisation: 组织机构.</summary>
    Organisation = 1,

    /// <summary>The service items: 事项.</summary>
    ServiceItems,

    /// <summary>The staff: 人员.</summary>
    Staff,
}

/// <summary>Takes a register from a spreadsheet (.xlsx, or .csv in UTF-8 or GB18030): all of it, or nothing.</summary>
public interface IRegisterImport
{
    /// <summary>Takes a register over. What the bureau has already is left as it is, and so are entries that the file does not name.</summary>
    /// <param name="kind">Which register.</param>
    /// <param name="file">The file as it is.</param>
    /// <param name="dryRun">True to tell only what would change.</param>
    /// <param name="culture">The language of errors: zh or en.</param>
    Task<RegisterOutcome> ImportAsync(RegisterKind kind, byte[] file, bool dryRun, CultureInfo culture);

    /// <summary>A spreadsheet (.xlsx) with the headings, an example, and how to fill it in.</summary>
    /// <param name="kind">Which register.</param>
    /// <param name="culture">The language: zh or en.</param>
    byte[] Template(RegisterKind kind, CultureInfo culture);
}

/// <summary>What became of a register's file.</summary>
/// <param name="Rows">How many rows it has below its headings, blank ones apart.</param>
/// <param name="Unchanged">How many of them say what is known already.</param>
/// <param name="Changes">What changed, or would change; in the file's order.</param>
/// <param name="Errors">Why nothing was taken; empty when all was.</param>
public sealed record RegisterOutcome(
    int Rows, int Unchanged, IReadOnlyList<RegisterChange> Changes, IReadOnlyList<RegisterError> Errors);

/// <summary>What a row of a register does.</summary>
public enum RegisterAction
{
    /// <summary>Adds an entry.</summary>
    Added = 1,

    /// <summary>Gives an entry other names, from today on.</summary>
    Renamed,

    /// <summary>Puts a node under another parent, from tomorrow on.</summary>
    Moved,

    /// <summary>Changes something else of an entry.</summary>
    Changed,
}

/// <summary>A change that a row makes.</summary>
/// <param name="Row">The row as a spreadsheet counts.</param>
/// <param name="Action">What it does.</param>
/// <param name="Code">The entry's code; of a node, its path.</param>
/// <param name="Before">What held until now; null for what is added.</param>
/// <param name="After">What holds from now on.</param>
public sealed record RegisterChange(long Row, RegisterAction Action, string Code, string? Before, string After);

/// <summary>Why a row cannot be taken.</summary>
/// <param name="Row">The row as a spreadsheet counts; 0 for the whole file.</param>
/// <param name="Column">The column's heading as the file has it; null when it is about the whole row.</param>
/// <param name="Value">What stands there, shortened; null when nothing does.</param>
/// <param name="Problem">What is wrong, in the reader's language.</param>
/// <param name="Mend">What to do, in the reader's language.</param>
public sealed record RegisterError(long Row, string? Column, string? Value, string Problem, string Mend);
