using System.Security.Cryptography;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Windows;

/// <summary>Makes the events of admitted claims: salts them, and takes personal text out of them.</summary>
internal sealed class EventMint(PersonalCipher cipher)
{
    /// <summary>The keyed hash of a claim's matter, or null.</summary>
    public Opaque? HashMatter(WindowClaim claim) => claim switch
    {
        EvaluationClaim { Matter: { } number } => cipher.HashMatter(number),
        EvaluationClaim { MatterHash: { } hash } => hash,
        MatterClaim matter => cipher.HashMatter(matter.Number),
        _ => null,
    };

    public static Opaque NewSalt()
    {
        Span<byte> random = stackalloc byte[Opaque.Length];
        RandomNumberGenerator.Fill(random);
        return Opaque.FromBytes(random);
    }

    /// <summary>Makes an event, and adds what belongs into its transaction to the lists given.</summary>
    public JournalEvent Make(
        WindowClaim claim, Opaque? matter, Admission admission, ServiceCatalogue catalogue, List<SubjectKey> keys, List<SealedText> texts)
    {
        switch (claim)
        {
            case EvaluationClaim e:
                var (number, comment) = Seal(e.Matter, e.Comment, admission.ReceivedAt, keys, texts);
                return new EvaluationAccepted
                {
                    Salt = NewSalt(),
                    Evaluation = e.Evaluation,
                    Matter = matter is { } hash ? new MatterReference(hash, number?.Ref) : null,
                    Comment = comment is null ? null : new PersonalReference(comment.Ref, PersonalText.Hash(comment.Salt, e.Comment!)),
                    Admission = admission,
                };
            case MatterClaim m:
                var (kept, _) = Seal(m.Number, null, admission.ReceivedAt, keys, texts);
                return new MatterFinished
                {
                    Salt = NewSalt(),
                    Source = m.Source,
                    Matter = new MatterReference(matter!.Value, kept!.Ref),
                    ServiceItem = m.ServiceItem,
                    Staff = m.Staff,
                    FinishedAt = m.FinishedAt,
                    Rateable = m.ServiceItem is null || catalogue.ServiceItems.GetValueOrDefault(m.ServiceItem) is not { Rateable: false },
                    Admission = admission,
                };
            default:
                throw new ArgumentException($"There is no event for a {claim.GetType().Name}.", nameof(claim));
        }
    }

    private (SealedText? Number, SealedText? Comment) Seal(
        string? number, string? comment, long now, List<SubjectKey> keys, List<SealedText> texts)
    {
        if (number is null && comment is null)
            return (null, null);
        var (key, sealedTexts) = (number, comment) switch
        {
            ({ } n, { } c) => cipher.Seal(now, (PersonalKind.MatterNumber, n), (PersonalKind.Comment, c)),
            ({ } n, null) => cipher.Seal(now, (PersonalKind.MatterNumber, n)),
            (null, { } c) => cipher.Seal(now, (PersonalKind.Comment, c)),
            _ => throw new InvalidOperationException(),
        };
        keys.Add(key);
        texts.AddRange(sealedTexts);
        return (number is null ? null : sealedTexts[0], comment is null ? null : sealedTexts[^1]);
    }
}
