using System.Collections.Immutable;
using Feedback.Domain.Organisation;

namespace Feedback.Seeds.Demo;

/// <summary>The demo district as it stands in the journal.</summary>
/// <param name="District">The district's id.</param>
/// <param name="Code">The district's code, which is also its path.</param>
/// <param name="Zone">The zone of all halls in the tz database.</param>
/// <param name="Halls">The halls in their order.</param>
/// <param name="Reasons">Codes of the reasons that forms offer with bad grades.</param>
public sealed record DemoSite(NodeId District, string Code, string Zone, ImmutableArray<DemoHall> Halls, ImmutableArray<string> Reasons)
{
    /// <summary>All windows, hall by hall.</summary>
    public IEnumerable<DemoWindow> Windows => Halls.SelectMany(hall => hall.Windows);
}

/// <summary>A hall of the demo district.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">The code it was opened with.</param>
/// <param name="Windows">Its windows in their order.</param>
public sealed record DemoHall(NodeId Id, string Code, ImmutableArray<DemoWindow> Windows);

/// <summary>A window of the demo district.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">The code it was opened with.</param>
/// <param name="Staff">The code of who sits there.</param>
/// <param name="ServiceItems">Codes of the service items that are handled there.</param>
public sealed record DemoWindow(NodeId Id, string Code, string Staff, ImmutableArray<string> ServiceItems);
