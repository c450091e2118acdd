using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Windows;

/// <summary>
/// Decides what is destroyed when a person, or what they wrote, is erased: rows of text, and the subject's key once none of
/// its texts is left. The ledger outside the database knows of it before the database does.
/// </summary>
internal sealed class Erasures(NodeId window, IJournal journal, IPersonalStore personal, IErasureLedger ledger)
{
    private readonly StreamName _stream = StreamName.Window(window);

    /// <summary>Decides on some events of the window.</summary>
    /// <param name="versions">Their versions.</param>
    /// <param name="part">What of them is erased.</param>
    /// <param name="cause">What led to it: the reason is free text, and decides nothing.</param>
    /// <param name="reason">Why, as it is stored.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public async Task<WindowDecision> DecideAsync(ImmutableArray<long> versions, ErasedPart part, ErasureCause cause, string reason, long now)
    {
        var pointed = new List<(long Version, Opaque Ref)>();
        foreach (var version in versions)
        {
            var references = await ReferencesAsync(version);
            if (references.Count == 0 && versions.Length == 1)
                return WindowDecision.Refuse(new Refusal("evaluation-unknown", "version", version.ToString(CultureInfo.InvariantCulture)));
            pointed.AddRange(references.Select(reference => (version, reference)));
        }

        var kept = await personal.FindAsync([.. pointed.Select(one => one.Ref)]);
        var (events, rows, subjects) = (new List<JournalEvent>(), new List<Opaque>(), new List<Opaque>());
        foreach (var texts in pointed.Where(one => kept.ContainsKey(one.Ref)).GroupBy(one => one.Version))
        {
            var erased = texts.Where(one => part.Covers(kept[one.Ref].Text.Kind)).ToList();
            if (erased.Count == 0)
                continue;
            Opaque? subject = erased.Count == texts.Count() ? kept[erased[0].Ref].Text.Subject : null;
            events.AddRange(erased.Select(one => new PersonalTextErased { Salt = EventMint.NewSalt(), Of = one.Version, Ref = one.Ref, Reason = reason, At = now }));
            rows.AddRange(erased.Select(one => one.Ref));
            if (subject is { } gone)
                subjects.Add(gone);
            if (cause != ErasureCause.Retention)
                await ledger.AppendAsync(new ErasedSubject(window, texts.Key, now, [.. erased.Select(one => one.Ref)], subject));
        }

        return new WindowDecision(events, new Erasure(rows, subjects), null);
    }

    private async Task<IReadOnlyList<Opaque>> ReferencesAsync(long version)
    {
        if (version < 1 || await journal.FindAsync(_stream, version) is not { } at)
            return [];
        return EventText.Read(at.Row).First(one => one.Version == version).Happened switch
        {
            EvaluationAccepted e => [.. new[] { e.Comment?.Ref, e.Matter?.Ref }.OfType<Opaque>()],
            MatterFinished e => [.. new[] { e.Matter.Ref }.OfType<Opaque>()],
            _ => [],
        };
    }
}
