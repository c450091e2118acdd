using Feedback.Grains.Days;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Verification;

/// <summary>Makes everything derived anew from the journal. No window and no case may be active meanwhile.</summary>
public sealed class Rebuild(IJournal journal, IDerivedTables derived, IBureau bureau, TimeProvider clock)
{
    /// <summary>Empties the derived tables and fills them again. Where it stops half-way no server starts until another one is through.</summary>
    /// <param name="progress">Told after each stream.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="areEmpty">True where no day is stored yet, as after a restore: nothing is emptied first, and what is known of late identities stays.</param>
    /// <param name="beforeDone">Throws where what was made must not be relied on; null where nothing can have come in between.</param>
    /// <returns>How many events were folded and how many days written.</returns>
    /// <exception cref="InvalidDataException">A stream cannot be read to its end; run <c>verify</c>, which says why.</exception>
    public async Task<(long Events, long Days)> RunAsync(IProgress<StreamProgress>? progress, CancellationToken cancellation = default, bool areEmpty = false, Func<Task>? beforeDone = null)
    {
        var tree = (await bureau.RefreshAsync()).Tree;
        if (!areEmpty)
        {
            await RefuseDamageAsync(cancellation);
            await derived.ClearAsync(cancellation);
        }

        var streams = await journal.StreamsAsync(cancellation);
        long events = 0, days = 0;
        var cases = new CaseRebuild(journal, await bureau.RefreshAsync(), clock.GetUtcNow().ToUnixTimeMilliseconds());
        for (var i = 0; i < streams.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (streams[i].AsWindow is { } window)
            {
                var findings = new List<Finding>();
                var check = new StreamCheck(journal, streams[i], findings, attested: []);
                var recount = new WindowRecount(window, tree, journal);
                await foreach (var (version, at, happened) in check.ReadAsync())
                    await recount.ApplyAsync(version, at, happened);
                if (findings.Count > 0)
                    throw new InvalidDataException($"{findings[0].Place}: {findings[0].What}. Run verify first.");
                days += await WriteAsync(recount);
                events += check.Events;
            }

            if (streams[i].AsCase is { } id)
                events += await cases.AddAsync(id, streams[i]);
            if (streams[i].AsMatter is { } matter)
                events += await cases.AddAsync(matter, streams[i]);
            progress?.Report(new StreamProgress(i + 1, streams.Count, events));
        }

        await cases.FinishAsync();
        if (beforeDone is not null)
            await beforeDone();
        await derived.CompleteAsync(cancellation);
        return (events, days);
    }

    // Nothing is emptied that cannot be filled again: no server would start on it, and no other rebuild would get any further.
    private async Task RefuseDamageAsync(CancellationToken cancellation)
    {
        foreach (var stream in (await journal.StreamsAsync(cancellation)).Where(stream => (stream.AsWindow, stream.AsCase, stream.AsMatter) is not (null, null, null)))
        {
            cancellation.ThrowIfCancellationRequested();
            var findings = new List<Finding>();
            await new StreamCheck(journal, stream, findings, attested: []).RunAsync();
            if (findings.Count > 0)
                throw new InvalidDataException($"{findings[0].Place}: {findings[0].What}. Nothing was changed. Run verify first.");
        }
    }

    private async Task<long> WriteAsync(WindowRecount recount)
    {
        // Days and their completeness are one fact: a day stored without it would be folded into once more.
        var all = recount.Days().ToList();
        await journal.WriteAsync(new JournalUnit
        {
            Days = all,
            DaysThrough = new DaysThrough(recount.Window, recount.Version),
            LateIds = [.. recount.Late.Select(late => new LateId(late.Identity, late.Version))],
        });
        return all.Count;
    }
}
