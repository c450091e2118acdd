using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Cases;

/// <summary>What an activation holds of its case: the fold of its stream, and where that ends.</summary>
internal sealed class CaseBook(CaseId id)
{
    private const int RowsAtOnce = 500;

    private readonly Dictionary<Opaque, long> _answered = [];
    private readonly Dictionary<long, CaseAttached> _files = [];
    private readonly List<(long Version, Opaque Ref)> _texts = [];

    /// <summary>The case.</summary>
    public CaseState State { get; private set; } = new(id);

    /// <summary>Where the stream ends.</summary>
    public StreamTail Tail { get; private set; } = StreamTail.Of(StreamName.Case(id));

    /// <summary>The rows of personal text that were not erased, with the versions that point to them.</summary>
    public IReadOnlyList<(long Version, Opaque Ref)> Texts => _texts;

    /// <summary>The key under which the case's texts are sealed; null while it was not looked up, or there is none.</summary>
    public SubjectKey? Subject { get; set; }

    /// <summary>Reads the stream.</summary>
    public static async Task<CaseBook> ReadAsync(CaseId id, IJournal journal)
    {
        var book = new CaseBook(id);
        while (await journal.ReadAsync(StreamName.Case(id), book.Tail.Version, RowsAtOnce) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
                book.Take(row, [.. EventText.Read(row).Select(one => one.Happened)]);
        }

        return book;
    }

    /// <summary>Folds a row that is stored.</summary>
    public void Take(JournalRow row, IReadOnlyList<JournalEvent> events)
    {
        // The first event of a row bears the salt of the request that led to it.
        _answered[events[0].Salt] = row.LastVersion;
        foreach (var (index, happened) in events.Index())
        {
            State = State.Apply(happened);
            foreach (var (_, reference) in CaseReferences.Of(happened))
                _texts.Add((row.Version + index, reference.Ref));
            if (happened is CaseAttached attached)
                _files[row.LastVersion] = attached;
            if (happened is PersonalTextErased erased)
            {
                _texts.RemoveAll(text => text.Ref == erased.Ref);
                Subject = null;
            }
        }

        Tail = StreamTail.After(row);
    }

    /// <summary>The version after what a request did, by its salt; null for one that did nothing yet.</summary>
    public long? AnswerOf(Opaque salt) => _answered.TryGetValue(salt, out var version) ? version : null;

    /// <summary>The file that was attached by what led to a version; null where that was something else.</summary>
    public CaseAttached? FileOf(long version) => _files.GetValueOrDefault(version);

    /// <summary>The key of the case's texts; null where none is kept.</summary>
    public async Task<SubjectKey?> SubjectAsync(IPersonalStore personal) =>
        Subject ??= _texts.Count == 0 ? null : (await personal.FindAsync([.. _texts.TakeLast(20).Select(text => text.Ref)])).Values.Select(found => found.Key).FirstOrDefault();
}
