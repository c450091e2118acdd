using Feedback.Domain.ServiceMatters;

namespace Feedback.Web.Matters;

/// <summary>A step that was tried and refused, with what was typed.</summary>
/// <param name="Step">The step's word.</param>
/// <param name="Message">Why, in words.</param>
/// <param name="Typed">What was typed.</param>
/// <param name="Stale">Whether somebody changed the matter meanwhile, so that the card is a fresh one.</param>
public sealed record MatterTrial(string Step, string Message, IReadOnlyDictionary<string, string> Typed, bool Stale);

/// <summary>What the card of a matter shows.</summary>
public sealed record MatterCardModel
{
    /// <summary>The matter.</summary>
    public required MatterState State { get; init; }

    /// <summary>Its time.</summary>
    public required MatterTimes Times { get; init; }

    /// <summary>Its events, oldest first.</summary>
    public required IReadOnlyList<MatterEvent> Events { get; init; }

    /// <summary>Names.</summary>
    public required MatterNames Names { get; init; }

    /// <summary>The id that the next step is sent with, by which a form that is sent twice is recognized.</summary>
    public required string Request { get; init; }

    /// <summary>The path at which whoever holds the notice sees it.</summary>
    public required string NoticePath { get; init; }

    /// <summary>Whether the reader may do something with it.</summary>
    public bool MayWork { get; init; }

    /// <summary>The step that was refused; null when none was.</summary>
    public MatterTrial? Trial { get; init; }

    /// <summary>Documents that may be handed in: of the notice, and those asked for later.</summary>
    public IReadOnlyList<(string Code, string Title)> Outstanding =>
        [.. State.Outstanding.Select(one => (one.Code, one.Title)), .. State.AskedLate.Where(one => !State.HandedIn.ContainsKey(one.Code)).Select(one => (one.Code, one.Title))];

    /// <summary>The steps that can be done now, what comes next first.</summary>
    public IReadOnlyList<string> Steps => !MayWork ? []
        : State.Stage == MatterStage.Open ? State.Waits ? ["supplement", "visit", "complete", "withdraw"] : ["complete", "visit", .. Outstanding.Count > 0 ? ["supplement"] : Array.Empty<string>(), "withdraw"]
        : State.Stage == MatterStage.Completed && Outstanding.Count > 0 ? ["supplement"]
        : [];
}
