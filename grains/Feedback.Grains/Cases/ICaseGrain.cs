using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Cases;

/// <summary>One case: the only writer of its stream. The key is the case's id. What it holds is read from the journal by <see cref="CaseRecords"/>.</summary>
[Alias("feedback.case")]
public interface ICaseGrain : IGrainWithStringKey
{
    /// <summary>
    /// Opens the case, or does something to it. It is stored before it is answered; the same request is done once, however often it is
    /// sent, and answered by what it did the first time.
    /// </summary>
    /// <returns>The answer after at most two seconds; what is undecided by then may be sent again under the same id.</returns>
    [Alias("perform")]
    Task<CaseAnswer> Perform([Immutable] CaseRequest request);

    /// <summary>Destroys every personal text and file of the case and their key for good, in the transaction of the events that say so; no figure changes.</summary>
    /// <param name="cause">What led to it; the ledger outside the database knows of all but what ages.</param>
    /// <param name="reason">The reason; no personal text.</param>
    [Alias("erase")]
    Task<Outcome> Erase(ErasureCause cause, string reason);

    /// <summary>Does what is due by the case's clocks: warns, opens accountability, tells those above.</summary>
    /// <returns>When something is due next, milliseconds UTC; null when nothing is.</returns>
    [Alias("ring"), ResponseTimeout("00:00:50")]
    Task<long?> Ring();

    /// <summary>Works the deadlines out anew and stores them, after the calendar has changed: by what is stored of it, whatever this silo knew before.</summary>
    [Alias("reckon")]
    Task Reckon();
}

/// <summary>Something that somebody wants to do with a case.</summary>
/// <remarks>It travels as the text of <see cref="CommandText"/>. References to personal text in the command are not sent: the case seals the plain texts that come with it.</remarks>
[GenerateSerializer, Immutable, Alias("feedback.case-request")]
public sealed class CaseRequest(CaseCommand command, CaseActor actor)
{
    /// <summary>The longest text of a request, in characters.</summary>
    public const int LongestText = 10_000;

    /// <summary>The largest file, in bytes: 10 MiB.</summary>
    public const int LargestFile = 10 * 1024 * 1024;

    /// <summary>The command, as <see cref="CommandText"/> writes it.</summary>
    [Id(0)]
    public string Command { get; } = CommandText.Write(command);

    /// <summary>Who wants it, as <see cref="CommandText"/> writes it.</summary>
    [Id(1)]
    public string Actor { get; } = CommandText.Write(actor);

    /// <summary>The client's own id of the request, by which a repeat is recognized; null where a repeat does no harm.</summary>
    [Id(2)]
    public string? Id { get; init; }

    /// <summary>The version that whoever acts has seen; null for work that does not depend on it.</summary>
    [Id(3)]
    public long? Expected { get; init; }

    /// <summary>The words that belong to the command: what the citizen says, a note, an answer; null for none.</summary>
    [Id(4)]
    public string? Words { get; init; }

    /// <summary>How the citizen can be reached; only for opening.</summary>
    [Id(5)]
    public string? Contact { get; init; }

    /// <summary>The file to be attached, checked already.</summary>
    [Id(6)]
    public byte[]? File { get; init; }

    /// <summary>Whether the citizen gets a query code; only for opening.</summary>
    [Id(7)]
    public bool WithQueryCode { get; init; }
}

/// <summary>What became of a request.</summary>
/// <param name="Version">The version of the case afterwards; 0 when it was refused.</param>
/// <param name="Refusal">Why nothing happened; null when it was done, or nothing had to change.</param>
/// <param name="Number">The readable number of a case that was opened; else null.</param>
/// <param name="QueryCode">The query code of a case that was opened with one. It is told here only.</param>
[GenerateSerializer, Immutable, Alias("feedback.case-answer")]
public readonly record struct CaseAnswer(
    [property: Id(0)] long Version, [property: Id(1)] Refusal? Refusal = null, [property: Id(2)] string? Number = null, [property: Id(3)] string? QueryCode = null)
{
    /// <summary>Nothing happened.</summary>
    public static CaseAnswer Refuse(Refusal refusal) => new(0, refusal);
}
