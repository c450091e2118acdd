namespace Feedback.Grains.Audit;

internal sealed class UnwrittenAudit : IAudit
{
    public Task RecordAsync(AuditEntry entry) => Task.CompletedTask;

    public void NoteRefusal(AuditEntry entry)
    {
    }
}
