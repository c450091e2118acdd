using Feedback.Domain.Journal;
using Feedback.Grains.Days;
using Feedback.Grains.Journal;
using Feedback.Grains.Verification;
using Feedback.Storage.Copies;

namespace Feedback.Silo.Copies;

/// <summary>Compares a site that was moved with the one that it was moved from: every stream's end, and every stored day.</summary>
internal static class SameFigures
{
    /// <summary>What differs; empty when nothing does.</summary>
    /// <param name="heads">Where the streams ended that were copied.</param>
    /// <param name="from">The services of the site before.</param>
    /// <param name="to">The services of the site that it became.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static async Task<IReadOnlyList<Finding>> FindAsync(
        IReadOnlyList<CopiedHead> heads, IServiceProvider from, IServiceProvider to, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        var tails = (await to.GetRequiredService<IJournal>().TailsAsync(cancellation)).ToDictionary(one => one.Stream.Value, one => one.Tail);
        var (before, after) = (from.GetRequiredService<IDayStore>(), to.GetRequiredService<IDayStore>());
        foreach (var head in heads.Where(head => head.Version > 0))
        {
            if (!tails.TryGetValue(head.Stream, out var tail) || tail.Version < head.Version || (tail.Version == head.Version && tail.Digest.ToString() != head.Digest))
                findings.Add(new Finding(head.Stream, "does not end as it did before"));
            if (new StreamName(head.Stream).AsWindow is not { } window)
                continue;
            // A server that was killed had not written all days yet; those that it had not are only in the recount.
            if ((await before.ThroughAsync([window], cancellation))[window] != head.Version)
                continue;
            var stored = await before.OfWindowAsync(window, DateOnly.MinValue, DateOnly.MaxValue, cancellation);
            var made = (await after.OfWindowAsync(window, DateOnly.MinValue, DateOnly.MaxValue, cancellation)).ToDictionary(day => day.Day);
            if (stored.Count != made.Count || stored.Any(day => !made.TryGetValue(day.Day, out var same) || !same.Tally.Equals(day.Tally)))
                findings.Add(new Finding(head.Stream, "counts otherwise than before"));
        }

        return findings;
    }
}
