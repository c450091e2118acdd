using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Tallies;

/// <summary>
/// The stored text of a tally: JSON keyed by code, never by position, cells in a fixed order, such as
/// <c>{"grades":{"active":{"5":3}},"hours":{"9":{"5":3}},"channels":{"terminal":3}}</c>.
/// </summary>
public static class TallyText
{
    private const string None = "none";
    private const string Unknown = "unknown";

    /// <summary>Writes a tally.</summary>
    public static string Write(Tally tally)
    {
        var text = new CanonicalWriter().BeginObject();
        Nested(text, tally, CellKind.Graded, "grades"u8, cell => cell.Origin.Word());
        Nested(text, tally, CellKind.Excluded, "excluded"u8, cell => cell.Origin.Word());
        Nested(text, tally, CellKind.Dimension, "dimensions"u8, cell => cell.Code);
        Nested(text, tally, CellKind.Hour, "hours"u8,
            cell => cell.HourOfDay == Cell.UnknownHour ? Unknown : cell.HourOfDay.ToString("00", CultureInfo.InvariantCulture));
        Flat(text, tally, CellKind.Channel, "channels"u8, cell => cell.Channel.Word());
        Flat(text, tally, CellKind.Reason, "reasons"u8, cell => cell.Code);
        Nested(text, tally, CellKind.ServiceItem, "serviceItems"u8, cell => cell.Code);
        text.Member("mattersFinished"u8, NullIfZero(tally.MattersFinished));
        text.Member("mattersRated"u8, NullIfZero(tally.MattersRated));
        text.Member("unattached"u8, NullIfZero(tally.Unattached));
        Flat(text, tally, CellKind.Flag, "flags"u8, cell => cell.Code);
        Nested(text, tally, CellKind.Staff, "staff"u8, cell => cell.Code);
        Flat(text, tally, CellKind.Released, "released"u8, cell => ((int)cell.Grade!.Value).ToString(CultureInfo.InvariantCulture));
        return Encoding.UTF8.GetString(text.EndObject().Written);
    }

    /// <summary>Reads a tally back.</summary>
    /// <exception cref="FormatException">A member is not one of a tally's.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Tally Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return EventReading.Whole(document.RootElement, root => Read(root, lenient: false));
    }

    /// <summary>
    /// Reads what another silo counted, whose release may be newer: what this release knows is exact, what it does not know is left
    /// out. It is counted where it is known, and everywhere once the upgrade is done, for nothing that was told is kept.
    /// </summary>
    /// <exception cref="FormatException">The text has another shape.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static Tally ReadKnown(string text)
    {
        using var document = JsonDocument.Parse(text);
        return EventReading.Whole(document.RootElement, root => Read(root, lenient: true));
    }

    private static Tally Read(JsonElement root, bool lenient)
    {
        var cells = new Cells(lenient);
        foreach (var member in root.EnumerateObject())
        {
            var value = member.Value;
            switch (member.Name)
            {
                case "grades": Nested(value, cells, (word, grade) => Cell.Graded(OriginOf(word), grade)); break;
                case "excluded": Nested(value, cells, (word, grade) => Cell.Excluded(OriginOf(word), grade)); break;
                case "dimensions": Nested(value, cells, (code, grade) => Cell.Dimension(code, Given(grade))); break;
                case "hours": Nested(value, cells, (hour, grade) => Cell.Hour(HourOf(hour), Given(grade))); break;
                case "channels": Flat(value, cells, word => Cell.Of(Words.ChannelOf(word) ?? throw new FormatException(word))); break;
                case "reasons": Flat(value, cells, Cell.Reason); break;
                case "serviceItems": Nested(value, cells, (code, grade) => Cell.ServiceItem(code, Given(grade))); break;
                case "mattersFinished": cells.Add(Cell.MattersFinished, value); break;
                case "mattersRated": cells.Add(Cell.MattersRated, value); break;
                case "unattached": cells.Add(Cell.Unattached, value); break;
                case "flags": Flat(value, cells, Cell.Flag); break;
                case "staff": Nested(value, cells, (code, grade) => Cell.Staff(code, Given(grade))); break;
                case "released": Flat(value, cells, grade => Cell.Released(Given(GradeOf(grade)))); break;
                default: cells.Skip($"A tally has no member '{member.Name}'."); break;
            }
        }

        return cells.ToTally();
    }

    private static Origin OriginOf(string word) => Words.OriginOf(word) ?? throw new FormatException($"'{word}' is not an origin.");

    // A number out of range would be cut to the bits of another cell.
    private static int? HourOf(string hour) =>
        hour == Unknown ? null
        : int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var known) && known < Cell.UnknownHour ? known
        : throw new FormatException($"'{hour}' is not an hour.");

    private static Grade? GradeOf(string grade) =>
        grade == None ? null
        : grade is [>= '1' and <= '5'] ? (Grade)(grade[0] - '0')
        : throw new FormatException($"'{grade}' is not a grade.");

    private static Grade Given(Grade? grade) => grade ?? throw new FormatException("Only evaluations as a whole may be without a grade.");

    private static long? NullIfZero(int count) => count == 0 ? null : count;

    private static void Nested(CanonicalWriter text, Tally tally, CellKind kind, ReadOnlySpan<byte> name, Func<Cell, string> key)
    {
        var groups = tally.Of(kind).GroupBy(cell => key(cell.Key)).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        if (groups.Count == 0)
            return;
        text.BeginObject(name);
        foreach (var group in groups)
        {
            text.Name(group.Key).BeginObject();
            foreach (var (cell, count) in group.OrderByDescending(cell => cell.Key.Grade ?? 0))
                text.Name(cell.Grade is { } grade ? ((int)grade).ToString(CultureInfo.InvariantCulture) : None).Value(count);
            text.EndObject();
        }

        text.EndObject();
    }

    private static void Flat(CanonicalWriter text, Tally tally, CellKind kind, ReadOnlySpan<byte> name, Func<Cell, string> key)
    {
        var cells = tally.Of(kind).OrderBy(cell => key(cell.Key), StringComparer.Ordinal).ToList();
        if (cells.Count == 0)
            return;
        text.BeginObject(name);
        foreach (var (cell, count) in cells)
            text.Name(key(cell)).Value(count);
        text.EndObject();
    }

    private static void Nested(JsonElement value, Cells cells, Func<string, Grade?, Cell> cell)
    {
        foreach (var group in value.EnumerateObject())
        {
            foreach (var graded in group.Value.EnumerateObject())
                cells.Add(cell, group.Name, graded.Name, graded.Value);
        }
    }

    private static void Flat(JsonElement value, Cells cells, Func<string, Cell> cell)
    {
        foreach (var member in value.EnumerateObject())
            cells.Add(cell, member.Name, member.Value);
    }

    /// <summary>Cells as they are read; where that is asked for, those that a newer release counts by are left out.</summary>
    private sealed class Cells(bool lenient)
    {
        private readonly List<(Cell, int)> _read = [];

        public void Add(Cell cell, JsonElement count) => _read.Add((cell, count.GetInt32()));

        public void Add(Func<string, Cell> cell, string key, JsonElement count)
        {
            try
            {
                _read.Add((cell(key), count.GetInt32()));
            }
            catch (FormatException) when (lenient)
            {
            }
        }

        public void Add(Func<string, Grade?, Cell> cell, string key, string grade, JsonElement count)
        {
            try
            {
                _read.Add((cell(key, GradeOf(grade)), count.GetInt32()));
            }
            catch (FormatException) when (lenient)
            {
            }
        }

        public void Skip(string why)
        {
            if (!lenient)
                throw new FormatException(why);
        }

        public Tally ToTally() => Tally.Of(CollectionsMarshal.AsSpan(_read));
    }
}
