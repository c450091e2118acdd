using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Evaluations;

/// <summary>
/// Reads single evaluations from a window's stream. A page costs its own rows and a search by halves for its ends; only
/// the first look at a window reads its stream once for exclusions.
/// </summary>
public sealed class StoredEvaluations(IJournal journal, IPersonalStore personal, PersonalCipher cipher)
{
    private const int EventsAtOnce = 500;
    private const int MostEventsPerPage = 5000;
    private readonly ExclusionMarks _marks = new(journal);

    /// <summary>A page of a window's evaluations received within a span.</summary>
    public async Task<EvaluationsFound> ListAsync(EvaluationsAsked asked, CancellationToken cancellation = default)
    {
        var stream = StreamName.Window(asked.Window);
        var head = (await journal.HeadsAsync([stream], cancellation))[stream];
        // Versions in [low, high]: times never decrease within a stream, so the span is one stretch of it.
        var low = await journal.FirstAtOrAfterAsync(stream, head, asked.From, cancellation);
        var high = await journal.FirstAtOrAfterAsync(stream, head, asked.To, cancellation) - 1;
        (low, high) = asked.OldestFirst ? (Math.Max(low, (asked.After ?? 0) + 1), high) : (low, Math.Min(high, (asked.After ?? long.MaxValue) - 1));
        var (found, next) = (new List<(long Version, EvaluationAccepted Accepted)>(asked.Limit), (long?)null);
        for (var seen = 0; low <= high && next is null; seen += EventsAtOnce)
        {
            if (seen >= MostEventsPerPage)
            {
                next = asked.OldestFirst ? low - 1 : high + 1;
                break;
            }

            var (first, last) = asked.OldestFirst ? (low, Math.Min(high, low + EventsAtOnce - 1)) : (Math.Max(low, high - EventsAtOnce + 1), high);
            var events = await BetweenAsync(stream, first, last, cancellation);
            foreach (var one in asked.OldestFirst ? events : events.AsEnumerable().Reverse())
            {
                if (found.Count == asked.Limit)
                {
                    next = found[^1].Version;
                    break;
                }

                found.Add(one);
            }

            (low, high) = asked.OldestFirst ? (last + 1, high) : (low, first - 1);
        }

        return new EvaluationsFound(await OpenAsync(stream, found, cancellation), next);
    }

    /// <summary>One evaluation; null when there is none at that version.</summary>
    public async Task<StoredEvaluation?> FindAsync(NodeId window, long version, CancellationToken cancellation = default)
    {
        var stream = StreamName.Window(window);
        if (version < 1 || await journal.FindAsync(stream, version, cancellation) is not { } at)
            return null;
        var happened = EventText.Read(at.Row).First(one => one.Version == version).Happened;
        return happened is EvaluationAccepted accepted ? (await OpenAsync(stream, [(version, accepted)], cancellation))[0] : null;
    }

    private async Task<List<(long Version, EvaluationAccepted Accepted)>> BetweenAsync(StreamName stream, long first, long last, CancellationToken cancellation)
    {
        var found = new List<(long, EvaluationAccepted)>();
        await foreach (var row in journal.RowsAsync(stream, first - 1, cancellation))
        {
            if (row.Version > last)
                break;
            foreach (var (version, happened) in EventText.Read(row))
            {
                if (version >= first && version <= last && happened is EvaluationAccepted accepted)
                    found.Add((version, accepted));
            }

            if (row.LastVersion >= last)
                break;
        }

        return found;
    }

    /// <summary>Evaluations of a window's stream that somebody else read, with their texts opened.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="found">The evaluations with their versions.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <param name="marks">The versions that are excluded; null where that is looked up: the first look at a window reads all of its stream.</param>
    internal async Task<IReadOnlyList<StoredEvaluation>> OpenAsync(
        StreamName stream, IReadOnlyList<(long Version, EvaluationAccepted Accepted)> found, CancellationToken cancellation,
        IReadOnlySet<long>? marks = null)
    {
        if (found.Count == 0)
            return [];
        var excluded = marks ?? await _marks.OfAsync(stream, cancellation);
        var texts = new OpenedTexts(cipher, await personal.FindAsync(
            [.. found.SelectMany(one => new[] { one.Accepted.Comment?.Ref, one.Accepted.Matter?.Ref }).OfType<Opaque>()], cancellation));
        return [.. found.Select(one => new StoredEvaluation(
            one.Version, one.Accepted, excluded.Contains(one.Version), texts.Open(one.Accepted.Comment?.Ref), texts.Open(one.Accepted.Matter?.Ref)))];
    }
}
