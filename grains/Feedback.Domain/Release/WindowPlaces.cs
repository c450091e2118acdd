using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Release;

/// <summary>On which local day of a window something came in, and where the window stood on it.</summary>
/// <param name="window">The window.</param>
/// <param name="tree">The organisation as it is known now. Zones never change, and moves are never back-dated.</param>
public sealed class WindowPlaces(NodeId window, Func<OrganisationTree> tree)
{
    /// <summary>The local day on which an evaluation came in; its own day where the window is not in the organisation.</summary>
    public DateOnly ArrivalOf(Admission admission) =>
        tree().Find(window) is { } known ? known.Zone.LocalTime(admission.ReceivedAt).Day : admission.Day;

    /// <summary>The hall and the direct parent of the window on a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="admission">An admission at the window: it tells of its own day what was so when it was admitted.</param>
    public (NodeId Hall, NodeId Parent) On(DateOnly day, Admission admission)
    {
        var now = tree();
        return admission.Day == day || now.Find(window)?.ParentOn(day) is not { } parent
            ? (admission.Hall, admission.Parent)
            : (now.HallOf(window, day).Id, parent);
    }
}
