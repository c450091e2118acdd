using Feedback.Api.Satisfaction;
using Feedback.Grains.Boxes;

namespace Feedback.Api.Boxes;

/// <summary>An opening of a suggestion box as it is told.</summary>
/// <param name="Node">The id or path of the node where the box hangs.</param>
/// <param name="OpenedAt">When it was opened: RFC 3339 with an offset.</param>
/// <param name="Found">How many papers were in it, 0 to 10,000.</param>
/// <param name="With">The name of the account of the second person who was there; null where none is named.</param>
public sealed record BoxOpeningBody(string Node, DateTimeOffset OpenedAt, int Found, string? With = null);

/// <summary>An opening of a suggestion box.</summary>
/// <param name="Version">Its version in the box's stream.</param>
/// <param name="At">When it was opened.</param>
/// <param name="Found">How many papers were in it.</param>
/// <param name="Filed">Cases that were filed with the channel box from then on, until the next opening.</param>
/// <param name="By">Who says so.</param>
/// <param name="With">The second person who was there; null where none was named.</param>
public sealed record BoxOpeningView(long Version, DateTimeOffset At, int Found, long Filed, string By, string? With)
{
    internal static BoxOpeningView Of(BoxOpening one) =>
        new(one.Version, DateTimeOffset.FromUnixTimeMilliseconds(one.Opened.At), one.Opened.Found, one.Filed, one.Opened.By, one.Opened.With);
}

/// <summary>The openings of a box, the last one first.</summary>
/// <param name="Node">The node.</param>
/// <param name="Openings">The openings; where found and filed differ, papers are not keyed in yet, or were keyed in twice.</param>
public sealed record BoxOpeningList(NodeLabel Node, IReadOnlyList<BoxOpeningView> Openings);
