using Feedback.Domain.Evaluations;
using Feedback.Domain.ServiceMatters;

namespace Feedback.Grains.ServiceMatters;

/// <summary>One service matter: the only writer of its stream. The key is the matter's id.</summary>
[Alias("feedback.matter")]
public interface IMatterGrain : IGrainWithStringKey
{
    /// <summary>
    /// Does something with the matter. It is stored before it is answered; the same request is done once, however often it is sent.
    /// </summary>
    /// <returns>The answer after at most two seconds; what is undecided by then may be sent again under the same id.</returns>
    [Alias("perform")]
    Task<MatterAnswer> Perform([Immutable] MatterRequest request);

    /// <summary>Looks whether its deadline has passed.</summary>
    /// <param name="byList">Whether a list of another system tells of it: then the list after the deadline is waited for.</param>
    /// <returns>When to look next, milliseconds UTC; null for never.</returns>
    [Alias("ring"), ResponseTimeout("00:00:50")]
    Task<long?> Ring(bool byList);
}

/// <summary>Something that somebody wants to do with a matter; it travels as the text of <see cref="MatterCommandText"/>.</summary>
/// <param name="command">What.</param>
/// <param name="by">Who, as the audit trail names them.</param>
[GenerateSerializer, Immutable, Alias("feedback.matter-request")]
public sealed class MatterRequest(MatterCommand command, string by)
{
    /// <summary>The command, as <see cref="MatterCommandText"/> writes it.</summary>
    [Id(0)]
    public string Command { get; } = MatterCommandText.Write(command);

    /// <summary>Who wants it.</summary>
    [Id(1)]
    public string By { get; } = by;

    /// <summary>The client's own id of the request, by which a repeat is recognized; null where it has none.</summary>
    [Id(2)]
    public string? Id { get; init; }

    /// <summary>The version that whoever acts has seen; null for any.</summary>
    [Id(3)]
    public long? Expected { get; init; }
}

/// <summary>What became of a request.</summary>
/// <param name="Version">The version of the matter afterwards; 0 when it was refused.</param>
/// <param name="Refusal">Why nothing happened; null when it was done.</param>
[GenerateSerializer, Immutable, Alias("feedback.matter-answer")]
public readonly record struct MatterAnswer([property: Id(0)] long Version, [property: Id(1)] Refusal? Refusal = null)
{
    /// <summary>Nothing happened.</summary>
    public static MatterAnswer Refuse(Refusal refusal) => new(0, refusal);
}
