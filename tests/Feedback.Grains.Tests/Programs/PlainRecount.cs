using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;
using Feedback.Grains.Tests.Support;
using Xunit;

namespace Feedback.Grains.Tests.Programs;

/// <summary>
/// Counts by hand what was sent and stored: words and numbers in a dictionary, nothing taken from the folds that are tested. Of
/// the journal it believes only which claim was stored, when it was received, and what people decided.
/// </summary>
internal sealed class PlainRecount(Sent sent, PlainMoves moves)
{
    private readonly Dictionary<(NodeId Node, DateOnly Day), Dictionary<string, int>> _counts = [];
    private readonly HashSet<string> _stored = [];

    /// <summary>Counts of every node and day on which anything was counted, zeros left out.</summary>
    public IEnumerable<(NodeId Node, DateOnly Day, IReadOnlyDictionary<string, int> Counts)> All =>
        _counts.Select(one => (one.Key.Node, one.Key.Day, Nonzero(one.Value)));

    /// <summary>Keys of everything that is stored.</summary>
    public IReadOnlySet<string> StoredKeys => _stored;

    /// <summary>A tally in the words of this recount.</summary>
    public static IReadOnlyDictionary<string, int> Words(Tally tally) => tally.ToDictionary(cell => cell.Key.Kind switch
    {
        CellKind.Graded => $"{cell.Key.Origin} {cell.Key.Grade}",
        CellKind.Excluded => $"excluded {cell.Key.Origin} {cell.Key.Grade}",
        CellKind.Hour => $"hour {cell.Key.HourOfDay} {cell.Key.Grade}",
        CellKind.Channel => $"channel {cell.Key.Channel}",
        CellKind.Flag => $"flag {cell.Key.Code}",
        CellKind.Staff => $"staff {cell.Key.Code} {cell.Key.Grade}",
        _ => $"{cell.Key.Kind}{cell.Key.Code}{cell.Key.Grade}",
    }, cell => cell.Value);

    /// <summary>Counts a window's events; each must be one that was sent, as it was sent, and none there twice.</summary>
    public void Count(NodeId window, IReadOnlyList<(long Version, JournalEvent Happened)> events)
    {
        Assert.Equal(Enumerable.Range(1, events.Count).Select(version => (long)version), events.Select(one => one.Version));
        var signed = new List<(long At, string? Staff)>();
        var ratings = new Dictionary<long, (EvaluationClaim Claim, DateOnly Day)>();
        var excluded = new HashSet<long>();
        var finished = new Dictionary<string, DateOnly>();
        var (waiting, corrected) = (new List<long>(), new List<(long Version, int By)>());
        foreach (var (version, happened) in events)
        {
            switch (happened)
            {
                case EvaluationAccepted e:
                    var rating = (EvaluationClaim)Stored(window, e.Evaluation.Source, e.Evaluation.Id);
                    Assert.True(rating.Evaluation.SaysTheSameAs(e.Evaluation));
                    ratings[version] = (rating, Rate(window, rating, signed, e.Admission));
                    break;
                case MatterFinished e:
                    var number = sent.Claims.Values.OfType<MatterClaim>().First(claim => claim.At == window && claim.Source == e.Source
                        && claim.FinishedAt == e.FinishedAt && !_stored.Contains(Sent.KeyOf(claim))).Number;
                    Stored(window, e.Source, "matter " + number);
                    if (finished.TryAdd(number, DayOf(e.FinishedAt.UtcMilliseconds, e.Admission.ReceivedAt).Day))
                        Add(window, finished[number], "MattersFinished", 1);
                    break;
                case EvaluationExcluded e: Assert.True(excluded.Add(e.Evaluation)); break;
                case EvaluationReinstated e: Assert.True(excluded.Remove(e.Evaluation)); break;
                case StaffSignedIn e: signed.Add((e.At, e.Staff)); break;
                case StaffSignedOut e: signed.Add((e.At, null)); break;
            }

            Release(window, version, happened, ratings, waiting, corrected);
            if (happened is EvaluationExcluded x)
                Exclude(window, ratings[x.Evaluation], (EvaluationAccepted)events[(int)x.Evaluation - 1].Happened, 1);
            if (happened is EvaluationReinstated y)
                Exclude(window, ratings[y.Evaluation], (EvaluationAccepted)events[(int)y.Evaluation - 1].Happened, -1);
        }

        var rated = ratings.Where(one => !excluded.Contains(one.Key)).Select(one => one.Value.Claim)
            .Where(claim => claim.Evaluation is { Origin: Origin.Active, Grade: not null }).Select(claim => claim.Matter).ToHashSet();
        foreach (var (number, day) in finished.Where(one => rated.Contains(one.Key)))
            Add(window, day, "MattersRated", 1);
    }

    // Every fifth active rating releases itself and the four before it, on the day on which it came, with what was decided of older ones.
    private void Release(
        NodeId window, long version, JournalEvent happened, Dictionary<long, (EvaluationClaim Claim, DateOnly Day)> ratings, List<long> waiting, List<(long Version, int By)> corrected)
    {
        bool Active(long one) => ratings[one].Claim.Evaluation is { Origin: Origin.Active, Grade: not null };
        if (happened is EvaluationExcluded { Evaluation: var taken } && Active(taken) && !waiting.Remove(taken))
            corrected.Add((taken, -1));
        if (happened is EvaluationReinstated { Evaluation: var given } && Active(given))
            corrected.Add((given, 1));
        if (happened is not EvaluationAccepted last || !Active(version))
            return;
        waiting.Add(version);
        if (waiting.Count < 5)
            return;
        var (day, _, _) = DayOf(last.Admission.ReceivedAt, last.Admission.ReceivedAt);
        foreach (var (one, by) in waiting.Select(one => (one, 1)).Concat(corrected))
            Add(window, day, $"Released{ratings[one].Claim.Evaluation.Grade}", by);
        waiting.Clear();
        corrected.Clear();
    }

    private WindowClaim Stored(NodeId window, string source, string id)
    {
        var key = Sent.KeyOf(window, source, id);
        Assert.True(sent.Claims.ContainsKey(key), $"{key} was never sent.");
        Assert.True(_stored.Add(key), $"{key} is stored twice.");
        return sent.Claims[key];
    }

    private DateOnly Rate(NodeId window, EvaluationClaim claim, List<(long At, string? Staff)> signed, Admission set)
    {
        var (day, hour, flag) = DayOf(claim.Time.UtcMilliseconds, set.ReceivedAt);
        var staff = flag is null ? StaffAt(signed, claim.Time.UtcMilliseconds) : null;
        foreach (var word in WordsOf(claim, hour, flag, staff, staff is null && signed.Count > 0).Concat(RemarksOf(set)))
            Add(window, day, word, 1);
        return day;
    }

    // The last word about the nearest time before holds; then what is five minutes away.
    private static string? StaffAt(List<(long At, string? Staff)> signed, long time)
    {
        var times = signed.GroupBy(one => one.At).Select(group => group.Last()).OrderBy(one => one.At).ToList();
        var before = times.FindLastIndex(one => one.At <= time);
        if (before >= 0 && times[before].Staff is not null)
            return times[before].Staff;
        if (before >= 1 && time - times[before].At <= 300_000 && times[before - 1].Staff is { } left)
            return left;
        return before + 1 < times.Count && times[before + 1].At - time <= 300_000 ? times[before + 1].Staff : null;
    }

    private void Exclude(NodeId window, (EvaluationClaim Claim, DateOnly Day) rating, EvaluationAccepted stored, int sign)
    {
        var (_, hour, flag) = DayOf(rating.Claim.Time.UtcMilliseconds, stored.Admission.ReceivedAt);
        foreach (var word in WordsOf(rating.Claim, hour, flag, stored.Admission.Staff, stored.Admission.Flags.Contains("not-attributed")).Concat(RemarksOf(stored.Admission)))
            Add(window, rating.Day, word, -sign);
        Add(window, rating.Day, $"excluded {rating.Claim.Evaluation.Origin} {rating.Claim.Evaluation.Grade}", sign);
    }

    // What people should look at is remarked once, when it is stored; which ratings are, FlagTests tell.
    private static IEnumerable<string> RemarksOf(Admission set) =>
        set.Flags.Where(flag => flag is "burst" or "text-repeated" or "matter-rated-before" or "staff-suspected").Select(flag => "flag " + flag);

    private static IEnumerable<string> WordsOf(EvaluationClaim claim, int hour, string? flag, string? staff, bool unattributed)
    {
        var said = claim.Evaluation;
        yield return $"{said.Origin} {said.Grade}";
        yield return $"channel {said.Channel}";
        if (flag is not null)
            yield return $"flag {flag}";
        if (unattributed)
            yield return "flag not-attributed";
        if (said.Grade is not null && claim.Matter is null)
            yield return "Unattached";
        if (said.Origin != Origin.Active)
            yield break;
        yield return $"hour {hour} {said.Grade}";
        if (staff is not null)
            yield return $"staff {staff} {said.Grade}";
    }

    private static (DateOnly Day, int Hour, string? Flag) DayOf(long claimed, long receivedAt)
    {
        var behind = TimeSpan.FromMilliseconds(receivedAt - claimed);
        var flag = behind > TimeSpan.FromDays(90) ? "clock-behind" : behind < TimeSpan.FromMinutes(-5) ? "clock-ahead" : null;
        var local = DateTimeOffset.FromUnixTimeMilliseconds(flag is null ? claimed : receivedAt).ToOffset(TimeSpan.FromHours(8));
        return (DateOnly.FromDateTime(local.DateTime), local.Hour, flag);
    }

    private void Add(NodeId window, DateOnly day, string word, int count)
    {
        var staffGoesOn = true;
        for (NodeId? node = window; node is { } here; node = moves.ParentOn(here, day))
        {
            if (staffGoesOn || !word.StartsWith("staff", StringComparison.Ordinal))
            {
                if (!_counts.TryGetValue((here, day), out var counts))
                    _counts[(here, day)] = counts = [];
                counts[word] = counts.GetValueOrDefault(word) + count;
            }

            // A window tells whoever stands above it, a team its hall, and nobody else.
            staffGoesOn &= here == window || here == Places.Team;
        }
    }

    private static IReadOnlyDictionary<string, int> Nonzero(Dictionary<string, int> counts) => counts.Where(one => one.Value != 0).ToDictionary();
}

/// <summary>Who stood below whom, noted by hand.</summary>
internal sealed class PlainMoves
{
    private readonly List<(NodeId Node, DateOnly From, NodeId Parent)> _moves = [];

    /// <summary>A node moved; the last word about a day holds.</summary>
    public void Note(NodeId node, DateOnly from, NodeId parent) => _moves.Add((node, from, parent));

    /// <summary>The parent of a node on a day, or null at the root.</summary>
    public NodeId? ParentOn(NodeId node, DateOnly day)
    {
        var last = _moves.FindLastIndex(move => move.Node == node && move.From <= day);
        return last >= 0 ? _moves[last].Parent : node.Value switch
        {
            "n1" => null,
            "n2" => new("n1"),
            "n3" => new("n2"),
            "n4" or "n5" => new("n3"),
            "n6" or "n7" => new("n4"),
            "n8" => new("n6"),
            _ => new("n5"),
        };
    }
}
