using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Evaluations;

/// <summary>
/// Which evaluations of a window are excluded. An exclusion may come years after the evaluation, so each stream is looked
/// through once; from then on only what is new.
/// </summary>
internal sealed class ExclusionMarks(IJournal journal)
{
    private const int MostStreams = 1000;
    private readonly Lock _keeping = new();
    private readonly Dictionary<StreamName, (long Through, Digest Digest, ImmutableHashSet<long> Excluded)> _known = [];

    /// <summary>The versions that are excluded now.</summary>
    public async Task<ImmutableHashSet<long>> OfAsync(StreamName stream, CancellationToken cancellation)
    {
        var (through, digest, excluded) = await KnownAsync(stream, cancellation);
        await foreach (var row in journal.RowsAsync(stream, through, cancellation))
        {
            if (MayHold(row))
                excluded = EventText.Read(row).Aggregate(excluded, Fold);
            (through, digest) = (row.LastVersion, row.Digest);
        }

        lock (_keeping)
        {
            if (_known.Count >= MostStreams && !_known.ContainsKey(stream))
                _known.Clear();
            _known[stream] = (through, digest, excluded);
        }

        return excluded;
    }

    // A database that was restored may go on otherwise: what is known holds only while the stream still leads through it.
    private async Task<(long Through, Digest Digest, ImmutableHashSet<long> Excluded)> KnownAsync(StreamName stream, CancellationToken cancellation)
    {
        (long Through, Digest Digest, ImmutableHashSet<long> Excluded) known;
        lock (_keeping)
        {
            if (!_known.TryGetValue(stream, out known))
                return (0, default, []);
        }

        return await journal.FindAsync(stream, known.Through, cancellation) is { } at && at.Row.LastVersion == known.Through && at.Row.Digest == known.Digest
            ? known
            : (0, default, []);
    }

    // Their kinds' names stand in the bytes; reading every event of a long stream would take a hundred times as long.
    private static bool MayHold(JournalRow row) =>
        row.Events.Span.IndexOf("evaluation.excluded"u8) >= 0 || row.Events.Span.IndexOf("evaluation.reinstated"u8) >= 0;

    private static ImmutableHashSet<long> Fold(ImmutableHashSet<long> excluded, (long, JournalEvent Happened) one) => one.Happened switch
    {
        EvaluationExcluded e => excluded.Add(e.Evaluation),
        EvaluationReinstated e => excluded.Remove(e.Evaluation),
        _ => excluded,
    };
}
