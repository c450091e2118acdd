using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>Somebody asked to hurry (催办).</summary>
public sealed record CaseUrged : CaseEvent
{
    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>Supervision watches over the case from now on (督办).</summary>
public sealed record CaseSupervised : CaseEvent
{
    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>The unit was criticised before all others (通报).</summary>
public sealed record CaseCirculated : CaseEvent
{
    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>Somebody will have to answer for something: a deadline that passed, a third visit, a document demanded late.</summary>
public sealed record CaseAccountabilityOpened : CaseEvent
{
    /// <summary>For what: <c>overdue</c>, or another coded kind.</summary>
    public required string For { get; init; }

    /// <summary>The clock that passed its deadline; null for what has none.</summary>
    public ClockKind? Clock { get; init; }

    /// <summary>That deadline, milliseconds UTC.</summary>
    public long? Deadline { get; init; }
}

/// <summary>People were warned that a deadline comes near.</summary>
public sealed record CaseWarned : CaseEvent
{
    /// <summary>The clock.</summary>
    public required ClockKind Clock { get; init; }

    /// <summary>Its deadline then, milliseconds UTC.</summary>
    public required long Deadline { get; init; }
}

/// <summary>Somebody further up was told of a deadline that passed.</summary>
public sealed record CaseEscalated : CaseEvent
{
    /// <summary>The clock.</summary>
    public required ClockKind Clock { get; init; }

    /// <summary>The deadline that passed, milliseconds UTC.</summary>
    public required long Deadline { get; init; }

    /// <summary>Which step of the policy it was, from 1.</summary>
    public required int Level { get; init; }

    /// <summary>Who was told: <c>owner</c>, <c>lead-manager</c>, <c>supervisor</c>.</summary>
    public required string To { get; init; }
}

/// <summary>A clock was started, paused, resumed, given another limit, stopped or restarted.</summary>
public sealed record CaseClockMarked : CaseEvent
{
    /// <summary>The clock.</summary>
    public required ClockKind Clock { get; init; }

    /// <summary>What happened to it.</summary>
    public required ClockMarkKind Mark { get; init; }

    /// <summary>The limit that holds from its start on; only where one is set.</summary>
    public string? Limit { get; init; }

    /// <summary>Since when it runs, milliseconds UTC, where that is before it was started here: an order runs since the city sent it. Null for from now on.</summary>
    public long? From { get; init; }

    /// <summary>Why; null where nothing is to be told.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether what the clock measured was done, so that it is judged. A clock whose work is no longer wanted is not.</summary>
    public bool Done { get; init; }

    /// <summary>
    /// The deadline that held when it was done, milliseconds UTC: the judgement is kept with the fact, so that a calendar that is
    /// mended later changes no figure. Null where it was pending.
    /// </summary>
    public long? Deadline { get; init; }
}

/// <summary>More time was asked for, before the deadline (延期申请).</summary>
public sealed record CaseExtensionAsked : CaseEvent
{
    /// <summary>For which clock.</summary>
    public required ClockKind Clock { get; init; }

    /// <summary>The limit asked for, from the clock's start on.</summary>
    public required string Limit { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }
}

/// <summary>It was decided whether more time is given. A limit that changes is a mark of its own.</summary>
public sealed record CaseExtensionDecided : CaseEvent
{
    /// <summary>Whether it is given.</summary>
    public required bool Granted { get; init; }

    /// <summary>Why; null where nothing was said.</summary>
    public string? Reason { get; init; }
}
