using Feedback.Domain.Evaluations;
using Feedback.Domain.Personal;

namespace Feedback.Domain.Cases;

/// <summary>What came of an attempt to tell the citizen. Stored by its word.</summary>
public enum FeedbackOutcome
{
    /// <summary>The citizen was told.</summary>
    Reached = 1,

    /// <summary>The citizen could not be reached.</summary>
    NotReached,

    /// <summary>The answer stands under the tracking code, for a citizen whom nobody can reach otherwise.</summary>
    Posted,
}

/// <summary>The citizen was told the answer, or it was tried.</summary>
public sealed record CaseFeedbackGiven : CaseEvent
{
    /// <summary>The way: <c>phone</c>, <c>sms</c>, <c>mail</c>, <c>visit</c>, <c>tracking</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>What came of it.</summary>
    public required FeedbackOutcome Outcome { get; init; }

    /// <summary>The words said; null only where nobody was reached.</summary>
    public PersonalReference? Words { get; init; }

    /// <summary>Whether this attempt was the last one demanded, so that the citizen counts as unreachable.</summary>
    public bool Unreachable { get; init; }

    /// <summary>Whether a call back is to be made after it, by the policy then.</summary>
    public bool CallBack { get; init; }
}

/// <summary>The citizen says that it is solved.</summary>
public sealed record CaseConfirmed : CaseEvent
{
    /// <summary>How satisfied the citizen is; null when not said.</summary>
    public Grade? Grade { get; init; }
}

/// <summary>The citizen says that it is not solved; the case goes back to be handled.</summary>
public sealed record CaseDisputed : CaseEvent
{
    /// <summary>The citizen's words; null for none.</summary>
    public PersonalReference? Words { get; init; }
}

/// <summary>The citizen was called back (回访), or it was tried.</summary>
public sealed record CaseCalledBack : CaseEvent
{
    /// <summary>Whether the city's hotline called, whose results are counted apart.</summary>
    public bool City { get; init; }

    /// <summary>Whether the citizen answered.</summary>
    public required bool Reached { get; init; }

    /// <summary>Whether this attempt was the last one demanded.</summary>
    public bool Unreachable { get; init; }

    /// <summary>Whether it is solved, as the citizen says; null when not said.</summary>
    public bool? Solved { get; init; }

    /// <summary>How satisfied the citizen is; null when not said.</summary>
    public Grade? Grade { get; init; }

    /// <summary>The citizen's words; null for none.</summary>
    public PersonalReference? Words { get; init; }
}

/// <summary>The city or supervision sent an answered case back to be handled once more (重办), with a second clock.</summary>
public sealed record CaseSentBack : CaseEvent
{
    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>What closed a case. Stored by its word.</summary>
public enum CaseEnding
{
    /// <summary>The citizen was told.</summary>
    Answered = 1,

    /// <summary>The answer was posted under the tracking code.</summary>
    Posted,

    /// <summary>The citizen could not be reached in as many attempts as are demanded.</summary>
    Unreachable,

    /// <summary>The citizen said, here or when called back, that it is solved.</summary>
    Confirmed,

    /// <summary>The city took back a work order that was returned, and answers the citizen itself.</summary>
    Withdrawn,

    /// <summary>It was closed in the system that it was imported from.</summary>
    Imported,
}

/// <summary>The case was closed (结案).</summary>
public sealed record CaseClosed : CaseEvent
{
    /// <summary>What closed it.</summary>
    public required CaseEnding Ending { get; init; }
}

/// <summary>A closed case was opened again.</summary>
public sealed record CaseReopened : CaseEvent
{
    /// <summary>The coded reason.</summary>
    public required string Reason { get; init; }

    /// <summary>The words of who asked for it; null for none.</summary>
    public PersonalReference? Words { get; init; }
}
