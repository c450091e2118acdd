using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Grains.Audit;
using Feedback.Grains.Journal;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Personal;

/// <summary>
/// Erases personal text that is older than the policy keeps it, window by window in small steps, by the windows themselves
/// like every erasure, and case by case (<see cref="CaseRetention"/>). What a run could not do the next one does.
/// </summary>
public sealed class Retention(
    RetentionPolicy policy, IJournal journal, IPersonalStore personal, CaseRetention cases, IGrainFactory grains, IAudit audit, TimeProvider clock)
{
    private const int RowsPerStep = 100;
    private const int EventsPerErasure = 100;

    // A clock that jumps ahead would make everything old at once, and what is erased is gone for good.
    private static readonly long Farthest = (long)TimeSpan.FromDays(31).TotalMilliseconds;

    // Before these versions nothing is left that may ever become due; a restart looks once more.
    private readonly Dictionary<StreamName, long> _done = [];
    private long? _reached;

    /// <summary>Notes the time of the newest stored event, before anybody stores more by a clock that may be wrong.</summary>
    public async Task BeginAsync(CancellationToken cancellation = default) =>
        _reached ??= (await journal.TailsAsync(cancellation)).Select(one => (long?)one.Tail.At).Max();

    /// <summary>Erases what is due now.</summary>
    /// <returns>How many evaluations, matters and cases lost text.</returns>
    /// <exception cref="ClockAheadException">The clock is far ahead of what was stored before, or of the last run: nothing is erased until the next start.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await BeginAsync(cancellation);
        if (now - (_reached ?? now) > Farthest)
            throw new ClockAheadException(DateTimeOffset.FromUnixTimeMilliseconds(_reached!.Value), clock.GetUtcNow());
        _reached = Math.Max(_reached ?? now, now);
        var (comments, numbers) = (policy.DueThrough(PersonalKind.Comment, now) ?? long.MinValue, policy.DueThrough(PersonalKind.MatterNumber, now) ?? long.MinValue);
        var erased = 0;
        foreach (var stream in await journal.StreamsAsync(cancellation))
        {
            if (stream.AsWindow is { } window)
                erased += await RunAsync(window, stream, comments, numbers, cancellation);
        }

        return policy.CasesClosedThrough(now) is { } closed ? erased + await cases.RunAsync(closed, cancellation) : erased;
    }

    private async Task<int> RunAsync(NodeId window, StreamName stream, long comments, long numbers, CancellationToken cancellation)
    {
        var (erased, after) = (0, _done.GetValueOrDefault(stream));
        while (await journal.ReadAsync(stream, after, RowsPerStep, cancellation) is { Count: > 0 } rows)
        {
            var due = new List<(long Version, Opaque? Comment, Opaque? Number)>();
            foreach (var row in rows.TakeWhile(row => row.At <= Math.Max(comments, numbers)))
                due.AddRange(EventText.Read(row).Select(one => Due(one.Version, one.Happened, row.At <= comments, row.At <= numbers)).Where(one => (one.Comment ?? one.Number) is not null));
            var (count, whole) = await EraseAsync(window, due, cancellation);
            erased += count;
            // Without all of it erased, or with some of it not due yet, the next run begins here again.
            if (whole && rows[^1].At <= Math.Min(comments, numbers))
                _done[stream] = rows[^1].LastVersion;
            if (!whole || rows[^1].At > Math.Max(comments, numbers))
                break;
            after = rows[^1].LastVersion;
        }

        return erased;
    }

    private static (long Version, Opaque? Comment, Opaque? Number) Due(long version, JournalEvent happened, bool comment, bool number) => happened switch
    {
        EvaluationAccepted e => (version, comment ? e.Comment?.Ref : null, number ? e.Matter?.Ref : null),
        MatterFinished e => (version, null, number ? e.Matter.Ref : null),
        _ => (version, null, null),
    };

    private async Task<(int Erased, bool Whole)> EraseAsync(NodeId window, List<(long Version, Opaque? Comment, Opaque? Number)> due, CancellationToken cancellation)
    {
        var erased = 0;
        foreach (var some in due.Chunk(EventsPerErasure))
        {
            var kept = await personal.FindAsync([.. some.SelectMany(one => new[] { one.Comment, one.Number }).OfType<Opaque>()], cancellation);
            foreach (var part in some.GroupBy(one => PartOf(IsKept(one.Comment), IsKept(one.Number))).Where(part => part.Key is not null))
            {
                var versions = part.Select(one => one.Version).ToImmutableArray();
                await audit.RecordAsync(new AuditEntry(Acts.SubjectErased, ErasedPartWords.Retention)
                {
                    Target = string.Create(CultureInfo.InvariantCulture, $"{window}#{versions[0]}-{versions[^1]}"),
                    Node = window,
                    Reason = ErasedPartWords.Retention,
                });
                if ((await grains.GetGrain<IWindowGrain>(window.Value).Erase(versions, part.Key!.Value, ErasureCause.Retention, ErasedPartWords.Retention)).Refusal is not null)
                    return (erased, false);
                erased += versions.Length;
            }

            bool IsKept(Opaque? reference) => reference is { } row && kept.ContainsKey(row);
        }

        return (erased, true);
    }

    private static ErasedPart? PartOf(bool comment, bool number) => (comment, number) switch
    {
        (true, true) => ErasedPart.Everything,
        (true, false) => ErasedPart.Comment,
        (false, true) => ErasedPart.MatterNumber,
        _ => null,
    };
}

/// <summary>The clock tells a time so far ahead that it may be wrong.</summary>
/// <param name="reached">The newest time that is sure.</param>
/// <param name="now">What the clock tells.</param>
public sealed class ClockAheadException(DateTimeOffset reached, DateTimeOffset now) : Exception(string.Create(
    CultureInfo.InvariantCulture, $"The clock tells {now:yyyy-MM-dd}, and the newest that is known is of {reached:yyyy-MM-dd}."));
