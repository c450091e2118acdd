using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;
using Feedback.Grains.Cases;
using Feedback.Grains.Days;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.ServiceMatters;
using Feedback.Grains.Tallies;

namespace Feedback.Grains.Verification;

/// <summary>
/// Recounts everything from the journal and compares: hash chains, personal text, every window's stored days at the version
/// up to which they claim to be complete, every case and matter and what is counted of them, and, where a silo can be asked, every day of every node above.
/// </summary>
public sealed class JournalVerification(
    IJournal journal, IDayStore days, IDerivedTables derived, IPersonalStore personal, PersonalCipher cipher, IBureau bureau, IErasureLedger ledger, ICaseStore cases,
    IMatterStore matters)
{
    private readonly List<Finding> _findings = [];
    private readonly Dictionary<(NodeId Node, DateOnly Day), Tally> _above = [];

    /// <summary>Verifies.</summary>
    /// <param name="ask">Asks the tallies above the windows; null when no silo can be asked.</param>
    /// <param name="progress">Told after each stream.</param>
    /// <param name="checkpoints">What the journal is compared with besides itself; null for nothing.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<VerificationReport> RunAsync(
        AskTally? ask, IProgress<StreamProgress>? progress, CheckpointCheck? checkpoints = null, CancellationToken cancellation = default)
    {
        if (checkpoints is not null)
            await checkpoints.LoadAsync(_findings, cancellation);
        var tree = await TreeAsync();
        var stored = new StoredMatters(matters, _findings);
        var recount = new CaseRecount(journal, cases, stored, _findings);
        await recount.LoadAsync(cancellation);
        var streams = await journal.StreamsAsync(cancellation);
        var texts = new PersonalCheck(journal, personal, cipher, _findings);
        long events = 0, compared = 0, tallies = 0;
        for (var i = 0; i < streams.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var check = new StreamCheck(journal, streams[i], _findings, checkpoints?.Of(streams[i]) ?? []);
            if (streams[i].AsWindow is { } window)
                compared += await RecountAsync(window, check, streams[i], texts, tree, cancellation);
            else
                await ReadAsync(check, streams[i], texts, recount);
            events += check.Events;
            progress?.Report(new StreamProgress(i + 1, streams.Count, events));
        }

        recount.Finish();
        checkpoints?.FindVanished(streams);
        texts.Take(ledger.Lines);
        await texts.FinishAsync();
        if (ledger.IsWhole)
            texts.Compare(ledger.ReadAgain());
        await FindOrphansAsync([.. streams.Select(stream => stream.AsWindow).OfType<NodeId>()], cancellation);
        if (ask is not null)
            tallies = await CompareAboveAsync(tree, ask);
        return new VerificationReport(streams.Count, events, compared, tallies, texts.References, _findings) { Cases = recount.Compared, Matters = stored.Compared }.With(checkpoints);
    }

    private async Task ReadAsync(StreamCheck check, StreamName stream, PersonalCheck texts, CaseRecount recount)
    {
        var one = stream.AsCase is { } id ? recount.Begin(id) : null;
        var matter = stream.AsMatter is { } accepted ? recount.Begin(accepted) : null;
        var paper = stream.AsPaper is { } batch ? new PaperRecount(batch, journal, _findings) : null;
        await foreach (var (version, _, happened) in check.ReadAsync())
        {
            await texts.TakeAsync(stream, version, happened);
            one?.Apply(happened);
            matter?.Apply(version, happened);
            paper?.Apply(version, happened);
        }

        one?.Finish();
        if (paper is not null)
            await paper.FinishAsync();
        matter?.Finish();
    }

    // Streams that the bureau cannot fold are told one by one afterwards; the check must not end here.
    private async Task<OrganisationTree> TreeAsync()
    {
        try
        {
            return (await bureau.RefreshAsync()).Tree;
        }
        catch (Exception e) when (e is JsonException or FormatException or UnknownKindException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            _findings.Add(new Finding("organisation, catalogue and keys", $"cannot be read to their end: {e.Message}"));
            return bureau.Current.Tree;
        }
    }

    private async Task<long> RecountAsync(
        NodeId window, StreamCheck check, StreamName stream, PersonalCheck texts, OrganisationTree tree, CancellationToken cancellation)
    {
        // The days are read before the stream: a running server may only have written more events meanwhile.
        var through = (await days.ThroughAsync([window], cancellation))[window];
        var stored = await days.OfWindowAsync(window, DateOnly.MinValue, DateOnly.MaxValue, cancellation);
        if (tree.Find(window) is null)
            _findings.Add(new Finding(stream.Value, "the window is not in the organisation"));
        var recount = new WindowRecount(window, tree, journal);
        long? compared = through == 0 ? Compare(recount, stored, 0) : null;
        await foreach (var (version, at, happened) in check.ReadAsync())
        {
            await texts.TakeAsync(stream, version, happened);
            await recount.ApplyAsync(version, at, happened);
            if (version == through)
                compared = Compare(recount, stored, through);
        }

        if (compared is null)
            _findings.Add(new Finding(stream.Value, $"its days claim to hold every event up to version {through}, and the stream ends at {recount.Version}"));
        foreach (var day in recount.Days())
            AddAbove(tree, day);
        return compared ?? 0;
    }

    private long Compare(WindowRecount recount, IReadOnlyList<WindowDay> stored, long through)
    {
        var rows = stored.Where(row => row.Version <= through).ToDictionary(row => row.Day);
        var counted = recount.Days().ToList();
        foreach (var day in counted)
        {
            // A row of a later version was written while we read; the next verification sees it whole.
            if (stored.Any(row => row.Day == day.Day && row.Version > through))
                continue;
            if (!rows.Remove(day.Day, out var row))
                _findings.Add(new Finding($"{recount.Window}, {day.Day:O}", "the day is not stored"));
            else if (!row.Tally.Equals(day.Tally))
                _findings.Add(new Finding($"{recount.Window}, {day.Day:O}", Differences.Between(day.Tally, row.Tally)));
            else if ((row.Hall, row.Parent, row.Version) != (day.Hall, day.Parent, day.Version))
                _findings.Add(new Finding($"{recount.Window}, {day.Day:O}", "hall, parent or version of the stored day is wrong"));
        }

        foreach (var extra in rows.Values)
            _findings.Add(new Finding($"{recount.Window}, {extra.Day:O}", "the stored day has no event"));
        return counted.Count;
    }

    private async Task FindOrphansAsync(HashSet<NodeId> windows, CancellationToken cancellation)
    {
        await foreach (var (day, revision) in derived.AllDaysAsync(cancellation))
        {
            if (!windows.Contains(day.Window))
                _findings.Add(new Finding($"{day.Window}, {day.Day:O}", "the stored day belongs to no stream"));
            else if (revision != TallyFold.Revision)
                _findings.Add(new Finding($"{day.Window}, {day.Day:O}", $"the stored day is of fold revision {revision}; run rebuild"));
        }
    }

    private void AddAbove(OrganisationTree tree, WindowDay day)
    {
        var tally = day.Tally;
        foreach (var node in tree.LineOn(day.Window, day.Day).Skip(1))
        {
            var key = (node.Id, day.Day);
            _above[key] = _above.TryGetValue(key, out var sum) ? sum.Plus(tally) : tally;
            // Staff are known at windows, teams and in the hall, and nowhere above.
            if (node.Kind != NodeKind.Team)
                tally = tally.Without(CellKind.Staff);
        }
    }

    private async Task<long> CompareAboveAsync(OrganisationTree tree, AskTally ask)
    {
        var compared = 0L;
        foreach (var month in _above.Keys.Select(key => new TallyKey(key.Node, TallyKey.MonthOf(key.Day))).Distinct().ToList())
        {
            var told = (await ask(month)).Days.ToDictionary(day => day.Day, day => day.Tally);
            foreach (var ((node, day), counted) in _above.Where(one => one.Key.Node == month.Node && TallyKey.MonthOf(one.Key.Day) == month.Month))
            {
                compared++;
                var tally = told.GetValueOrDefault(day) ?? Tally.Empty;
                if (!tally.Equals(counted))
                    _findings.Add(new Finding($"{tree.PathOf(node)}, {day:O}", Differences.Between(counted, tally)));
                told.Remove(day);
            }

            foreach (var (day, _) in told.Where(extra => extra.Value.Count > 0))
                _findings.Add(new Finding($"{tree.PathOf(month.Node)}, {day:O}", "the tally has a day without an event"));
        }

        return compared;
    }
}
