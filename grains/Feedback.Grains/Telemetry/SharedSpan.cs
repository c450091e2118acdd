using System.Diagnostics;

namespace Feedback.Grains.Telemetry;

/// <summary>
/// Spans of work that is done for many callers at once. Such a span belongs to the trace of the first caller whose trace is
/// recorded, and is linked to all of them; each of the others is linked to it. So every recorded event can be followed.
/// </summary>
/// <remarks>Where nobody listens to a source, each call here is one look at a field: no span, no list, no allocation.</remarks>
public static class SharedSpan
{
    /// <summary>As many callers are told apart; collectors keep no more links of a span anyway.</summary>
    public const int MostCauses = 128;

    /// <summary>The caller's own span, when somebody listens to the source and the caller's trace is recorded; else null.</summary>
    public static Activity? Cause(ActivitySource source) =>
        source.HasListeners() && Activity.Current is { Recorded: true } current ? current : null;

    /// <summary>Adds a cause to a list that is only made when there is one.</summary>
    public static void Add(ref List<Activity>? causes, Activity? cause)
    {
        if (cause is not null && (causes is null || (causes.Count < MostCauses && !causes.Contains(cause))))
            (causes ??= []).Add(cause);
    }

    /// <summary>Starts a span for its causes; null when there are none, or nobody listens.</summary>
    public static Activity? Start(ActivitySource source, string name, ActivityKind kind, List<Activity>? causes)
    {
        if (causes is null)
            return null;
        var span = source.StartActivity(kind, causes[0].Context, links: causes.Select(cause => new ActivityLink(cause.Context)), name: name);
        if (span is not null)
        {
            foreach (var other in causes.Skip(1))
                other.AddLink(new ActivityLink(span.Context));
        }

        return span;
    }

    /// <summary>Marks a span as failed, by the kind of failure only: what an exception says may hold anything.</summary>
    public static void Fail(this Activity? span, Exception failure)
    {
        span?.SetStatus(ActivityStatusCode.Error);
        span?.SetTag("error.type", failure.GetType().FullName);
    }
}
