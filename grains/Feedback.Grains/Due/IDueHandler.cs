namespace Feedback.Grains.Due;

/// <summary>
/// Performs the commands of one word. Registered as a singleton; called from several shards, and for several commands, at once.
/// </summary>
/// <remarks>
/// A command is performed at least once, and may be performed again after it was, also by two silos at the same time: the handler
/// makes that harmless by what it stores under the command's key, or in the stream that it appends to. Commands of one shard
/// overtake each other. Whoever throws, or takes longer than a minute, is called again after a pause.
/// </remarks>
public interface IDueHandler
{
    /// <summary>The word of the commands.</summary>
    string Command { get; }

    /// <summary>Performs a command.</summary>
    Task<DueOutcome> PerformAsync(DueCommand command);
}

/// <summary>What became of a command.</summary>
public readonly record struct DueOutcome
{
    /// <summary>It is done, or there is nothing left to be done: it is taken away.</summary>
    public static readonly DueOutcome Done;

    private DueOutcome(long at, string reason) => (At, Reason) = (at, reason);

    /// <summary>When it is to be performed again, milliseconds UTC; null where it is done.</summary>
    public long? At { get; }

    /// <summary>Why, in a few plain words without personal text; null where it is done.</summary>
    public string? Reason { get; }

    /// <summary>Its time has not come yet after all: it is performed again at a later one. That is no failure.</summary>
    /// <param name="at">Milliseconds UTC.</param>
    /// <param name="reason">Why, in a few plain words without personal text.</param>
    public static DueOutcome Again(long at, string reason) => new(at, reason);
}
