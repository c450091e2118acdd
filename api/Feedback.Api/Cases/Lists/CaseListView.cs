using Feedback.Api.Access;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Cases;

namespace Feedback.Api.Cases;

/// <summary>A page of cases.</summary>
/// <param name="Order">newest or due.</param>
/// <param name="Counts">How many of the filter's cases are at each stage, whatever the stages asked for; null where texts were searched.</param>
/// <param name="Cases">The cases.</param>
/// <param name="Searched">How many cases' texts were looked through; null where none were.</param>
/// <param name="More">Whether there are more cases behind these, or whose texts were not looked through yet.</param>
/// <param name="Next">Send it as <c>after</c> for the next page; null after the last. A page of a search may be short or empty and still have a next one.</param>
public sealed record CaseListView(
    string Order, IReadOnlyDictionary<string, long>? Counts, IReadOnlyList<CaseRowView> Cases, int? Searched, bool More, string? Next);

/// <summary>A case in a list; no text of it.</summary>
/// <param name="Id">Its immutable id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Number">Its readable number.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Node">The node that it concerns.</param>
/// <param name="Lead">The unit that handles it.</param>
/// <param name="Assisting">Units that help.</param>
/// <param name="Owner">The account that answers for it; null for none yet.</param>
/// <param name="Category">The code of its category; null for none yet.</param>
/// <param name="External">Where it came from; null when it came in here.</param>
/// <param name="OpenedAt">When it was received.</param>
/// <param name="Day">The local day of that.</param>
/// <param name="ClosedAt">When it was closed or merged; null while it is open, and while the citizen of a merged case has no answer yet.</param>
/// <param name="DueAt">The next deadline; null where none runs, or it is pending.</param>
/// <param name="DueClock">That clock's word.</param>
/// <param name="Overdue">Whether a clock passed its deadline and still runs.</param>
/// <param name="Supervised">Whether supervision watches over it.</param>
/// <param name="ToSupervise">Whether supervision should look at it: a clock passed its deadline, or it was urged or put under supervision and not answered since.</param>
/// <param name="ToCallBack">Whether a call back is to be made.</param>
/// <param name="MergedInto">The case as which it goes on; null for others.</param>
public sealed record CaseRowView(
    string Id, long Version, string Number, string Kind, string Channel, string Stage, NodeLabel? Node, NodeLabel? Lead, IReadOnlyList<NodeLabel> Assisting,
    string? Owner, string? Category, ExternalView? External, DateTimeOffset OpenedAt, DateOnly Day, DateTimeOffset? ClosedAt, DateTimeOffset? DueAt, string? DueClock,
    bool Overdue, bool Supervised, bool ToSupervise, bool ToCallBack, string? MergedInto)
{
    internal static CaseRowView Of(CaseRow row, ReaderView view) => new(
        row.Id.Value, row.Version, row.Number, row.Kind.Word(), row.Channel.Word(), row.Stage.Word(), CaseView.LabelOf(row.Node, view), CaseView.LabelOf(row.Lead, view),
        [.. row.Assisting.Nodes.Select(node => CaseView.LabelOf(node, view)).OfType<NodeLabel>()],
        CaseView.NameOf(row.Owner), row.Category, row.External is { } external ? new ExternalView(external.Source, external.Number) : null,
        DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt), row.Day, At(row.ClosedAt), At(row.DueAt), row.DueClock, row.Overdue, row.Supervised, row.ToSupervise, row.ToCallBack,
        row.MergedInto?.Value);

    private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
