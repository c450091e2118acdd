using System.Diagnostics;
using Feedback.Grains.Telemetry;

namespace Feedback.Storage.Journal;

/// <summary>The spans of the journal's transactions, each linked to every append in it that is traced.</summary>
internal static class JournalSpans
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "Feedback.Journal";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The span that an append belongs to, when its trace is recorded.</summary>
    public static Activity? Cause() => SharedSpan.Cause(Source);

    /// <summary>The span of one transaction; null when none of its appends is traced.</summary>
    public static Activity? Commit(List<PendingUnit> batch, string system)
    {
        if (!Source.HasListeners())
            return null;
        List<Activity>? causes = null;
        foreach (var pending in batch)
            SharedSpan.Add(ref causes, pending.Cause);
        var span = SharedSpan.Start(Source, "COMMIT journal", ActivityKind.Client, causes);
        span?.SetTag("db.system.name", system).SetTag("db.operation.name", "COMMIT").SetTag("db.operation.batch.size", batch.Count);
        return span;
    }
}
