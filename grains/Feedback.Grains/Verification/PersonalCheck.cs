using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Feedback.Domain.Cases;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Verification;

/// <summary>Follows every reference from an event to personal text: it must open, and hash to what the event says, or be erased by an event; what was erased must be gone.</summary>
internal sealed class PersonalCheck(IJournal journal, IPersonalStore personal, PersonalCipher cipher, ICollection<Finding> findings)
{
    private const int AtOnce = 500;
    private readonly List<(Opaque Ref, StreamName Stream, string Place, Func<SealedText, byte[], bool> Matches)> _waiting = [];
    private readonly List<(Opaque Ref, StreamName Stream, string Place)> _missing = [];
    private readonly Dictionary<Opaque, (string Place, bool Aged)> _erased = [];
    private readonly Dictionary<StreamName, long> _read = [];
    private readonly HashSet<Opaque> _forgotten = [];

    /// <summary>How many references were followed.</summary>
    public long References { get; private set; }

    /// <summary>Takes an event's references.</summary>
    public async Task TakeAsync(StreamName stream, long version, JournalEvent happened)
    {
        var place = $"{stream}, version {version}";
        _read[stream] = version;
        switch (happened)
        {
            case EvaluationAccepted e:
                Add(e.Comment, stream, place);
                Add(e.Matter, stream, place);
                break;
            case MatterFinished e:
                Add(e.Matter, stream, place);
                break;
            case StaffRegistered e:
                Add(e.Name, stream, place);
                break;
            case CaseEvent e:
                foreach (var (_, reference) in CaseReferences.Of(e))
                    Add(reference, stream, place);
                break;
            case PersonalTextErased e:
                _erased[e.Ref] = (place, e.Reason == ErasedPartWords.Retention);
                break;
        }

        if (_waiting.Count >= AtOnce)
            await FollowAsync();
    }

    /// <summary>Takes what the ledger outside the database says was erased.</summary>
    public void Take(IEnumerable<ErasedSubject> lines)
    {
        foreach (var line in lines)
            _forgotten.UnionWith(line.References);
    }

    /// <summary>Tells of erasures that the ledger does not know: a restored database would bring those persons back.</summary>
    /// <param name="lines">The ledger as it is now, after the journal was read: what is erased stands in it first.</param>
    public void Compare(IEnumerable<ErasedSubject> lines)
    {
        var known = lines.SelectMany(line => line.References).ToHashSet();
        foreach (var (reference, (place, _)) in _erased.Where(one => !one.Value.Aged && !known.Contains(one.Key)))
            findings.Add(new Finding(place, $"erases the personal text {reference}, and erasures.log does not know of it: it was lost or cut off, or an older one was put back; put the newest one back"));
    }

    /// <summary>Follows what is left, and tells what is missing without having been erased, or there although it was.</summary>
    public async Task FinishAsync()
    {
        await FollowAsync();
        await ReadOnAsync();
        foreach (var references in _erased.Keys.Union(_forgotten).Chunk(AtOnce))
        {
            foreach (var back in (await personal.FindAsync(references)).Keys)
                findings.Add(new Finding("personal text", $"{back} was erased and is there: an older copy of the database was restored, or the erasure was cut off; the next start of the server erases it"));
        }

        foreach (var (reference, _, place) in _missing.Where(missing => !_erased.ContainsKey(missing.Ref)))
            findings.Add(new Finding(place, $"the personal text {reference} is gone, and no event says that it was erased"));
    }

    // A running server may have erased it after its stream was read here; the event was stored together with that.
    private async Task ReadOnAsync()
    {
        foreach (var stream in _missing.Where(missing => !_erased.ContainsKey(missing.Ref)).Select(missing => missing.Stream).Distinct().ToList())
        {
            while (await journal.ReadAsync(stream, _read[stream], AtOnce) is { Count: > 0 } rows)
            {
                foreach (var row in rows)
                    TakeErasures(stream, row);
                _read[stream] = rows[^1].LastVersion;
            }
        }
    }

    private void TakeErasures(StreamName stream, JournalRow row)
    {
        try
        {
            foreach (var (version, happened) in EventText.Read(row))
            {
                if (happened is PersonalTextErased e)
                    _erased[e.Ref] = ($"{stream}, version {version}", e.Reason == ErasedPartWords.Retention);
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or UnknownKindException or InvalidOperationException or KeyNotFoundException)
        {
            // Told where the stream was read.
        }
    }

    private void Add(PersonalReference? reference, StreamName stream, string place)
    {
        if (reference is not null)
            _waiting.Add((reference.Ref, stream, place, (text, plain) => PersonalText.Hash(text.Salt, plain) == reference.Hash));
    }

    private void Add(MatterReference? matter, StreamName stream, string place)
    {
        if (matter?.Ref is { } reference)
            _waiting.Add((reference, stream, place, (_, plain) => cipher.HashMatter(Encoding.UTF8.GetString(plain)) == matter.Hash));
    }

    private async Task FollowAsync()
    {
        var found = await personal.FindAsync([.. _waiting.Select(one => one.Ref)]);
        foreach (var (reference, stream, place, matches) in _waiting)
        {
            References++;
            if (!found.TryGetValue(reference, out var kept))
                _missing.Add((reference, stream, place));
            else if (!Opens(kept.Text, kept.Key, matches))
                findings.Add(new Finding(place, $"the personal text {reference} is not the one that the event speaks of"));
        }

        _waiting.Clear();
    }

    private bool Opens(SealedText text, SubjectKey key, Func<SealedText, byte[], bool> matches)
    {
        try
        {
            return matches(text, cipher.OpenBytes(text, key));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
