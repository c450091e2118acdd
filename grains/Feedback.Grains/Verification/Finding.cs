using Feedback.Domain.Tallies;
using Feedback.Grains.Tallies;

namespace Feedback.Grains.Verification;

/// <summary>Something that is not as the journal says.</summary>
/// <param name="Place">The stream, or the node and day.</param>
/// <param name="What">What is wrong, in words.</param>
public sealed record Finding(string Place, string What);

/// <summary>What a verification looked at and found.</summary>
/// <param name="Streams">Streams read.</param>
/// <param name="Events">Events read, all chained.</param>
/// <param name="Days">Days of windows compared.</param>
/// <param name="Tallies">Days of nodes above the windows compared; 0 when no silo could be asked.</param>
/// <param name="References">References to personal text followed.</param>
/// <param name="Findings">Differences; empty when all is well.</param>
public sealed record VerificationReport(int Streams, long Events, long Days, long Tallies, long References, IReadOnlyList<Finding> Findings)
{
    /// <summary>Cases compared with their streams.</summary>
    public long Cases { get; init; }

    /// <summary>Service matters compared with their streams.</summary>
    public long Matters { get; init; }

    /// <summary>How many checkpoints the journal holds.</summary>
    public long Checkpoints { get; init; }

    /// <summary>When the newest of them was made; null when there is none. What was appended later, nothing attests yet.</summary>
    public DateTimeOffset? AttestedUntil { get; init; }

    /// <summary>What is no difference and yet worth knowing, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether nothing was found.</summary>
    public bool IsClean => Findings.Count == 0;

    internal VerificationReport With(CheckpointCheck? checkpoints) => checkpoints is null ? this : this with
    {
        Checkpoints = checkpoints.Count,
        AttestedUntil = checkpoints.NewestAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        Notes = checkpoints.Notes,
    };
}

/// <summary>Asks a month of a node above the windows for its days.</summary>
public delegate Task<NodeDays> AskTally(TallyKey key);

/// <summary>How far a long piece of work is.</summary>
/// <param name="Done">Streams done.</param>
/// <param name="All">All streams.</param>
/// <param name="Events">Events read up to now.</param>
public sealed record StreamProgress(int Done, int All, long Events);

internal static class Differences
{
    /// <summary>The cells in which two tallies differ, the first few of them.</summary>
    public static string Between(Tally counted, Tally stored)
    {
        var difference = counted.Minus(stored);
        var some = string.Join(", ", difference.Take(5).Select(cell =>
            $"{cell.Key.Kind} {cell.Key.Code}{cell.Key.Grade}: counted {counted[cell.Key]}, stored {stored[cell.Key]}"));
        return difference.Count > 5 ? $"{some} and {difference.Count - 5} more" : some;
    }
}
