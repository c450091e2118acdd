using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;

namespace Feedback.Grains.Tests.Support;

/// <summary>Ordinary claims. Tests change what they are about with <c>with</c>.</summary>
internal static class Some
{
    /// <summary>A Monday morning in Shanghai.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 3, 2, 9, 30, 0, TimeSpan.FromHours(8));

    /// <summary>Its month.</summary>
    public static readonly DateOnly March = new(2026, 3, 1);

    /// <summary>Its day.</summary>
    public static readonly DateOnly Monday = new(2026, 3, 2);

    public static readonly Sender Sender = new("t1", "k1");

    /// <summary>The day in Shanghai, which knows no summer time.</summary>
    public static DateOnly LocalDay(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(TimeSpan.FromHours(8)).DateTime);

    /// <summary>A good rating of a window.</summary>
    public static EvaluationClaim Rating(
        string id = "e-1", NodeId? window = null, DateTimeOffset? at = null, Grade? grade = Grade.VerySatisfied, Origin origin = Origin.Active,
        string? matter = null, string? comment = null) => new(
        new Evaluation
        {
            Id = id,
            Source = "t1",
            Window = window ?? Places.Window,
            OccurredAt = Moment.From((at ?? Morning).ToOffset(TimeSpan.FromHours(8))),
            Grade = grade,
            Origin = origin,
            Channel = Channel.Terminal,
        },
        matter, comment);

    /// <summary>Good ratings, each with an id of its own.</summary>
    public static ImmutableArray<WindowClaim> Ratings(int count, string prefix = "e", DateTimeOffset? at = null) =>
        [.. Enumerable.Range(1, count).Select(number => Rating($"{prefix}-{number}", at: at))];

    /// <summary>A finished matter of a window.</summary>
    public static MatterClaim Finished(string number = "m-1", NodeId? window = null, DateTimeOffset? at = null, string? item = "permit") => new(
        window ?? Places.Window, number, "oa", Moment.From((at ?? Morning).ToOffset(TimeSpan.FromHours(8))), item);
}
