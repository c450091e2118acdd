using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;

namespace Feedback.Domain.Windows;

/// <summary>What a client asks a window to store, with personal text still in plain.</summary>
public abstract record WindowClaim
{
    /// <summary>The window.</summary>
    public abstract NodeId Window { get; }

    /// <summary>The claim's own time; a retry carries the same, and the look-up of old identities relies on it.</summary>
    public abstract Moment Time { get; }

    /// <summary>
    /// What makes this claim the same as an earlier one, within its window: SHA-256 over kind, source and id,
    /// cut to 128 bits.
    /// </summary>
    public abstract Opaque Identity { get; }

    /// <summary>Hashes an identity. The kind keeps an evaluation apart from a matter of the same number.</summary>
    protected static Opaque IdentityOf(char kind, string source, string id)
    {
        // The length of the source stands before it, so that no two pairs run together to the same bytes.
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}{source.Length}:{source}{id}"), hash);
        return Opaque.FromBytes(hash);
    }
}

/// <summary>An evaluation that a client asks to store.</summary>
/// <param name="Evaluation">What was said.</param>
/// <param name="Matter">The matter's number in plain, or null.</param>
/// <param name="Comment">The comment in plain, or null.</param>
public sealed record EvaluationClaim(Evaluation Evaluation, string? Matter = null, string? Comment = null) : WindowClaim
{
    /// <inheritdoc/>
    public override NodeId Window => Evaluation.Window;

    /// <inheritdoc/>
    public override Moment Time => Evaluation.OccurredAt;

    /// <inheritdoc/>
    public override Opaque Identity => IdentityOf('e', Evaluation.Source, Evaluation.Id);
}

/// <summary>A finished matter that a client asks to store.</summary>
/// <param name="At">The window.</param>
/// <param name="Number">The matter's number in plain.</param>
/// <param name="Source">Who numbers the matters.</param>
/// <param name="FinishedAt">The business system's time.</param>
/// <param name="ServiceItem">The service item's code, or null.</param>
/// <param name="Staff">The staff member claimed, or null.</param>
public sealed record MatterClaim(
    NodeId At, string Number, string Source, Moment FinishedAt, string? ServiceItem = null, string? Staff = null) : WindowClaim
{
    /// <inheritdoc/>
    public override NodeId Window => At;

    /// <inheritdoc/>
    public override Moment Time => FinishedAt;

    /// <inheritdoc/>
    public override Opaque Identity => IdentityOf('m', Source, Number);
}
