using System.Collections.Frozen;
using System.Text.Json;

namespace Feedback.Domain.Journal;

/// <summary>
/// Which kinds of events a release can read, in revisions: each kind belongs to the revision that introduced it. Silos publish
/// their newest revision, and a kind is written only when every silo reads it.
/// </summary>
/// <remarks>
/// A released revision is never changed: a new kind, or a new version of a kind, goes into a new revision at the end. While a
/// new release goes round, what needs the new revision is refused for a while; where that may not be, as for a new version of a
/// kind that is written all day, write the earlier version until the new one may be written.
/// </remarks>
public sealed class EventVocabulary
{
    private readonly FrozenDictionary<(string, long), int> _revisions;

    /// <summary>Makes a vocabulary.</summary>
    /// <param name="revisions">The kinds that each revision introduced, such as <c>key.revoked/1</c>; the first revision is number 1.</param>
    public EventVocabulary(params IReadOnlyList<IReadOnlyList<string>> revisions)
    {
        Revisions = revisions;
        _revisions = revisions.Index()
            .SelectMany(revision => revision.Item.Select(kind => (Kind: Split(kind), Number: revision.Index + 1)))
            .ToFrozenDictionary(kind => kind.Kind, kind => kind.Number);
    }

    /// <summary>What this release reads.</summary>
    public static EventVocabulary Known { get; } = new(
    [
        "evaluation.accepted/1", "evaluation.excluded/1", "evaluation.reinstated/1", "matter.finished/1", "personal.erased/1",
        "staff.signed-in/1", "staff.signed-out/1",
        "node.opened/1", "node.moved/1", "node.renamed/1",
        "scheme.defined/1", "service-item.defined/1", "reason.defined/1", "staff.registered/1",
        "device-key.issued/1", "device-key.issued/2", "api-token.issued/1", "api-token.issued/2", "key.ends/1", "key.revoked/1",
        "enrolment-code.issued/1", "enrolment-code.revoked/1",
        "audit.recorded/1", "checkpoint.made/1", "identity.unmasked/1",
    ],
    [
        "policy.set/1", "calendar.defined/1",
        "case.opened/1", "case.dispatched/1", "case.owner-named/1", "case.owner-released/1", "case.persons-named/1", "case.signed-for/1", "case.returned/1", "case.categorised/1",
        "case.merged/1", "case.absorbed/1", "case.progressed/1", "case.handled/1", "case.attached/1", "case.verified/1",
        "case.appealed/1", "case.appeal-decided/1", "case.feedback-given/1", "case.confirmed/1", "case.disputed/1",
        "case.called-back/1", "case.sent-back/1", "case.closed/1", "case.reopened/1", "case.urged/1", "case.supervised/1",
        "case.circulated/1", "case.accountability-opened/1", "case.warned/1", "case.escalated/1", "case.clock-marked/1", "case.extension-asked/1", "case.extension-decided/1",
        "matter.accepted/1", "matter.supplemented/1", "matter.visited/1", "matter.completed/1", "matter.withdrawn/1", "matter.accountable/1",
        "service-item.disclosed/1",
        "box.opened/1",
        "paper.opened/1", "paper.counted/1", "paper.begun/1", "paper.keyed/1", "paper.dropped/1", "paper.spoilt/1", "paper.rechecked/1", "paper.first-kept/1", "paper.closed/1",
        "contact.told/1",
        "hotline.figures/1",
    ]);

    /// <summary>The kinds of each revision, the first one first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Revisions { get; }

    /// <summary>The newest revision, from 1.</summary>
    public int Newest => Revisions.Count;

    /// <summary>The revision that a reader needs for a kind; null for a kind that is not in the vocabulary.</summary>
    public int? RevisionOf(string kind, long version) => _revisions.TryGetValue((kind, version), out var revision) ? revision : null;

    /// <summary>The first kind in a row that a reader of a revision does not know; null when it knows them all.</summary>
    /// <param name="row">The row.</param>
    /// <param name="revision">The revision that is read.</param>
    public string? UnreadIn(JournalRow row, int revision)
    {
        foreach (var element in row.Elements())
        {
            var (kind, version) = KindOf(element.Span);
            if (!(RevisionOf(kind, version) <= revision))
                return $"{kind}/{version}";
        }

        return null;
    }

    // Kind and version come first in the canonical text; the rest is not read.
    private static (string Kind, long Version) KindOf(ReadOnlySpan<byte> element)
    {
        var (kind, version) = ("", 0L);
        var reader = new Utf8JsonReader(element);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isKind, isVersion) = (reader.ValueTextEquals("kind"u8), reader.ValueTextEquals("v"u8));
            reader.Read();
            if (isKind)
                kind = reader.GetString()!;
            else if (isVersion)
                return (kind, reader.GetInt64());
            else
                reader.Skip();
        }

        return (kind, version);
    }

    private static (string, long) Split(string kind)
    {
        var slash = kind.LastIndexOf('/');
        return (kind[..slash], long.Parse(kind.AsSpan(slash + 1), System.Globalization.CultureInfo.InvariantCulture));
    }
}
