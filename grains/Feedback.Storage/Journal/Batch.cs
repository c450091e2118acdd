namespace Feedback.Storage.Journal;

/// <summary>The units of one transaction, whose callers are told on another thread than the writer's.</summary>
internal static class Batch
{
    /// <summary>Tells every caller its outcome; the next transaction need not wait for that.</summary>
    public static void Settle(List<PendingUnit> batch) =>
        ThreadPool.UnsafeQueueUserWorkItem(static done =>
        {
            foreach (var pending in done)
                pending.Settle();
        }, batch, preferLocal: false);
}
