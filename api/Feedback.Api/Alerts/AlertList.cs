using Feedback.Api.Access;
using Feedback.Api.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Supervision;
using Feedback.Grains.Organisation;
using Feedback.Grains.Supervision;

namespace Feedback.Api.Alerts;

/// <summary>An alert that a reader may see.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Told">What happened.</param>
/// <param name="Place">Where, as far as the reader sees it: the window, or the node or unit of the case.</param>
public sealed record SeenAlert(long Version, SupervisionEvent Told, Node Place);

/// <summary>Finds the alerts of places that a reader sees.</summary>
public sealed class AlertList(IBureau bureau, ISupervision supervision)
{
    private const int MostSeenPerPage = 2000;

    /// <summary>A page of alerts, newest first, and where the next one goes on; null after the last. A page may be short and still have a next one.</summary>
    /// <param name="view">What the reader sees.</param>
    /// <param name="after">The version after which the page begins, going back; null for the newest.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async Task<(IReadOnlyList<SeenAlert> Alerts, long? Next)> FindAsync(ReaderView view, long? after, int limit, CancellationToken cancellation)
    {
        var (alerts, before, next) = (new List<SeenAlert>(limit), after, (long?)null);
        for (var seen = 0; next is null; seen += EvaluationQuery.MostOnPage)
        {
            var read = await supervision.NewestAsync(before, EvaluationQuery.MostOnPage, cancellation);
            foreach (var (version, told) in read)
            {
                if (PlacesOf(told).Select(id => bureau.Current.Tree.Find(id)).FirstOrDefault(node => node is not null && view.Sees(node)) is not { } place)
                    continue;
                if (alerts.Count == limit)
                {
                    next = alerts[^1].Version;
                    break;
                }

                alerts.Add(new SeenAlert(version, told, place));
            }

            if (read.Count == 0 || read[^1].Version == 1)
                break;
            before = read[^1].Version;
            if (seen >= MostSeenPerPage)
                next ??= before;
        }

        return (alerts, next);
    }

    private static IEnumerable<NodeId> PlacesOf(SupervisionEvent told) => told switch
    {
        IdentityUnmasked e => [e.Window],
        ContactTold e => [e.Node, e.Lead],
        _ => [],
    };
}
