using System.Collections.Concurrent;
using Feedback.Grains.Audit;

namespace Feedback.Api.Tests.Access.Matrix;

/// <summary>Keeps what the audit trail was told, in the order in which it was told.</summary>
internal sealed class KeptAudit : IAudit
{
    private readonly ConcurrentQueue<AuditEntry> _acts = new();
    private readonly ConcurrentQueue<AuditEntry> _refusals = new();

    public Task RecordAsync(AuditEntry entry)
    {
        _acts.Enqueue(entry);
        return Task.CompletedTask;
    }

    public void NoteRefusal(AuditEntry entry) => _refusals.Enqueue(entry);

    /// <summary>What was done since this was asked last.</summary>
    public IReadOnlyList<AuditEntry> TakeActs() => Take(_acts);

    /// <summary>What was refused since this was asked last.</summary>
    public IReadOnlyList<AuditEntry> TakeRefusals() => Take(_refusals);

    private static List<AuditEntry> Take(ConcurrentQueue<AuditEntry> entries)
    {
        var taken = new List<AuditEntry>();
        while (entries.TryDequeue(out var entry))
            taken.Add(entry);
        return taken;
    }
}
