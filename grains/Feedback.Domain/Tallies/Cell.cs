using System.Collections.Concurrent;
using Feedback.Domain.Evaluations;

namespace Feedback.Domain.Tallies;

/// <summary>What a cell of a tally counts.</summary>
public enum CellKind : byte
{
    /// <summary>Evaluations by origin and grade.</summary>
    Graded = 1,

    /// <summary>Excluded evaluations by origin and grade.</summary>
    Excluded,

    /// <summary>Active grades of a dimension.</summary>
    Dimension,

    /// <summary>Active grades by local hour.</summary>
    Hour,

    /// <summary>Evaluations by channel.</summary>
    Channel,

    /// <summary>Evaluations that named a reason.</summary>
    Reason,

    /// <summary>Active grades of a service item.</summary>
    ServiceItem,

    /// <summary>Finished rateable matters.</summary>
    MattersFinished,

    /// <summary>Finished rateable matters with at least one active rating.</summary>
    MattersRated,

    /// <summary>Graded evaluations without a matter.</summary>
    Unattached,

    /// <summary>Events with a coded remark.</summary>
    Flag,

    /// <summary>Active grades of a member of staff; kept at windows and halls only.</summary>
    Staff,

    /// <summary>
    /// Active grades as the public and the rated see them: in chunks of five per window, on the day on which the fifth came.
    /// </summary>
    Released,
}

/// <summary>
/// The address of one count in a <see cref="Tally"/>, packed into 64 bits: 8 bits of kind, 32 of code, 16 of detail.
/// Codes are numbered as they are met by this process; texts and wires always carry the code itself.
/// </summary>
public readonly record struct Cell : IComparable<Cell>
{
    /// <summary>The hour of sources that know only the day.</summary>
    public const int UnknownHour = 24;

    private readonly ulong _packed;

    private Cell(CellKind kind, string? code, int detail) =>
        _packed = ((ulong)kind << 56) | ((ulong)Codes.NumberOf(code) << 16) | (ushort)detail;

    /// <summary>What is counted.</summary>
    public CellKind Kind => (CellKind)(_packed >> 56);

    /// <summary>The code, such as a dimension's; empty for kinds without one.</summary>
    public string Code => Codes.TextOf((uint)(_packed >> 16));

    /// <summary>The grade; null where none was given or the kind has none.</summary>
    public Grade? Grade => (_packed & 7) is > 0 and var grade ? (Grade)grade : null;

    /// <summary>The origin, for <see cref="CellKind.Graded"/> and <see cref="CellKind.Excluded"/>.</summary>
    public Origin Origin => (Origin)((_packed >> 3) & 7);

    /// <summary>The local hour, 0 to 23, or <see cref="UnknownHour"/>, for <see cref="CellKind.Hour"/>.</summary>
    public int HourOfDay => (int)((_packed >> 3) & 31);

    /// <summary>The channel, for <see cref="CellKind.Channel"/>.</summary>
    public Channel Channel => (Channel)((_packed >> 3) & 31);

    /// <summary>Evaluations of an origin with a grade, or without one.</summary>
    public static Cell Graded(Origin origin, Grade? grade) => new(CellKind.Graded, null, ((int)origin << 3) | (int)(grade ?? 0));

    /// <summary>Excluded evaluations of an origin with a grade, or without one.</summary>
    public static Cell Excluded(Origin origin, Grade? grade) => new(CellKind.Excluded, null, ((int)origin << 3) | (int)(grade ?? 0));

    /// <summary>Active grades of a dimension.</summary>
    public static Cell Dimension(string code, Grade grade) => new(CellKind.Dimension, code, (int)grade);

    /// <summary>Active grades in a local hour; null for an unknown one.</summary>
    public static Cell Hour(int? hour, Grade grade) => new(CellKind.Hour, null, ((hour ?? UnknownHour) << 3) | (int)grade);

    /// <summary>Evaluations of a channel.</summary>
    public static Cell Of(Channel channel) => new(CellKind.Channel, null, (int)channel << 3);

    /// <summary>Evaluations that named a reason.</summary>
    public static Cell Reason(string code) => new(CellKind.Reason, code, 0);

    /// <summary>Active grades of a service item.</summary>
    public static Cell ServiceItem(string code, Grade grade) => new(CellKind.ServiceItem, code, (int)grade);

    /// <summary>Events with a coded remark.</summary>
    public static Cell Flag(string code) => new(CellKind.Flag, code, 0);

    /// <summary>Active grades of a member of staff.</summary>
    public static Cell Staff(string code, Grade grade) => new(CellKind.Staff, code, (int)grade);

    /// <summary>Active grades that were released.</summary>
    public static Cell Released(Grade grade) => new(CellKind.Released, null, (int)grade);

    /// <summary>Finished rateable matters.</summary>
    public static readonly Cell MattersFinished = new(CellKind.MattersFinished, null, 0);

    /// <summary>Finished rateable matters that were rated.</summary>
    public static readonly Cell MattersRated = new(CellKind.MattersRated, null, 0);

    /// <summary>Graded evaluations without a matter.</summary>
    public static readonly Cell Unattached = new(CellKind.Unattached, null, 0);

    /// <inheritdoc/>
    public int CompareTo(Cell other) => _packed.CompareTo(other._packed);

    private static class Codes
    {
        private static readonly ConcurrentDictionary<string, uint> Numbers = new(StringComparer.Ordinal);
        private static readonly ConcurrentDictionary<uint, string> Texts = new();
        private static readonly Lock Adding = new();

        public static uint NumberOf(string? code)
        {
            if (code is null)
                return 0;
            if (Numbers.TryGetValue(code, out var known))
                return known;
            lock (Adding)
            {
                if (Numbers.TryGetValue(code, out known))
                    return known;
                var number = (uint)Texts.Count + 1;
                Texts[number] = code;
                return Numbers[code] = number;
            }
        }

        public static string TextOf(uint number) => number == 0 ? "" : Texts[number];
    }
}
