using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Supervision;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Evaluations;

/// <summary>Everything that is kept about the subject of one event.</summary>
/// <param name="Window">The window.</param>
/// <param name="Version">The event's version.</param>
/// <param name="Event">The event's stored bytes.</param>
/// <param name="Comment">The comment.</param>
/// <param name="Number">The matter's number.</param>
/// <param name="Later">Later events of the stream that speak of it, with their stored bytes.</param>
/// <param name="Unmasked">The stored bytes of the alerts about it.</param>
public sealed record SubjectRecord(
    NodeId Window, long Version, ReadOnlyMemory<byte> Event, OpenedText Comment, OpenedText Number,
    IReadOnlyList<(long Version, ReadOnlyMemory<byte> Event)> Later, IReadOnlyList<ReadOnlyMemory<byte>> Unmasked);

/// <summary>Gathers what is kept about persons, and finds their events by the number of a matter. Rare, by a person's hand, and in no hurry.</summary>
public sealed class SubjectRecords(IJournal journal, IPersonalStore personal, PersonalCipher cipher)
{
    /// <summary>What is kept about the subject of an evaluation or finished matter; null when there is none at that version.</summary>
    public async Task<SubjectRecord?> FindAsync(NodeId window, long version, CancellationToken cancellation = default)
    {
        var stream = StreamName.Window(window);
        if (version < 1 || await journal.FindAsync(stream, version, cancellation) is not { } at)
            return null;
        var bytes = at.Row.Elements()[(int)(version - at.Row.Version)];
        (Opaque? Comment, Opaque? Number)? references = EventText.Read(bytes) switch
        {
            EvaluationAccepted e => (e.Comment?.Ref, e.Matter?.Ref),
            MatterFinished e => (null, e.Matter.Ref),
            _ => null,
        };
        if (references is not { } pointed)
            return null;
        var texts = new OpenedTexts(cipher, await personal.FindAsync([.. new[] { pointed.Comment, pointed.Number }.OfType<Opaque>()], cancellation));
        return new SubjectRecord(
            window, version, bytes, texts.Open(pointed.Comment), texts.Open(pointed.Number),
            await WhereAsync(stream, version, happened => Speaks(happened, version), cancellation),
            [.. (await WhereAsync(StreamName.Supervision, 0, happened => happened is IdentityUnmasked e && e.Window == window && e.Evaluation == version, cancellation)).Select(one => one.Event)]);
    }

    /// <summary>The evaluations and finished matters of a number, by its keyed hash, oldest first within each window.</summary>
    public async IAsyncEnumerable<(NodeId Window, long Version, bool Evaluation)> OfMatterAsync(
        string number, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var hash = cipher.HashMatter(number);
        foreach (var stream in await journal.StreamsAsync(cancellation))
        {
            if (stream.AsWindow is not { } window)
                continue;
            foreach (var (version, bytes) in await WhereAsync(stream, 0, happened => HashOf(happened) == hash, cancellation, hash.ToString()))
                yield return (window, version, EventText.Read(bytes) is EvaluationAccepted);
        }
    }

    private static Opaque? HashOf(JournalEvent happened) => happened switch
    {
        EvaluationAccepted e => e.Matter?.Hash,
        MatterFinished e => e.Matter.Hash,
        _ => null,
    };

    private static bool Speaks(JournalEvent happened, long version) => happened switch
    {
        EvaluationExcluded e => e.Evaluation == version,
        EvaluationReinstated e => e.Evaluation == version,
        PersonalTextErased e => e.Of == version,
        _ => false,
    };

    private async Task<IReadOnlyList<(long Version, ReadOnlyMemory<byte> Event)>> WhereAsync(
        StreamName stream, long after, Func<JournalEvent, bool> wanted, CancellationToken cancellation, string? holding = null)
    {
        var found = new List<(long, ReadOnlyMemory<byte>)>();
        var mark = holding is null ? null : System.Text.Encoding.UTF8.GetBytes(holding);
        await foreach (var row in journal.RowsAsync(stream, after, cancellation))
        {
            if (mark is not null && row.Events.Span.IndexOf(mark) < 0)
                continue;
            var version = row.Version;
            foreach (var element in row.Elements())
            {
                if (wanted(EventText.Read(element)))
                    found.Add((version, element.ToArray())); // not the whole row's bytes
                version++;
            }
        }

        return found;
    }
}
