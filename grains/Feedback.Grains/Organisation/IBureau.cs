using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Organisation;

/// <summary>The small folds that every silo holds whole.</summary>
/// <param name="Tree">The organisation.</param>
/// <param name="Catalogue">Scheme, service items, reasons, staff.</param>
/// <param name="Keys">Device keys and API tokens.</param>
/// <param name="Policies">Policies and the calendar.</param>
public sealed record BureauState(OrganisationTree Tree, ServiceCatalogue Catalogue, KeyRing Keys, PolicyBook Policies)
{
    /// <summary>Before the first event.</summary>
    public static readonly BureauState Empty = new(OrganisationTree.Empty, ServiceCatalogue.Empty, KeyRing.Empty, PolicyBook.Empty);
}

/// <summary>Organisation, catalogue, keys and policies of the bureau: read at any time, refreshed by polling, changed by appending.</summary>
public interface IBureau
{
    /// <summary>The state as this silo knows it, at most about a second old.</summary>
    BureauState Current { get; }

    /// <summary>Whether the state was ever read: before that nothing is known, and not that there is nothing.</summary>
    bool IsLoaded => true;

    /// <summary>Reads what was appended since; callers at the same time share one reading.</summary>
    Task<BureauState> RefreshAsync();

    /// <summary>Decides on the newest state and appends; decides again when somebody else was quicker.</summary>
    /// <param name="stream">One of the bureau's streams.</param>
    /// <param name="decide">What is to happen, given the state; empty for nothing. May be called more than once.</param>
    /// <returns>The state with it.</returns>
    Task<BureauState> DecideAsync(StreamName stream, Func<BureauState, Decision> decide);
}

/// <summary>Events that are to be appended to one of the bureau's streams, with their personal text.</summary>
/// <param name="Events">The events; each needs a salt of its own.</param>
/// <param name="Unit">What else belongs into the transaction; its append is filled in.</param>
public sealed record Decision(IReadOnlyList<JournalEvent> Events, JournalUnit? Unit = null)
{
    /// <summary>Nothing is to happen.</summary>
    public static readonly Decision Nothing = new([]);
}
