using System.Collections.Immutable;
using System.Security.Cryptography;
using Feedback.Domain.Journal;
using Feedback.Domain.Platform;
using Feedback.Grains.Journal;
using Feedback.Grains.Notices;

namespace Feedback.Grains.Platform;

/// <summary>Decides what the next batch is made of, and stores it before anything of it is sent.</summary>
internal sealed class PlatformPlan(PlatformSettings settings, IPlatformStore store, IJournal journal, TimeProvider clock)
{
    /// <summary>What the streams of windows begin with.</summary>
    public const string Windows = "window:";

    /// <summary>What the streams of service matters begin with.</summary>
    public const string Matters = "matter:";

    /// <summary>How often it is looked which service matters went on: each has a stream of its own, and there may be a million.</summary>
    public static readonly TimeSpan MattersPeriod = TimeSpan.FromMinutes(5);

    /// <summary>
    /// For so long a batch is left alone of which this silo does not map everything: by then silos that are restarted one after the other
    /// have the same file, and what is missing in it is meant to be.
    /// </summary>
    public static readonly TimeSpan KindsPatience = TimeSpan.FromHours(1);

    // A day counts what its device dates at most so much ahead, and zones differ by less than a day.
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1.5);

    private string _window = "", _matter = "";
    private DateTimeOffset _mattersAt;
    private (string Batch, DateTimeOffset Since) _unmapped;

    /// <summary>The batch under way, or else a new one; null when nothing is to be sent.</summary>
    /// <exception cref="DeliveryException">The batch under way has what this silo does not map: ended here, it would count as reported unsent.</exception>
    public async Task<PlatformBatch?> NextAsync(CancellationToken cancellation)
    {
        if (await store.UnderWayAsync(cancellation) is { } underWay)
        {
            var isMapped = underWay.Parts.All(IsMapped);
            if (underWay.Size <= settings.BatchSize && isMapped)
                return underWay;
            if (!isMapped && !IsGivenUp(underWay))
                throw new DeliveryException("the batch under way has kinds that this silo's file does not map");
            // The operator wants smaller ones, or less: it is forgotten, and nothing of it was reported.
            await journal.WriteAsync(new JournalUnit { Platform = new PlatformChange { Batch = underWay.Id, End = new BatchEnd(Now, 0, 0) } });
        }

        var parts = await PartsAsync(cancellation);
        if (parts.IsEmpty)
            return null;
        var batch = new PlatformBatch(Opaque.TimeOrdered(Now, RandomNumberGenerator.GetBytes(10)).ToString(), parts, Now);
        await journal.WriteAsync(new JournalUnit { Platform = new PlatformChange { Begin = batch } });
        // Another activation may have been first.
        return await store.UnderWayAsync(cancellation);
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private bool IsMapped(BatchPart part) =>
        part.Kinds is not { } kinds || kinds.Split(' ').All(word => PlatformKinds.Of(word) is { } kind && settings.Mappings.ContainsKey(kind));

    private bool IsGivenUp(PlatformBatch batch)
    {
        if (_unmapped.Batch != batch.Id)
            _unmapped = (batch.Id, clock.GetUtcNow());
        return clock.GetUtcNow() - _unmapped.Since >= KindsPatience;
    }

    private string Mapped(params ReadOnlySpan<PlatformKind> kinds)
    {
        var mapped = new List<string>();
        foreach (var kind in kinds)
        {
            if (settings.Mappings.ContainsKey(kind))
                mapped.Add(kind.Word());
        }

        return string.Join(' ', mapped);
    }

    private async Task<ImmutableArray<BatchPart>> PartsAsync(CancellationToken cancellation)
    {
        // What people mended goes first. What is not mapped any more waits until it is.
        var again = (await store.ListRejectedAsync(again: true, settings.BatchSize, cancellation)).Where(item => settings.Mappings.ContainsKey(item.Kind)).ToList();
        if (again.Count > 0)
            return [.. again.Select(item => new BatchPart(item.Stream, item.Version - 1, item.Version, Again: item.Id, Kinds: Mapped(item.Kind)))];
        if (settings.Mappings.ContainsKey(PlatformKind.Evaluations) || settings.Mappings.ContainsKey(PlatformKind.Finished))
        {
            // Round and round, so that no window waits for ever behind busier ones.
            var parts = await BehindAsync(Windows, _window, cancellation);
            if (parts.IsEmpty && _window.Length > 0)
                parts = await BehindAsync(Windows, "", cancellation);
            _window = parts.IsEmpty ? "" : parts[^1].Stream;
            if (!parts.IsEmpty)
                return parts;
        }

        if (!settings.Mappings.ContainsKey(PlatformKind.Matters) || clock.GetUtcNow() < _mattersAt)
            return [];
        var matters = await BehindAsync(Matters, _matter, cancellation);
        (_matter, _mattersAt) = matters.IsEmpty ? ("", clock.GetUtcNow() + MattersPeriod) : (matters[^1].Stream, _mattersAt);
        return matters;
    }

    private async Task<ImmutableArray<BatchPart>> BehindAsync(string prefix, string after, CancellationToken cancellation)
    {
        var (parts, left) = (ImmutableArray.CreateBuilder<BatchPart>(), (long)settings.BatchSize);
        foreach (var behind in await store.BehindAsync(prefix, after, settings.BatchSize, cancellation))
        {
            // A service matter is one item, however often it went on.
            if (prefix == Matters)
            {
                parts.Add(new BatchPart(behind.Stream, behind.Reported ?? 0, behind.Head, Kinds: Mapped(PlatformKind.Matters)));
                continue;
            }

            var from = behind.Reported ?? await FirstAsync(new StreamName(behind.Stream), behind.Head, cancellation);
            var through = Math.Min(behind.Head, from + left);
            parts.Add(new BatchPart(behind.Stream, from, through, Kinds: Mapped(PlatformKind.Evaluations, PlatformKind.Finished)));
            left -= through - from;
            if (left == 0)
                break;
        }

        return parts.ToImmutable();
    }

    // What was stored long before the first day that is reported is not looked through.
    private async Task<long> FirstAsync(StreamName stream, long head, CancellationToken cancellation) =>
        await journal.FirstAtOrAfterAsync(stream, head, settings.Zone.StartOf(settings.From) - (long)Slack.TotalMilliseconds, cancellation) - 1;
}
