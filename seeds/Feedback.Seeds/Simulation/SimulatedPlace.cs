using System.Collections.Immutable;
using Feedback.Seeds.Demo;

namespace Feedback.Seeds.Simulation;

/// <summary>A window as a simulation plays it.</summary>
/// <param name="Id">The window's id or path.</param>
/// <param name="Staff">The code of who sits there; null when it is not told.</param>
/// <param name="ServiceItems">Codes of the service items handled there; none are told when empty.</param>
/// <param name="Temper">How people judge it.</param>
public sealed record SimulatedWindow(string Id, string? Staff, ImmutableArray<string> ServiceItems, WindowTemper Temper);

/// <summary>The place of a simulation.</summary>
/// <param name="Windows">Its windows, at least one.</param>
/// <param name="Reasons">Codes of the reasons that forms offer with bad grades; may be empty.</param>
public sealed record SimulatedPlace(ImmutableArray<SimulatedWindow> Windows, ImmutableArray<string> Reasons)
{
    /// <summary>The demo district with its tempers of today.</summary>
    public static SimulatedPlace Of(DemoSite site) => new(
        [
            .. site.Halls.SelectMany((hall, h) => hall.Windows.Select((window, w) =>
                new SimulatedWindow(window.Id.Value, window.Staff, window.ServiceItems, WindowTemper.At(h, w)))),
        ],
        site.Reasons);

    /// <summary>Windows of which nothing is known but where they are. They are judged differently, in turn.</summary>
    public static SimulatedPlace Of(IEnumerable<string> windows) => new(
        [.. windows.Select((window, i) => new SimulatedWindow(window, null, [], WindowTemper.At(i / 8 % 3, i % 8)))], []);

    /// <summary>The same place, with every window judged alike.</summary>
    /// <param name="weights">How often grades 5, 4, 3, 2 and 1 are given, in proportion to each other.</param>
    public SimulatedPlace With(ImmutableArray<int> weights) =>
        this with { Windows = [.. Windows.Select(window => window with { Temper = new WindowTemper(weights, window.Temper.RatedPerMille) })] };
}
