using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;

namespace Feedback.Domain.Windows;

/// <summary>What tells about a rating besides itself.</summary>
/// <param name="HasMatter">Whether it belongs to a matter.</param>
/// <param name="RatedBefore">Whether that matter has an active rating already.</param>
/// <param name="StaffPresent">Whether it came from a browser in which somebody is signed in whose work it rates.</param>
/// <param name="NearDutyChange">Whether staff signed in or out at the window within <see cref="RatingWatch.DutyWithin"/> of it.</param>
/// <param name="Mark">The mark of its comment; null where there is none, or it is too short to tell anything.</param>
public readonly record struct RatingSigns(bool HasMatter, bool RatedBefore, bool StaffPresent, bool NearDutyChange, ulong? Mark);

/// <summary>
/// Finds ratings at one window that people should look at. A flag is a remark: what bears one is stored, counts, and is shown with it, until
/// a person excludes it. Flags are decided once, when a rating is stored, from what was stored before: so the first ones of
/// a row bear none.
/// </summary>
/// <remarks>
/// All is judged by the ratings' own times: what a terminal kept while it was offline, or a gateway gathered for many windows, comes all at
/// once and is no burst. Only citizens' own phones are held to when their ratings came in: there the sender chooses the time. Where the own time is not believed, or only its day is known, nothing is said about time; imports
/// are not judged at all.
/// </remarks>
public sealed class RatingWatch
{
    /// <summary>Flag: more than <see cref="MostWithin"/> active ratings from one device within <see cref="BurstWithin"/> at this window.</summary>
    public const string BurstFlag = "burst";

    /// <summary>Flag: one of the last <see cref="MarksKept"/> longer comments at this window said the same.</summary>
    public const string TextRepeatedFlag = "text-repeated";

    /// <summary>Flag: the matter has an active rating already, under another identity.</summary>
    public const string RatedBeforeFlag = "matter-rated-before";

    /// <summary>
    /// Flag: perhaps staff rated themselves. The signs: a browser with a session of theirs; a highest grade without a matter within
    /// <see cref="DutyWithin"/> of a sign-in or sign-out; the fifth highest grade without a matter in a row from one device, each less
    /// than a minute after the one before, while no matter was finished.
    /// </summary>
    public const string StaffFlag = "staff-suspected";

    /// <summary>How many ratings from one device are ordinary within <see cref="BurstWithin"/>.</summary>
    public const int MostWithin = 10;

    /// <summary>One minute, in milliseconds; a rating exactly a minute before another is not within it.</summary>
    public const long BurstWithin = 60_000;

    /// <summary>How near to a sign-in or sign-out nobody can have been served: 10 seconds, in milliseconds.</summary>
    public const long DutyWithin = 10_000;

    /// <summary>How many highest grades in a row, without a matter between, no visits are.</summary>
    public const int Row = 5;

    /// <summary>How many comments are remembered, 8 bytes each.</summary>
    public const int MarksKept = 128;

    private const long RowGap = 60_000;
    private const int TimesKept = 32;

    private readonly List<(string Terminal, long At)> _times;
    private readonly List<ulong> _marks;
    private (string Terminal, int Count, long First, long Last) _row;

    /// <summary>Before the first rating.</summary>
    public RatingWatch() => (_times, _marks, _row) = ([], [], ("", 0, 0, 0));

    private RatingWatch(RatingWatch other) => (_times, _marks, _row) = ([.. other._times], [.. other._marks], other._row);

    /// <summary>A copy that goes its own way: what it has seen may turn out not to be stored.</summary>
    public RatingWatch Copy() => new(this);

    /// <summary>The flags of a rating that is about to be stored.</summary>
    /// <param name="said">The rating.</param>
    /// <param name="set">What the server sets for it.</param>
    /// <param name="signs">What else tells about it.</param>
    public ImmutableArray<string> FlagsOf(Evaluation said, Admission set, RatingSigns signs)
    {
        if (!IsJudged(said, set))
            return [];
        var flags = ImmutableArray.CreateBuilder<string>();
        if (TimeInBurst(said, set) is { } at && _times.Count(one => one.Terminal == set.Terminal && Math.Abs(one.At - at) < BurstWithin) >= MostWithin)
            flags.Add(BurstFlag);
        if (signs.Mark is { } mark && _marks.Contains(mark))
            flags.Add(TextRepeatedFlag);
        if (signs is { HasMatter: true, RatedBefore: true })
            flags.Add(RatedBeforeFlag);
        if (signs.StaffPresent || (IsPraise(said, set, signs.HasMatter) && ((signs.NearDutyChange && Time(said, set) is not null) || NextRow(said, set).Count >= Row)))
            flags.Add(StaffFlag);
        return flags.ToImmutable();
    }

    /// <summary>Takes an event of the window in; those that are no ratings and no finished matters change nothing.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="mark">The mark of its comment, where it is known.</param>
    public void Apply(JournalEvent happened, ulong? mark = null)
    {
        switch (happened)
        {
            case EvaluationAccepted e when IsJudged(e.Evaluation, e.Admission):
                // What nobody praised, or praised for a matter, was a visit.
                _row = IsPraise(e.Evaluation, e.Admission, e.Matter is not null) ? NextRow(e.Evaluation, e.Admission) : ("", 0, 0, 0);
                if (TimeInBurst(e.Evaluation, e.Admission) is { } at)
                    Keep(_times, (e.Admission.Terminal, at), TimesKept);
                if (mark is { } known)
                    Remember(known);
                break;
            case MatterFinished e when _row.Count > 0 && e.FinishedAt.UtcMilliseconds >= _row.First:
                _row = ("", 0, 0, 0);
                break;
        }
    }

    /// <summary>Takes the mark of a comment in that was stored earlier.</summary>
    public void Remember(ulong mark) => Keep(_marks, mark, MarksKept);

    /// <summary>The text that <see cref="Read"/> reads: a line for the row, one per time, one per mark.</summary>
    public string Write()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"row\t{_row.Terminal}\t{_row.Count}\t{_row.First}\t{_row.Last}\n");
        foreach (var (terminal, at) in _times)
            text.Append(CultureInfo.InvariantCulture, $"at\t{terminal}\t{at}\n");
        foreach (var mark in _marks)
            text.Append(CultureInfo.InvariantCulture, $"mark\t{mark:x16}\n");
        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A line is misshapen.</exception>
    public static RatingWatch Read(string text)
    {
        var watch = new RatingWatch();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (line.Split('\t'))
            {
                case ["row", var terminal, var count, var first, var last]: watch._row = (terminal, (int)Number(count), Number(first), Number(last)); break;
                case ["at", var terminal, var at]: watch._times.Add((terminal, Number(at))); break;
                case ["mark", var mark]: watch._marks.Add(ulong.Parse(mark, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)); break;
                default: throw new FormatException("A line of a window's watch is misshapen.");
            }
        }

        return watch;

        static long Number(string part) => long.Parse(part, CultureInfo.InvariantCulture);
    }

    private static bool IsJudged(Evaluation said, Admission set) => said is { Origin: Origin.Active, Grade: not null } && set.Imported is null;

    private static bool IsPraise(Evaluation said, Admission set, bool hasMatter) =>
        said.Grade == Grade.VerySatisfied && !hasMatter && set.Terminal != Sender.Public;

    private static long? Time(Evaluation said, Admission set) =>
        said.OccurredAt.DateOnly || set.Flags.Contains(Domain.Time.DayRule.ClockAhead) || set.Flags.Contains(Domain.Time.DayRule.ClockBehind)
            ? null
            : said.OccurredAt.UtcMilliseconds;

    // Anybody may send by the printed code, with any time of three days: so many within a minute is what comes in within it.
    private static long? TimeInBurst(Evaluation said, Admission set) => set.Terminal == Sender.Public ? set.ReceivedAt : Time(said, set);

    private (string Terminal, int Count, long First, long Last) NextRow(Evaluation said, Admission set)
    {
        if (Time(said, set) is not { } at)
            return ("", 0, 0, 0);
        return _row.Count > 0 && _row.Terminal == set.Terminal && Math.Abs(at - _row.Last) < RowGap
            ? (set.Terminal, _row.Count + 1, Math.Min(_row.First, at), at)
            : (set.Terminal, 1, at, at);
    }

    private static void Keep<T>(List<T> kept, T one, int most)
    {
        if (kept.Count == most)
            kept.RemoveAt(0);
        kept.Add(one);
    }
}
