using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Api.Matters.Services;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Catalogue;
using Feedback.Domain.ServiceMatters;

namespace Feedback.Api.Matters.Lists;

/// <summary>A page of a list of service matters.</summary>
/// <param name="Counts">How many matters of the list there are at each stage, whatever stage was asked for.</param>
/// <param name="Matters">The matters; those accepted last come first.</param>
/// <param name="More">Whether there are more behind these.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null after the last.</param>
public sealed record MatterListView(IReadOnlyDictionary<string, long> Counts, IReadOnlyList<MatterRowView> Matters, bool More, string? Next);

/// <summary>A service matter in a list.</summary>
/// <param name="Id">Its immutable id.</param>
/// <param name="Version">Its version.</param>
/// <param name="AcceptanceNumber">The number on the acceptance notice.</param>
/// <param name="Node">The node that took it.</param>
/// <param name="ServiceItem">The service item.</param>
/// <param name="Stage">open, completed or withdrawn.</param>
/// <param name="Online">Whether it was applied for online.</param>
/// <param name="Visits">Visits as the two-visit rule counts them.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="LastAt">When something happened to it last.</param>
/// <param name="Limit">How long it may take, or null.</param>
/// <param name="Deadline">Until when it must be completed; null without a limit, while documents are waited for, where it is pending, and at the end.</param>
/// <param name="Pending">Whether its deadline is pending: it lies in a year whose holidays are not announced yet.</param>
/// <param name="Broken">Whether the two-visit rule was broken.</param>
/// <param name="Overdue">Whether its deadline was found to have passed before it was completed.</param>
public sealed record MatterRowView(
    string Id, long Version, string AcceptanceNumber, NodeLabel? Node, ServiceItemLabel ServiceItem, string Stage, bool Online, int Visits, DateTimeOffset AcceptedAt,
    DateTimeOffset LastAt, string? Limit, DateTimeOffset? Deadline, bool Pending, bool Broken, bool Overdue)
{
    internal static MatterRowView Of(MatterRow row, ReaderView view, ServiceCatalogue catalogue)
    {
        var item = catalogue.ServiceItems.GetValueOrDefault(row.Item);
        return new(
            row.Id.Value, row.Version, row.Number, CaseView.LabelOf(row.Node, view), new ServiceItemLabel(row.Item, item?.Zh ?? row.Item, item?.En ?? row.Item),
            row.Stage.Word(), row.Online, row.Visits, Time(row.OpenedAt), Time(row.LastAt), row.Limit, row.DueAt is { } due ? Time(due) : null, row.Pending, row.Broken, row.Overdue);
    }

    private static DateTimeOffset Time(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);
}
