namespace Feedback.Seeds.Import;

/// <summary>A mapping that cannot be used; nothing was imported.</summary>
/// <param name="problems">Everything that is wrong, each with what to do.</param>
public sealed class MappingException(IReadOnlyList<string> problems)
    : Exception($"The mapping cannot be used:\n- {string.Join("\n- ", problems)}")
{
    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>An import that could not go on. What it stored stays stored; the same import may be run again.</summary>
/// <param name="message">Why, and what to do.</param>
/// <param name="soFar">What was done until then.</param>
public sealed class ImportStoppedException(string message, ImportOutcome soFar) : Exception(message)
{
    /// <summary>What was done until then.</summary>
    public ImportOutcome SoFar { get; } = soFar;
}
