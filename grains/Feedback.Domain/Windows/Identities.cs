using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Invitations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Time;

namespace Feedback.Domain.Windows;

/// <summary>
/// What makes an event of a window the same as an earlier one: SHA-256 over kind, source and id, cut to 128 bits. The
/// kind keeps an evaluation apart from a matter of the same number.
/// </summary>
public static class Identities
{
    /// <summary>How long after its own time an event still counts as received in time: 1 hour, in milliseconds.</summary>
    public const long InTime = 60L * 60 * 1000;

    /// <summary>The identity of an evaluation. By invitation it is the matter's alone: one matter, one rating.</summary>
    public static Opaque OfEvaluation(string source, string id) =>
        Hash('e', source, source == Invitation.Source ? Invitation.IdentityOf(id) : id);

    /// <summary>The identity of a finished matter; its number is known only by its keyed hash.</summary>
    public static Opaque OfMatter(string source, Opaque matter) => Hash('m', source, matter.ToString());

    /// <summary>The identity of a stored event with its own time; null for events without one.</summary>
    public static (Opaque Identity, long Time)? Of(JournalEvent happened) => happened switch
    {
        EvaluationAccepted e => (OfEvaluation(e.Evaluation.Source, e.Evaluation.Id), e.Evaluation.OccurredAt.UtcMilliseconds),
        MatterFinished e => (OfMatter(e.Source, e.Matter.Hash), e.FinishedAt.UtcMilliseconds),
        _ => null,
    };

    /// <summary>
    /// Whether a row's time lies outside [own time − 5 min, own time + 1 h], both ends included: then the event is not
    /// found again by its own time, and its identity is kept in a table.
    /// </summary>
    public static bool IsLate(long ownTime, long rowAt) => rowAt < ownTime - DayRule.Ahead || rowAt > ownTime + InTime;

    // The length of the source stands before it, so that no two pairs run together to the same bytes.
    private static Opaque Hash(char kind, string source, string id)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}{source.Length}:{source}{id}"), hash);
        return Opaque.FromBytes(hash);
    }
}
