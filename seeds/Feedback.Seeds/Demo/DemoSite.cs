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

    /// <summary>The demo district where its nodes are known by their paths only, as to a client of the API.</summary>
    /// <param name="find">The id of the node with a path, or null.</param>
    /// <returns>The district; null where it is not, or not as it was set up.</returns>
    public static DemoSite? At(Func<string, NodeId?> find)
    {
        var halls = DemoPlan.Halls.Select((hall, h) => HallAt(find, hall, h + 1)).ToList();
        return find(DemoPlan.Code) is { } district && halls.TrueForAll(hall => hall is not null)
            ? new DemoSite(district, DemoPlan.Code, DemoPlan.Zone, [.. halls.OfType<DemoHall>()], [.. DemoPlan.Reasons.Select(reason => reason.Code)])
            : null;
    }

    private static DemoHall? HallAt(Func<string, NodeId?> find, HallPlan plan, int number)
    {
        var (code, path) = (DemoPlan.HallCode(number), $"{DemoPlan.Code}/{DemoPlan.HallCode(number)}");
        var windows = plan.Windows.Select((window, i) => find($"{path}/{DemoPlan.WindowCode(i + 1)}") is { } id
            ? new DemoWindow(id, DemoPlan.WindowCode(i + 1), DemoPlan.StaffCode(number, i + 1), [.. window.ServiceItems])
            : null).ToList();
        return find(path) is { } hall && windows.TrueForAll(window => window is not null)
            ? new DemoHall(hall, code, [.. windows.OfType<DemoWindow>()])
            : null;
    }
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
