using System.Security.Cryptography;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Verification;

/// <summary>Follows every reference from an event to personal text: it must open, and hash to what the event says, or be erased by an event; what was erased must be gone.</summary>
internal sealed class PersonalCheck(IPersonalStore personal, PersonalCipher cipher, ICollection<Finding> findings)
{
    private const int AtOnce = 500;
    private readonly List<(Opaque Ref, string Place, Func<SealedText, string, bool> Matches)> _waiting = [];
    private readonly List<(Opaque Ref, string Place)> _missing = [];
    private readonly HashSet<Opaque> _erased = [];
    private readonly HashSet<Opaque> _forgotten = [];

    /// <summary>How many references were followed.</summary>
    public long References { get; private set; }

    /// <summary>Takes an event's references.</summary>
    public async Task TakeAsync(StreamName stream, long version, JournalEvent happened)
    {
        var place = $"{stream}, version {version}";
        switch (happened)
        {
            case EvaluationAccepted e:
                Add(e.Comment, place);
                Add(e.Matter, place);
                break;
            case MatterFinished e:
                Add(e.Matter, place);
                break;
            case StaffRegistered e:
                Add(e.Name, place);
                break;
            case PersonalTextErased e:
                _erased.Add(e.Ref);
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

    /// <summary>Follows what is left, and tells what is missing without having been erased, or there although it was.</summary>
    public async Task FinishAsync()
    {
        await FollowAsync();
        foreach (var references in _erased.Union(_forgotten).Chunk(AtOnce))
        {
            foreach (var back in (await personal.FindAsync(references)).Keys)
                findings.Add(new Finding("personal text", $"{back} was erased and is there: an older copy of the database was restored, or the erasure was cut off; the next start of the server erases it"));
        }

        foreach (var (reference, place) in _missing.Where(missing => !_erased.Contains(missing.Ref)))
            findings.Add(new Finding(place, $"the personal text {reference} is gone, and no event says that it was erased"));
    }

    private void Add(PersonalReference? reference, string place)
    {
        if (reference is not null)
            _waiting.Add((reference.Ref, place, (text, plain) => PersonalText.Hash(text.Salt, plain) == reference.Hash));
    }

    private void Add(MatterReference? matter, string place)
    {
        if (matter?.Ref is { } reference)
            _waiting.Add((reference, place, (_, plain) => cipher.HashMatter(plain) == matter.Hash));
    }

    private async Task FollowAsync()
    {
        var found = await personal.FindAsync([.. _waiting.Select(one => one.Ref)]);
        foreach (var (reference, place, matches) in _waiting)
        {
            References++;
            if (!found.TryGetValue(reference, out var kept))
                _missing.Add((reference, place));
            else if (!Opens(kept.Text, kept.Key, matches))
                findings.Add(new Finding(place, $"the personal text {reference} is not the one that the event speaks of"));
        }

        _waiting.Clear();
    }

    private bool Opens(SealedText text, SubjectKey key, Func<SealedText, string, bool> matches)
    {
        try
        {
            return matches(text, cipher.Open(text, key));
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
