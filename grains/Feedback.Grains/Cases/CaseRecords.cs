using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Grains.Journal;
using Feedback.Grains.Lookups;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Cases;

/// <summary>A case as the journal holds it; nothing of it is personal text.</summary>
/// <param name="State">The case now.</param>
/// <param name="Timeline">Its events with their versions, oldest first.</param>
public sealed record CaseRecord(CaseState State, ImmutableArray<(long Version, JournalEvent Happened)> Timeline);

/// <summary>A personal text of a case.</summary>
/// <param name="Version">The version of the event that points to it.</param>
/// <param name="What">What it is: a word of <see cref="CaseReferences"/>.</param>
/// <param name="Ref">Its row.</param>
/// <param name="Text">The text; null where it was erased, and for files.</param>
public sealed record CaseTextRead(long Version, string What, Opaque Ref, string? Text);

/// <summary>Reads cases from the journal, and their personal texts for those who may read them.</summary>
public sealed class CaseRecords(
    IJournal journal, IPersonalStore personal, PersonalCipher cipher, ICaseStore cases, ICaseLeaders leaders, IBureau bureau, CaseSecrets codes, IGrainFactory grains, TimeProvider clock)
{
    private const int RowsAtOnce = 500;

    /// <summary>A case with its timeline; null when there is none.</summary>
    public async Task<CaseRecord?> FindAsync(CaseId id, CancellationToken cancellation = default)
    {
        if (!CaseId.IsId(id.Value))
            return null;
        var (state, timeline) = (new CaseState(id), ImmutableArray.CreateBuilder<(long, JournalEvent)>());
        while (await journal.ReadAsync(StreamName.Case(id), state.Version, RowsAtOnce, cancellation) is { Count: > 0 } rows)
        {
            foreach (var (version, happened) in rows.SelectMany(EventText.Read))
            {
                state = state.Apply(happened);
                timeline.Add((version, happened));
            }

            if (rows.Count < RowsAtOnce)
                break;
        }

        return state.Opened is null ? null : new CaseRecord(state, timeline.ToImmutable());
    }

    /// <summary>Terms, deadlines with their explanation, and what is due next, as of now.</summary>
    public CaseTimes TimesOf(CaseState state) => new(state, bureau.Current.Tree, bureau.Current.Policies, clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>
    /// The case of a number and its query code; null when there is none, the code does not fit, or five wrong ones were tried within a
    /// day: these are not told apart.
    /// </summary>
    /// <param name="number">The number as people type it.</param>
    /// <param name="queryCode">The six digits.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<CaseRecord?> FindAsync(string number, string queryCode, CancellationToken cancellation = default)
    {
        if (CaseNumber.Read(number) is not { } read || await cases.FindAsync(read, cancellation) is not { } row || await FindAsync(row.Id, cancellation) is not { } found)
            return null;
        var fits = found.State.Intake.QueryCode is { } hash && codes.HashOf(row.Id, queryCode.Trim()) == hash;
        return await grains.GetGrain<ILookupTriesGrain>(row.Id.Value).Take(1, fits) ? found : null;
    }

    /// <summary>
    /// What the rules of recusal leave to somebody who wants to read: the office reads all texts of cases that are theirs, the citizen what
    /// they said and what they were told. The person complained of and their superiors read none, as words tell who said them.
    /// </summary>
    /// <param name="found">The case.</param>
    /// <param name="reader">Who wants to read.</param>
    /// <param name="contact">Whether the contact is wanted, too; nobody is told it by the way.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<(IReadOnlyList<CaseTextRead> Texts, Domain.Evaluations.Refusal? Refusal)> ReadTextsAsync(
        CaseRecord found, CaseActor reader, bool contact, CancellationToken cancellation = default)
    {
        if (await RefusedAsync(found.State, reader) is { } refusal)
            return ([], refusal);
        var wanted = found.Timeline
            .SelectMany(one => CaseReferences.Of(one.Happened), (one, text) => (one.Version, one.Happened, text.What, text.Reference.Ref))
            .Where(text => contact || text.What != CaseReferences.Contact)
            .Where(text => reader.IsOffice || reader.Outside == CaseParty.System || IsForCitizen(text.Happened, reader)).ToList();
        var kept = await personal.FindAsync([.. wanted.Select(text => text.Ref)], cancellation);
        return ([.. wanted.Select(text => new CaseTextRead(text.Version, text.What, text.Ref, Open(text.What, text.Ref, kept)))], null);
    }

    /// <summary>The bytes of an attached file; null where there is none such, or it was erased.</summary>
    public async Task<(byte[]? File, Domain.Evaluations.Refusal? Refusal)> ReadFileAsync(CaseRecord found, CaseActor reader, Opaque file, CancellationToken cancellation = default)
    {
        if (await RefusedAsync(found.State, reader) is { } refusal)
            return (null, refusal);
        var attached = found.Timeline.Any(one => one.Happened is CaseAttached e && e.File == file && (reader.IsOffice || reader.Outside == CaseParty.System || e.Stamp.By == reader.Name));
        return attached && (await personal.FindAsync([file], cancellation)).TryGetValue(file, out var kept) ? (cipher.OpenBytes(kept.Text, kept.Key), null) : (null, null);
    }

    /// <summary>Why somebody may not read the texts of a case; null where they may.</summary>
    public async Task<Domain.Evaluations.Refusal?> RefusedAsync(CaseState state, CaseActor reader)
    {
        var (tree, today) = (bureau.Current.Tree, CaseTimes.DayAt(bureau.Current.Tree, state.Intake.Node, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        if (reader.To(state, tree, today) == CaseParty.None)
            return new Domain.Evaluations.Refusal("case-elsewhere");
        var line = await leaders.LineOfAsync(tree, state, today);
        return Recusal.Refuses(state, reader, line) is null ? null : new Domain.Evaluations.Refusal("recused");
    }

    // Notes that nobody told them and what a unit says in its appeal are the office's own. What citizens say of whom cases were merged into one
    // another is read by nobody but the office and whoever said it.
    private static bool IsForCitizen(JournalEvent happened, CaseActor reader) =>
        CaseActor.IsOtherCitizen(reader.Name) ? happened is CaseEvent said && said.Stamp.By == reader.Name
        : happened is CaseOpened or CaseFeedbackGiven or CaseDisputed or CaseReopened or CaseProgressed { Told: true }
            && !(happened is CaseEvent other && CaseActor.IsOtherCitizen(other.Stamp.By));

    private string? Open(string what, Opaque reference, IReadOnlyDictionary<Opaque, (SealedText Text, SubjectKey Key)> kept)
    {
        try
        {
            return what != CaseReferences.File && kept.TryGetValue(reference, out var found) ? Encoding.UTF8.GetString(cipher.OpenBytes(found.Text, found.Key)) : null;
        }
        catch (CryptographicException)
        {
            // Tampered with: verify tells it; here it is as if it were gone.
            return null;
        }
    }
}
