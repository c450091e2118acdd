using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Grains.Personal;

/// <summary>
/// Remembers outside the database who was erased, so that a database restored from an older backup forgets them again. It
/// holds nothing that says who they were.
/// </summary>
public interface IErasureLedger
{
    /// <summary>Every erasure, oldest first.</summary>
    IReadOnlyList<ErasedSubject> Lines { get; }

    /// <summary>Whether every erasure of the journal, but for what aged, must be in it: not where nothing outlives the process, or it lies beside only one of several silos.</summary>
    bool IsWhole { get; }

    /// <summary>Every erasure, oldest first, as another process may have gone on with them.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    IReadOnlyList<ErasedSubject> ReadAgain();

    /// <summary>Keeps an erasure durably before it returns; one that is known already is not kept twice.</summary>
    /// <exception cref="IOException">It cannot be kept; then nothing may be erased.</exception>
    Task AppendAsync(ErasedSubject erased);
}

/// <summary>An erasure as the ledger remembers it.</summary>
/// <param name="Window">The window; of a text of a case, the case's id stands in its place (<see cref="Case"/>).</param>
/// <param name="Version">The version of the event that pointed to the text.</param>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="References">The rows of text that were destroyed.</param>
/// <param name="Subject">The subject whose key was destroyed; null while other text of theirs is kept.</param>
public sealed record ErasedSubject(NodeId Window, long Version, long At, IReadOnlyList<Opaque> References, Opaque? Subject)
{
    /// <summary>The case whose texts were destroyed; null for those of a window.</summary>
    public CaseId? Case => CaseId.IsId(Window.Value) ? new CaseId(Window.Value) : null;

    /// <summary>The erasure of all texts of a case.</summary>
    public static ErasedSubject OfCase(CaseId id, long version, long at, IReadOnlyList<Opaque> references, Opaque subject) =>
        new(new NodeId(id.Value), version, at, references, subject);
}

/// <summary>A ledger for as long as the process lives: for hosts without a data directory of their own.</summary>
public sealed class ErasureLedgerInMemory : IErasureLedger
{
    private readonly Lock _adding = new();
    private IReadOnlyList<ErasedSubject> _lines = [];

    /// <inheritdoc/>
    public IReadOnlyList<ErasedSubject> Lines => _lines;

    /// <inheritdoc/>
    public bool IsWhole => false;

    /// <inheritdoc/>
    public IReadOnlyList<ErasedSubject> ReadAgain() => _lines;

    /// <inheritdoc/>
    public Task AppendAsync(ErasedSubject erased)
    {
        lock (_adding)
            _lines = [.. _lines, erased];
        return Task.CompletedTask;
    }
}
