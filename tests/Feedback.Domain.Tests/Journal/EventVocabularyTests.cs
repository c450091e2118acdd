using Feedback.Domain.Journal;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Journal;

/// <summary>Which release reads which kinds of events. A released revision is never changed: silos of that release are still out there.</summary>
public sealed class EventVocabularyTests
{
    // A new kind or version goes into a new revision, and that revision to the end of this list once it is released.
    private static readonly string[] Released =
    [
        """
        api-token.issued/1 api-token.issued/2 audit.recorded/1 checkpoint.made/1 device-key.issued/1 device-key.issued/2
        enrolment-code.issued/1 enrolment-code.revoked/1 evaluation.accepted/1 evaluation.excluded/1 evaluation.reinstated/1
        identity.unmasked/1 key.ends/1 key.revoked/1 matter.finished/1 node.moved/1 node.opened/1 node.renamed/1 personal.erased/1
        reason.defined/1 scheme.defined/1 service-item.defined/1 staff.registered/1 staff.signed-in/1 staff.signed-out/1
        """,
    ];

    private static readonly JournalEvent Old = StoredTexts.All["a revoked key"].Happened;

    [Fact]
    public void A_released_revision_never_changes()
    {
        // Released ones, and at most one that is in the making.
        Assert.InRange(EventVocabulary.Known.Newest, Released.Length, Released.Length + 1);
        Assert.All(Released.Zip(EventVocabulary.Known.Revisions), both =>
            Assert.Equal(string.Join(' ', both.First.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)), string.Join(' ', both.Second.Order(StringComparer.Ordinal))));
    }

    [Fact]
    public void Every_kind_that_is_read_belongs_to_a_revision_and_every_revision_is_read()
    {
        Assert.Equal(
            EventText.Kinds.Select(kind => $"{kind.Name}/{kind.Version}").Order(StringComparer.Ordinal),
            EventVocabulary.Known.Revisions.SelectMany(kinds => kinds).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Everything_that_can_be_written_is_found_in_the_vocabulary() =>
        Assert.All(StoredTexts.All.Values, one => Assert.Null(EventVocabulary.Known.UnreadIn(Row(EventText.Write(one.Happened)), EventVocabulary.Known.Newest)));

    [Fact]
    public void A_row_is_unread_when_one_of_its_events_is_of_a_later_revision()
    {
        var vocabulary = new EventVocabulary(["key.revoked/1"], ["key.revoked/2", "key.praised/1"]);
        var (older, newer) = (EventText.Write(Old), """{"kind":"key.praised","v":1,"salt":"AAECAwQFBgcICQoLDA0ODw"}"""u8.ToArray());

        Assert.Equal((2, 1, 2, 2), (vocabulary.Newest, vocabulary.RevisionOf("key.revoked", 1), vocabulary.RevisionOf("key.revoked", 2), vocabulary.RevisionOf("key.praised", 1)));
        Assert.Null(vocabulary.UnreadIn(Row(older), 1));
        Assert.Equal("key.praised/1", vocabulary.UnreadIn(Row(older, newer, older), 1));
        Assert.Null(vocabulary.UnreadIn(Row(older, newer), 2));
        Assert.Equal("key.scorned/1", vocabulary.UnreadIn(Row("""{"kind":"key.scorned","v":1}"""u8.ToArray()), 2));
    }

    private static JournalRow Row(params byte[][] elements) => new(1, elements.Length, 0, JournalRow.Join(elements), default);
}
