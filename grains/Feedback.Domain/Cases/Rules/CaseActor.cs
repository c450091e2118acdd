using System.Collections.Immutable;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Cases;

/// <summary>What somebody is to a case.</summary>
[Flags]
public enum CaseParty
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Handles cases of its node or of a unit that it was sent to, or owns it.</summary>
    Handler = 1,

    /// <summary>Supervises its node or its lead unit.</summary>
    Supervisor = 2,

    /// <summary>The citizen, who showed the tracking code or the number with the query code.</summary>
    Citizen = 4,

    /// <summary>The city's hotline, which sent the order.</summary>
    City = 8,

    /// <summary>The service itself: due work, imports, routing.</summary>
    System = 16,

    /// <summary>Handles cases of the lead unit, or belongs to it and owns the case: who may say for the unit that the case is theirs, or that it is not.</summary>
    Lead = 32,
}

/// <summary>Who acts on a case, as plain facts.</summary>
/// <param name="Name">As the audit trail names them, such as <c>account:li</c>.</param>
public sealed record CaseActor(string Name)
{
    /// <summary>The citizen of the case.</summary>
    public static readonly CaseActor Citizen = new("citizen") { Outside = CaseParty.Citizen };

    /// <summary>The city's hotline.</summary>
    public static readonly CaseActor City = new("city") { Outside = CaseParty.City };

    /// <summary>The service itself.</summary>
    public static readonly CaseActor System = new("system") { Outside = CaseParty.System };

    private const string MergedCitizen = "citizen:";

    /// <summary>The citizen of a case that was merged into another, on that other one: they say whether it is solved for them, too.</summary>
    /// <param name="merged">Their own case.</param>
    public static CaseActor CitizenOf(CaseId merged) => new(MergedCitizen + merged.Value) { Outside = CaseParty.Citizen };

    /// <summary>Whether a name is that of the citizen of a case that was merged into the one on which they act. Nobody else reads what they say there.</summary>
    public static bool IsOtherCitizen(string name) => name.StartsWith(MergedCitizen, StringComparison.Ordinal);

    /// <summary>What they are when they are nobody of the office; <see cref="CaseParty.None"/> for the office.</summary>
    public CaseParty Outside { get; init; }

    /// <summary>Their own staff code; null for none.</summary>
    public string? Staff { get; init; }

    /// <summary>Where they handle cases.</summary>
    public NodeScope Handles { get; init; } = NodeScope.Nowhere;

    /// <summary>Where they supervise.</summary>
    public NodeScope Supervises { get; init; } = NodeScope.Nowhere;

    /// <summary>The nodes at which they hold any role: whoever holds one at or below a unit belongs to the unit.</summary>
    public ImmutableArray<NodeId> Works { get; init; } = [];

    /// <summary>Whether they belong to the office.</summary>
    public bool IsOffice => Outside == CaseParty.None;

    /// <summary>Whether a case is about them: by their staff code they are complained of, or were rated.</summary>
    public bool IsPersonOf(CaseState state) => IsOffice && Staff is { } staff && state.Persons.Contains(staff);

    /// <summary>What they are to a case on a day.</summary>
    public CaseParty To(CaseState state, OrganisationTree tree, DateOnly day)
    {
        if (!IsOffice)
        {
            var isElsewhere = Outside == CaseParty.City ? state.Intake.Kind != CaseKind.HotlineOrder
                : IsOtherCitizen(Name) && !state.Absorbed.Any(merged => CitizenOf(merged).Name == Name);
            return isElsewhere ? CaseParty.None : Outside;
        }

        IEnumerable<NodeId> places = [state.Intake.Node, state.Lead, .. state.Assisting];
        var handles = state.Owner == Name || places.Any(node => Handles.Covers(tree, node, day));
        var leads = Handles.Covers(tree, state.Lead, day) || (state.Owner == Name && Works.Any(node => tree.IsAtOrBelow(node, state.Lead, day)));
        var supervises = Supervises.Covers(tree, state.Intake.Node, day) || Supervises.Covers(tree, state.Lead, day);
        return (handles ? CaseParty.Handler : CaseParty.None) | (leads ? CaseParty.Lead : CaseParty.None) | (supervises ? CaseParty.Supervisor : CaseParty.None);
    }
}
