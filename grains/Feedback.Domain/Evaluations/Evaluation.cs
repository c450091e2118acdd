using System.Collections.Immutable;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;

namespace Feedback.Domain.Evaluations;

/// <summary>A grade for one dimension, such as <c>attitude</c>.</summary>
/// <param name="Code">The dimension's code in its scheme.</param>
/// <param name="Grade">The grade.</param>
public readonly record struct DimensionGrade(string Code, Grade Grade);

/// <summary>What a client said about one visit, without any personal text.</summary>
public sealed record Evaluation
{
    /// <summary>The client's id, unique within window and source.</summary>
    public required string Id { get; init; }

    /// <summary>Who numbers the ids; the terminal when the client named nobody.</summary>
    public required string Source { get; init; }

    /// <summary>The window.</summary>
    public required NodeId Window { get; init; }

    /// <summary>The device's time. A retry carries the same.</summary>
    public required Moment OccurredAt { get; init; }

    /// <summary>The overall grade; null exactly when <see cref="Origin"/> is <see cref="Origin.Declined"/>.</summary>
    public Grade? Grade { get; init; }

    /// <summary>Where the grade comes from.</summary>
    public required Origin Origin { get; init; }

    /// <summary>Grades by dimension, ascending by code.</summary>
    public ImmutableArray<DimensionGrade> Dimensions { get; init; } = [];

    /// <summary>The service item's code as the client wrote it.</summary>
    public string? ServiceItem { get; init; }

    /// <summary>The staff member whom the client claims was rated.</summary>
    public string? Staff { get; init; }

    /// <summary>The way on which it came.</summary>
    public required Channel Channel { get; init; }

    /// <summary>Codes of the reasons chosen, ascending.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>The form's language, such as <c>zh-CN</c>.</summary>
    public string? Language { get; init; }

    /// <summary>Whether another evaluation says the same, member by member.</summary>
    public bool SaysTheSameAs(Evaluation other) =>
        EvaluationTexts.ClaimBytes(this).AsSpan().SequenceEqual(EvaluationTexts.ClaimBytes(other));
}
