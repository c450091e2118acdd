using Feedback.Grains.Registers;

namespace Feedback.Seeds.Registers;

/// <summary>A register's rows with their columns found.</summary>
internal sealed class Sheet
{
    // A title and a remark may stand above the headings.
    private const int HeadingsWithin = 10;

    private readonly Dictionary<RegisterColumn, int> _columns;
    private readonly SheetRow _headings;

    private Sheet(SheetRow headings, Dictionary<RegisterColumn, int> columns, IReadOnlyList<SheetRow> rows) =>
        (_headings, _columns, Rows) = (headings, columns, rows);

    /// <summary>The rows below the headings, without blank ones.</summary>
    public IReadOnlyList<SheetRow> Rows { get; }

    /// <exception cref="SheetBrokenException">The file cannot be read, is empty, or has no such headings.</exception>
    public static Sheet Open(byte[] file, RegisterKind kind) => Open(file, RegisterColumn.Of(kind));

    /// <summary>A sheet with other columns than those of a register.</summary>
    /// <exception cref="SheetBrokenException">The file cannot be read, is empty, or has no such headings.</exception>
    public static Sheet Open(byte[] file, IReadOnlyList<RegisterColumn> wanted)
    {
        var rows = SheetFile.Read(file);
        if (rows.TrueForAll(row => row.IsBlank))
            throw new SheetBrokenException("file-empty");
        var (headings, columns) = rows.Take(HeadingsWithin).Select(row => (row, Found: Find(row, wanted))).MaxBy(one => one.Found.Count);
        var missing = wanted.Where(column => column.Needed && !columns.ContainsKey(column)).ToList();
        if (missing.Count > 0)
            throw new SheetBrokenException("heading-missing", string.Join(", ", missing.Select(column => $"{column.Zh} / {column.En}")), headings.Number);
        var below = rows.Where(row => row.Number > headings.Number && !row.IsBlank).ToList();
        return below.Count > 0 ? new Sheet(headings, columns, below) : throw new SheetBrokenException("file-empty");
    }

    /// <summary>What stands in a row's column; blank where the file lacks the column.</summary>
    public string Cell(SheetRow row, RegisterColumn column) => _columns.TryGetValue(column, out var index) ? row[index] : "";

    /// <summary>The column's heading as the file has it.</summary>
    public string? Heading(RegisterColumn column) => _columns.TryGetValue(column, out var index) ? _headings[index] : null;

    private static Dictionary<RegisterColumn, int> Find(SheetRow row, IReadOnlyList<RegisterColumn> wanted)
    {
        var found = new Dictionary<RegisterColumn, int>();
        for (var i = 0; i < row.Cells.Length; i++)
        {
            foreach (var column in wanted.Where(column => !found.ContainsKey(column)))
            {
                if (column.IsHeadedBy(row.Cells[i]))
                {
                    found.Add(column, i);
                    break;
                }
            }
        }

        return found;
    }
}
