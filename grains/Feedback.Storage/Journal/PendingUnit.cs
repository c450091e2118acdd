using System.Diagnostics;
using Feedback.Grains.Journal;

namespace Feedback.Storage.Journal;

/// <summary>What waits in the queue.</summary>
internal enum PendingWork : byte
{
    /// <summary>A unit to store.</summary>
    Unit,

    /// <summary>A transaction for its own sake.</summary>
    Probe,

    /// <summary>The derived tables are to be emptied, and marked as not filled again.</summary>
    ClearDerived,

    /// <summary>The derived tables are filled again: the mark is to be taken away.</summary>
    CompleteDerived,
}

/// <summary>A unit on its way to the disk; its task ends when the outcome is known. Continuations never run on the writer.</summary>
internal sealed class PendingUnit(JournalUnit unit, PendingWork work = PendingWork.Unit)
    : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private static readonly JournalUnit Nothing = new();
    private Exception? _failure;

    /// <summary>Work that is no unit.</summary>
    public PendingUnit(PendingWork work) : this(Nothing, work)
    {
    }

    /// <summary>The span that the append belongs to, when its trace is recorded.</summary>
    public Activity? Cause { get; } = unit.Append is null ? null : JournalSpans.Cause();

    /// <summary>The clock's timestamp when it joined the queue.</summary>
    public long Since { get; set; }

    /// <summary>What is to be stored.</summary>
    public JournalUnit Unit => unit;

    /// <summary>What is to be done.</summary>
    public PendingWork Work => work;

    /// <summary>Roughly how many bytes will be sent, to bound a transaction.</summary>
    public int Bytes { get; } = BytesOf(unit);

    /// <summary>Why this unit is not stored; null as long as nothing speaks against it.</summary>
    public Exception? Failure => _failure;

    /// <summary>Whether it is known already that this unit is not stored.</summary>
    public bool HasFailed => _failure is not null;

    /// <summary>Notes why this unit is not stored; its caller hears of it in <see cref="Settle"/>.</summary>
    public void Fail(Exception failure) => _failure ??= failure;

    /// <summary>Tells the caller.</summary>
    public void Settle()
    {
        if (_failure is { } failure)
            TrySetException(failure);
        else
            TrySetResult();
    }

    private static int BytesOf(JournalUnit unit)
    {
        const int PerRow = 64;
        const int PerDay = 1024;
        const int PerCase = 256;
        var bytes = PerRow + (unit.Append?.Row.Events.Length ?? 0) + (unit.Days.Count * PerDay)
            + ((unit.Cases.Count + unit.CaseFlows.Count) * PerCase) + ((unit.DueDone.Count + unit.DueTried.Count + unit.Due.Count) * PerCase);
        for (var i = 0; i < unit.Personal.Count; i++)
            bytes += PerRow + unit.Personal[i].Ciphertext.Length;
        return bytes;
    }
}
