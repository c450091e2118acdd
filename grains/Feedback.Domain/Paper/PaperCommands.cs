using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Paper;

/// <summary>A form as somebody read it from the paper.</summary>
/// <param name="Number">Its number in the batch.</param>
/// <param name="Answers">What is ticked.</param>
/// <param name="Comment">The citizen's words; null for none.</param>
public sealed record ReadForm(int Number, PaperAnswers Answers, string? Comment = null);

/// <summary>Something that somebody wants to do with a batch.</summary>
public abstract record PaperCommand;

/// <summary>Opens it.</summary>
/// <param name="Node">The hall or window whose forms they are.</param>
/// <param name="From">The first local day of the period.</param>
/// <param name="Through">The last one.</param>
/// <param name="Issued">How many forms were handed out.</param>
/// <param name="Count">The count of those that came back; null where they are still out.</param>
public sealed record OpenPaperBatch(NodeId Node, DateOnly From, DateOnly Through, int Issued, CountForms? Count) : PaperCommand;

/// <summary>Tells how many forms came back.</summary>
/// <param name="Collected">How many.</param>
/// <param name="Counters">The two accounts that counted them.</param>
public sealed record CountForms(int Collected, ImmutableArray<string> Counters) : PaperCommand;

/// <summary>Keys forms.</summary>
/// <param name="Forms">The forms, each number once.</param>
public sealed record KeyForms(ImmutableArray<ReadForm> Forms) : PaperCommand;

/// <summary>Says that a form cannot be counted, or takes that back. Of one that was on its way for <see cref="PaperRules.GivenUpAfter"/> it may be said, too.</summary>
/// <param name="Form">The form's number.</param>
/// <param name="Reason">Why, one of <see cref="PaperWords.SpoiltReasons"/>; null to take it back.</param>
public sealed record SpoilForm(int Form, string? Reason) : PaperCommand;

/// <summary>Keys a form a second time: by somebody else than who keyed it first.</summary>
/// <param name="Form">The form.</param>
public sealed record RecheckForm(ReadForm Form) : PaperCommand;

/// <summary>
/// Says that what was keyed first is right: somebody else than who keyed it so; or that it stays, because a correction never arrived
/// within <see cref="PaperRules.GivenUpAfter"/>.
/// </summary>
/// <param name="Form">The form's number.</param>
public sealed record KeepFirst(int Form) : PaperCommand;

/// <summary>
/// Keys a form anew that was mistyped: the evaluation that is stored is excluded, another one takes its place. Two people must have
/// read it differently first, and neither decides for their own reading; but whoever may exclude evaluations needs nobody.
/// </summary>
/// <param name="Form">The form.</param>
public sealed record CorrectForm(ReadForm Form) : PaperCommand;

/// <summary>Closes the batch.</summary>
/// <param name="Reason">Why not as many forms are keyed and spoilt as were counted; null where they are.</param>
public sealed record ClosePaperBatch(string? Reason) : PaperCommand;

/// <summary>What is known besides the batch itself when something is decided.</summary>
public sealed record PaperContext
{
    /// <summary>Milliseconds UTC.</summary>
    public required long Now { get; init; }

    /// <summary>The local day at the batch's node.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Who decides, as the audit trail names them.</summary>
    public required string By { get; init; }

    /// <summary>Draws the salt of the next event.</summary>
    public required Func<Opaque> Salt { get; init; }

    /// <summary>The version that whoever acts has seen; null for any.</summary>
    public long? Expected { get; init; }

    /// <summary>Whether the batch's node is there.</summary>
    public bool NodeIsKnown { get; init; }

    /// <summary>Whether a window lay at or below the batch's node on a local day.</summary>
    public required Func<NodeId, DateOnly, bool> HasWindow { get; init; }

    /// <summary>Whether the form in force asks about a dimension.</summary>
    public required Func<string, bool> HasDimension { get; init; }

    /// <summary>Forms on their way of which it is known that their window stored them, though that could not be noted yet.</summary>
    public ImmutableHashSet<int> Unsettled { get; init; } = [];

    /// <summary>Whether whoever decides may exclude the evaluation that is stored, whoever keyed it.</summary>
    public bool MayExclude { get; init; }

    /// <summary>Whether they are recused from a case that the evaluation opened.</summary>
    public bool IsRecused { get; init; }

    /// <summary>Of a form that is keyed a second time, or corrected: whether the words differ from those that are kept.</summary>
    public bool CommentDiffers { get; init; }
}

/// <summary>What is decided.</summary>
/// <param name="Events">What happens; nothing where it is refused, or nothing has to.</param>
/// <param name="State">The batch afterwards.</param>
/// <param name="Refusal">Why nothing happens; null where it does.</param>
public sealed record PaperDecision(ImmutableArray<PaperEvent> Events, PaperState State, Refusal? Refusal = null)
{
    /// <summary>Of forms that were to be keyed: those that go to their windows now, with the attempt of each.</summary>
    public ImmutableArray<(ReadForm Form, int Attempt)> ToStore { get; init; } = [];

    /// <summary>Of forms that were to be keyed: why one is not, by its number.</summary>
    public ImmutableSortedDictionary<int, Refusal> Refused { get; init; } = ImmutableSortedDictionary<int, Refusal>.Empty;
}

/// <summary>What is known of a form that went to its window.</summary>
/// <param name="Form">The form's number.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Stored">What the window stored under this form and attempt, and as which version; null when nothing.</param>
/// <param name="Refusal">Why the window takes it at no time; null when it stored it, or when nobody knows.</param>
public sealed record PaperOutcome(int Form, int Attempt, (PaperAnswers Answers, long Version)? Stored, Refusal? Refusal = null)
{
    /// <summary>Who keyed it, as the audit trail names them; null for whoever tells it.</summary>
    public string? By { get; init; }
}
