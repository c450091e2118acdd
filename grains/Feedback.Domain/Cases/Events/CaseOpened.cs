namespace Feedback.Domain.Cases;

/// <summary>A case was opened. The stamp tells who received it and when.</summary>
public sealed record CaseOpened : CaseEvent
{
    /// <summary>What was known when it came in.</summary>
    public required CaseIntake Intake { get; init; }

    /// <summary>Whether it came with the order to sign for it: work orders of the hotline do.</summary>
    public bool ToSign { get; init; }

    /// <summary>The version of the catalogue then.</summary>
    public required long Catalogue { get; init; }

    /// <summary>The version of the policies then.</summary>
    public required long Policy { get; init; }
}
