using System.Diagnostics;
using Feedback.Grains.Telemetry;

namespace Feedback.Grains.Windows;

/// <summary>The spans of appends to windows' streams. None of them says which window, or anything that a citizen said.</summary>
internal static class WindowSpans
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "Feedback.Windows";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The span of the call that brings claims, when its trace is recorded.</summary>
    public static Activity? Cause() => SharedSpan.Cause(Source);

    /// <summary>Appends are made for all who wait: whoever happened to come first is not what they belong to.</summary>
    public static void LeaveCaller()
    {
        if (Source.HasListeners())
            Activity.Current = null;
    }

    /// <summary>The span of one append; null when none of its claims is traced.</summary>
    public static Activity? Append(List<PendingClaim> batch)
    {
        if (!Source.HasListeners())
            return null;
        List<Activity>? causes = null;
        foreach (var claim in batch)
            SharedSpan.Add(ref causes, claim.Cause);
        var span = SharedSpan.Start(Source, "window append", ActivityKind.Internal, causes);
        span?.SetTag("feedback.append.claims", batch.Count);
        return span;
    }
}
