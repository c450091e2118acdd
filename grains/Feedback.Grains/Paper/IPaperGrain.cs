using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Paper;

namespace Feedback.Grains.Paper;

/// <summary>One batch of printed forms: the only writer of its stream. The key is the batch's number.</summary>
[Alias("feedback.paper")]
public interface IPaperGrain : IGrainWithStringKey
{
    /// <summary>
    /// Does something with the batch. It is stored before it is answered. Forms go to their windows under the identity of batch and
    /// number: the same form is counted once, however often it is sent.
    /// </summary>
    /// <returns>The answer after a few seconds at most; what is undecided by then may be sent again.</returns>
    [Alias("perform")]
    Task<PaperAnswer> Perform([Immutable] PaperRequest request);

    /// <summary>Looks whether windows stored forms of which that was not told, and notes it.</summary>
    /// <exception cref="Journal.JournalBusyException">One is stored, and that could not be noted yet: look again.</exception>
    [Alias("look"), ResponseTimeout("00:00:50")]
    Task Look();
}

/// <summary>Something that somebody wants to do with a batch; it travels as the text of <see cref="PaperCommandText"/>.</summary>
/// <param name="command">What.</param>
/// <param name="by">Who, as the audit trail names them.</param>
[GenerateSerializer, Immutable, Alias("feedback.paper-request")]
public sealed class PaperRequest(PaperCommand command, string by)
{
    /// <summary>The command, as <see cref="PaperCommandText"/> writes it.</summary>
    [Id(0)]
    public string Command { get; } = PaperCommandText.Write(command);

    /// <summary>Who wants it.</summary>
    [Id(1)]
    public string By { get; } = by;

    /// <summary>The version that whoever acts has seen; null for any.</summary>
    [Id(2)]
    public long? Expected { get; init; }

    /// <summary>The mark of the request that opens a batch, by which a repeat is recognized, as 128 bits of text; null for every other.</summary>
    [Id(3)]
    public string? Mark { get; init; }

    /// <summary>Of a correction: whether they may exclude the evaluation that it replaces.</summary>
    [Id(4)]
    public bool MayExclude { get; init; }

    /// <summary>The address that they come from, for the audit trail; null where there is none.</summary>
    [Id(5)]
    public string? Address { get; init; }
}

/// <summary>What became of a request.</summary>
/// <param name="Version">The version of the batch afterwards; 0 when it was refused.</param>
/// <param name="Refusal">Why nothing happened; null when it was done.</param>
[GenerateSerializer, Immutable, Alias("feedback.paper-answer")]
public readonly record struct PaperAnswer([property: Id(0)] long Version, [property: Id(1)] Refusal? Refusal = null)
{
    /// <summary>Of forms that were keyed: what became of each, by number.</summary>
    [Id(2)]
    public ImmutableArray<PaperRow> Rows { get; init; } = [];

    /// <summary>Of an opening: whether a request with the same mark opened the batch before; with what is not compared.</summary>
    [Id(3)]
    public bool IsRepeat { get; init; }

    /// <summary>Nothing happened.</summary>
    public static PaperAnswer Refuse(Refusal refusal) => new(0, refusal);
}

/// <summary>What became of a form that was keyed.</summary>
/// <param name="Form">The form's number.</param>
/// <param name="IsNew">Whether it is stored now; false where it was before, and where it is not.</param>
/// <param name="Refusal">Why it is not stored; null where it is.</param>
[GenerateSerializer, Immutable, Alias("feedback.paper-row")]
public readonly record struct PaperRow([property: Id(0)] int Form, [property: Id(1)] bool IsNew, [property: Id(2)] Refusal? Refusal = null);
