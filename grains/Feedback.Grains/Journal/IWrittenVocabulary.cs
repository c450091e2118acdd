using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;

namespace Feedback.Grains.Journal;

/// <summary>
/// Says which kinds of events may be written now: those that everybody reads who shares the journal. The journal asks it before
/// every append; nobody else has to.
/// </summary>
public interface IWrittenVocabulary
{
    /// <summary>The first kind in a row that somebody does not read yet, such as <c>key.revoked/2</c>; null when the row may be written.</summary>
    string? FindUnread(JournalRow row);
}

/// <summary>For whoever is alone on the journal: everything may be written, unless somebody wants to be able to go back.</summary>
/// <param name="held">The revision of <see cref="EventVocabulary"/> beyond which nothing is written; null for none.</param>
public sealed class WholeVocabulary(int? held = null) : IWrittenVocabulary
{
    /// <inheritdoc/>
    public string? FindUnread(JournalRow row) => held < EventVocabulary.Known.Newest ? EventVocabulary.Known.UnreadIn(row, held.Value) : null;
}

/// <summary>An event is of a kind that some silo does not read yet: a newer release is going round. Nothing was stored; the caller tries again later.</summary>
public sealed class UpgradeUnderWayException(string kind)
    : JournalBusyException($"Events of kind '{kind}' are not written before every silo of the cluster reads them: an upgrade is under way.")
{
    /// <inheritdoc/>
    public override Refusal Refusal { get; } = new("upgrade-under-way", Retryable: true);
}
