using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Platform;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Platform;

namespace Feedback.Storage.Tests.Support;

/// <summary>Builders of what tests store.</summary>
internal static class Some
{
    public const long Instant = 1_760_000_000_000;

    public static StreamName Stream(int number = 1) => StreamName.Window(NodeId.Numbered(number));

    public static byte[] Event(string text = "好") => Encoding.UTF8.GetBytes($$"""{"kind":"some.thing","v":1,"text":"{{text}}"}""");

    public static JournalUnit Unit(this StreamTail tail, StreamName stream, int events = 1, long at = Instant) =>
        new() { Append = new Append(stream, tail.Next([.. Enumerable.Range(0, events).Select(i => Event($"好{i}"))], at)) };

    /// <summary>Appends rows of so many events each, one after the other.</summary>
    public static async Task<IReadOnlyList<JournalRow>> AppendAsync(this IJournal journal, StreamName stream, params (int Events, long At)[] appends)
    {
        var (tail, rows) = (StreamTail.Of(stream), new List<JournalRow>());
        foreach (var (events, at) in appends)
        {
            var unit = tail.Unit(stream, events, at);
            await journal.WriteAsync(unit);
            rows.Add(unit.Append!.Row);
            tail = StreamTail.After(unit.Append.Row);
        }

        return rows;
    }

    public static Opaque Opaque() => Domain.Journal.Opaque.FromBytes(RandomNumberGenerator.GetBytes(16));

    public static (SubjectKey Key, SealedText Text) Sealed(Opaque? reference = null)
    {
        var subject = Opaque();
        return (new SubjectKey(subject, 1, RandomNumberGenerator.GetBytes(60)),
            new SealedText(reference ?? Opaque(), subject, PersonalKind.Comment, Opaque(), RandomNumberGenerator.GetBytes(80)));
    }

    /// <summary>Something that was reported, something that was rejected, and a day that was compared; a batch is under way.</summary>
    public static PlatformChange Reported() => new()
    {
        Begin = new PlatformBatch("b1", [new BatchPart("window:n1", 0, 2)], Instant),
        Batch = "b1",
        Streams = [new ReportedStream("window:n1", 1)],
        Counts = [new ReportedCount(new DateOnly(2026, 3, 1), PlatformKind.Evaluations, 1)],
        Rejected = [new RejectedItem("n1-1", PlatformKind.Evaluations, "window:n1", 1, new DateOnly(2026, 3, 1), "不认识", Instant, "b1", IsKnown: true)],
        Compared = [new ComparedDay(new DateOnly(2026, 3, 1), PlatformKind.Evaluations, 2, Instant)],
    };

    public static WindowDay Day(int window = 1, int day = 1, long version = 1, int fives = 1, string parent = "n100", long changedAt = Instant, params MatterEntry[] matters) =>
        new(NodeId.Numbered(window), new DateOnly(2026, 3, day), new NodeId("n99"), new NodeId(parent), version, changedAt,
            Tally.Of([(Cell.Graded(Origin.Active, (Grade)5), fives), (Cell.Graded(Origin.Declined, null), 2), (Cell.MattersFinished, 3)]),
            [.. matters]);
}
