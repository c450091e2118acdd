namespace Feedback.Domain.WorkingTime;

/// <summary>Something that happened to a clock.</summary>
/// <param name="At">When, milliseconds UTC.</param>
public abstract record ClockMark(long At);

/// <summary>The clock was started.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Limit">How long it may run.</param>
public sealed record ClockStarted(long At, Limit Limit) : ClockMark(At);

/// <summary>The clock waits for somebody outside.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Reason">Why: a code of <see cref="PauseReasons"/>, or another one. No personal text.</param>
public sealed record ClockPaused(long At, string Reason) : ClockMark(At);

/// <summary>The clock runs on.</summary>
/// <param name="At">When, milliseconds UTC.</param>
public sealed record ClockResumed(long At) : ClockMark(At);

/// <summary>Another limit counts, from the same start on; pauses stay.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Limit">The whole limit from now on.</param>
/// <param name="Before">The limit before.</param>
/// <param name="Why">Why it was changed.</param>
public sealed record LimitChanged(long At, Limit Limit, Limit Before, LimitChange Why) : ClockMark(At);

/// <summary>What the clock waited for has happened.</summary>
/// <param name="At">When, milliseconds UTC.</param>
public sealed record ClockStopped(long At) : ClockMark(At);

/// <summary>The case was opened again: a second run begins, and the first is kept.</summary>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Limit">How long the second run may take.</param>
public sealed record ClockRestarted(long At, Limit Limit) : ClockMark(At);

/// <summary>Why a limit was changed.</summary>
public enum LimitChange
{
    /// <summary>政策调整: a policy was changed while the case was open.</summary>
    Policy = 1,

    /// <summary>延期: an extension was asked for and granted.</summary>
    Extension,

    /// <summary>重新分类: the category of the case was changed.</summary>
    Category,
}

/// <summary>Codes of reasons for a pause that have words.</summary>
public static class PauseReasons
{
    /// <summary>The citizen is to add something (补正).</summary>
    public const string AwaitingCitizen = "awaiting-citizen";

    /// <summary>An expert, a laboratory or a hearing is awaited.</summary>
    public const string AwaitingExpert = "awaiting-expert";

    /// <summary>Another office is awaited.</summary>
    public const string AwaitingOffice = "awaiting-office";

    /// <summary>An appeal is being decided.</summary>
    public const string Appeal = "appeal";

    /// <summary>An order was returned to the city (退回), which has not sent it again.</summary>
    public const string Returned = "returned";

    /// <summary>Force majeure (不可抗力).</summary>
    public const string ForceMajeure = "force-majeure";
}
