using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Cases;

namespace Feedback.Web.Cases.Office;

/// <summary>A step that was tried and refused, with all that was typed.</summary>
/// <param name="Step">The step's word.</param>
/// <param name="Message">Why, in words.</param>
/// <param name="Field">The field that must be mended; null when it is not about one.</param>
/// <param name="Typed">What was typed.</param>
/// <param name="Stale">Whether somebody changed the case meanwhile, so that the card is a fresh one.</param>
public sealed record StepTrial(string Step, string Message, string? Field, IReadOnlyDictionary<string, string> Typed, bool Stale);

/// <summary>A case that may be about the same, as its reader sees it.</summary>
/// <param name="State">The case.</param>
/// <param name="Reasons">Why: same-category, same-kind, same-day, similar-words.</param>
public sealed record CardDuplicate(CaseState State, IReadOnlyList<string> Reasons);

/// <summary>What the card of a case shows.</summary>
public sealed record CardModel
{
    /// <summary>The case as the reader sees it.</summary>
    public required SeenCase Seen { get; init; }

    /// <summary>Names.</summary>
    public required CaseNames Names { get; init; }

    /// <summary>The categories that hold at its node.</summary>
    public required CategoryTree Categories { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long Now { get; init; }

    /// <summary>The id that the next step is sent with, by which a form that is sent twice is recognized.</summary>
    public required string Request { get; init; }

    /// <summary>Whether the reader may be told the contact, for a reason.</summary>
    public bool MayUnmask { get; init; }

    /// <summary>Whether the reader may do something with cases at all.</summary>
    public bool MayWork { get; init; }

    /// <summary>The address of the rating that opened it; null for none, and where the reader may not look.</summary>
    public string? RatingAddress { get; init; }

    /// <summary>Other cases that this one names, with their numbers; those that the reader may open with an address.</summary>
    public IReadOnlyDictionary<CaseId, (string Number, bool Seen)> Others { get; init; } = new Dictionary<CaseId, (string, bool)>();

    /// <summary>Open cases that may be about the same, the likeliest first; only such as the reader may merge this one into.</summary>
    public IReadOnlyList<CardDuplicate> Duplicates { get; init; } = [];

    /// <summary>The contact, told just now for a reason; null when it was not.</summary>
    public string? Contact { get; init; }

    /// <summary>The step that was refused; null when none was.</summary>
    public StepTrial? Trial { get; init; }

    /// <summary>The case.</summary>
    public CaseState State => Seen.State;

    /// <summary>The local time at a node; for whom the case is about, the day only.</summary>
    public string Time(NodeId node, long at) => Seen.IsAboutReader ? Names.Time(node, at)[..10] : Names.Time(node, at);

    /// <summary>The forms that the reader is offered.</summary>
    public IReadOnlyList<StepShape> Shapes => MayWork ? [.. StepShapes.All.Where(shape => Seen.Steps.Contains(shape.Step) && IsOfUse(shape.Step))] : [];

    /// <summary>The form that comes next; null where it is somebody else's turn.</summary>
    public StepShape? Next => StepShapes.NextOf(State) is { } next ? Shapes.FirstOrDefault(shape => shape.Step == next) : null;

    /// <summary>Whether the trial's form is on the card.</summary>
    public bool TrialHasForm => Trial is { } trial && Shapes.Any(shape => shape.Step == trial.Step);

    /// <summary>The category's name; null for none.</summary>
    public string? Category => State.Category is not { } code ? null : Categories.Find(code) is { } known ? Names.Words.IsChinese ? known.Zh : known.En : code;

    // What the table lets everybody try and the case itself makes pointless is not offered.
    private bool IsOfUse(string step) => step switch
    {
        "decide-extension" => State.Extension is not null,
        "resume-clock" => State.Clocks.Keys.Any(State.IsPaused),
        "pause-clock" => State.Clocks.Keys.Any(clock => State.IsLive(clock) && !State.IsPaused(clock) && !State.Overdue.ContainsKey(clock)),
        "ask-extension" => State.Extension is null && State.Clocks.Keys.Any(clock => State.IsLive(clock) && !State.Overdue.ContainsKey(clock)),
        "change-limit" => State.Clocks.Keys.Any(State.IsLive),
        "supervise" => !State.Supervised,
        "close" => !State.ToCallBack,
        "call-back" => State.Stage != CaseStage.Closed,
        "withdraw" => State.IsWithCity,
        // Every bad rating is put right and called back for itself.
        StepShapes.Merge => State.Intake.Kind != CaseKind.BadRating,
        "appeal" => State.Appeal is null && State.Intake.Kind == CaseKind.BadRating,
        _ => true,
    };
}
