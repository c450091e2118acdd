using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Paper;

/// <summary>Who did something with a batch, and when.</summary>
/// <param name="At">Milliseconds UTC.</param>
/// <param name="By">Who, as the audit trail names them.</param>
public readonly record struct PaperStamp(long At, string By);

/// <summary>Something that happened to a batch of printed forms (评议表). Kept on <see cref="StreamName.Paper"/>; no event holds a citizen's words.</summary>
public abstract record PaperEvent : JournalEvent
{
    /// <summary>Who and when.</summary>
    public required PaperStamp Stamp { get; init; }
}

/// <summary>A batch was opened: the forms of a place and a period.</summary>
public sealed record PaperBatchOpened : PaperEvent
{
    /// <summary>The hall or window, or any other node, whose forms they are.</summary>
    public required NodeId Node { get; init; }

    /// <summary>The first local day of the period.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last local day of the period.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>How many forms were handed out, numbered 1 to this.</summary>
    public required int Issued { get; init; }
}

/// <summary>The forms that came back were counted by hand, before anybody keys one.</summary>
public sealed record PaperFormsCounted : PaperEvent
{
    /// <summary>How many came back.</summary>
    public required int Collected { get; init; }

    /// <summary>The two accounts that counted them.</summary>
    public required ImmutableArray<string> Counters { get; init; }
}

/// <summary>A form is on its way to its window. Until it is told what became of it, it can be keyed again for the same window and nothing else.</summary>
public sealed record PaperFormBegun : PaperEvent
{
    /// <summary>The form's number.</summary>
    public required int Form { get; init; }

    /// <summary>1 for what was keyed first, one more for each correction.</summary>
    public required int Attempt { get; init; }

    /// <summary>The window.</summary>
    public required NodeId Window { get; init; }
}

/// <summary>A form is stored as an evaluation of its window.</summary>
public sealed record PaperFormKeyed : PaperEvent
{
    /// <summary>The form's number.</summary>
    public required int Form { get; init; }

    /// <summary>1 for what was keyed first, one more for each correction.</summary>
    public required int Attempt { get; init; }

    /// <summary>What is stored.</summary>
    public required PaperAnswers Answers { get; init; }

    /// <summary>The evaluation's version in the window's stream.</summary>
    public required long Evaluation { get; init; }
}

/// <summary>The window did not take a form, for good, or it never arrived there: it is free again.</summary>
public sealed record PaperFormDropped : PaperEvent
{
    /// <summary>The form's number.</summary>
    public required int Form { get; init; }

    /// <summary>Why not: the code of the refusal.</summary>
    public required string Refusal { get; init; }
}

/// <summary>A form came back that cannot be counted; or it turned out that it can.</summary>
public sealed record PaperFormSpoilt : PaperEvent
{
    /// <summary>The form's number.</summary>
    public required int Form { get; init; }

    /// <summary>Why, one of <see cref="PaperWords.SpoiltReasons"/>; null when this is taken back.</summary>
    public string? Reason { get; init; }
}

/// <summary>A form was keyed a second time, to check the first.</summary>
public sealed record PaperFormRechecked : PaperEvent
{
    /// <summary>The form's number.</summary>
    public required int Form { get; init; }

    /// <summary>What the second reading gave.</summary>
    public required PaperAnswers Answers { get; init; }

    /// <summary>The fields in which it differs from the first; none where both agree.</summary>
    public ImmutableArray<string> Differences { get; init; } = [];
}

/// <summary>Somebody looked at the form again, and what was keyed first is right. Where it is not, a corrected one is keyed instead.</summary>
public sealed record PaperFirstKept : PaperEvent
{
    /// <summary>The form's number.</summary>
    public required int Form { get; init; }
}

/// <summary>A batch was closed: nothing is keyed any more.</summary>
public sealed record PaperBatchClosed : PaperEvent
{
    /// <summary>Forms that are stored as evaluations.</summary>
    public required int Valid { get; init; }

    /// <summary>Forms that cannot be counted.</summary>
    public required int Spoilt { get; init; }

    /// <summary>Why these are not as many as were collected; null where they are.</summary>
    public string? Reason { get; init; }
}
