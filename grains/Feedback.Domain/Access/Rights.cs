using System.Collections.Frozen;
using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Access;

/// <summary>A role at a node.</summary>
/// <param name="Role">The role.</param>
/// <param name="At">The node at or below which it is good; null for the whole bureau.</param>
public readonly record struct Grant(Role Role, NodeId? At);

/// <summary>The one table of who may do what. What is not in it nobody may.</summary>
public static class Rights
{
    /// <summary>What a terminal may do, within the scope of its key.</summary>
    public static readonly ImmutableArray<Permission> OfTerminals =
        [Permission.PushEvents, Permission.SignStaffIn, Permission.Invite, Permission.RenewKey];

    /// <summary>What a token may be issued for: reading, handing on what citizens and the city send, and nothing that a person must answer for.</summary>
    public static readonly ImmutableArray<Permission> OfTokens =
        [Permission.ReadReleased, Permission.ReadFigures, Permission.ReadEvaluations, Permission.FileCases, Permission.ReadCases, Permission.SendOrders];

    // Whoever receives a matter owns it, at a window, too; which cases somebody sees and what they may do with one is told by the case.
    private static readonly ImmutableArray<Permission> Cases = [Permission.FileCases, Permission.ReadCases, Permission.WorkCases];

    private static readonly FrozenDictionary<Role, ImmutableArray<Permission>> OfRoles = new Dictionary<Role, ImmutableArray<Permission>>
    {
        [Role.WindowStaff] = [Permission.ReadReleased, .. Cases],
        [Role.HallManager] = [Permission.ReadReleased, Permission.ReadFigures, Permission.ReadEvaluations, Permission.ReadPolicies, Permission.KeyForms, Permission.TellMatters, .. Cases],
        [Role.DistrictManager] = [Permission.ReadReleased, Permission.ReadFigures, Permission.ReadEvaluations, Permission.ReadPolicies, Permission.KeyForms, Permission.TellMatters, .. Cases],
        [Role.CaseOfficer] =
        [
            Permission.ReadReleased, Permission.ReadFigures, Permission.ReadEvaluations, Permission.ReadComments, Permission.Unmask, Permission.ReadPolicies, Permission.KeyForms, .. Cases,
        ],
        [Role.Supervisor] =
        [
            Permission.ReadReleased, Permission.ReadFigures, Permission.ReadEvaluations, Permission.Exclude, Permission.ReadAlerts, Permission.ReadPolicies, Permission.KeyForms, .. Cases,
        ],
        [Role.Publisher] = [Permission.ReadReleased, Permission.Publish],
        [Role.SystemAdministrator] = [Permission.ManageRegisters, Permission.SeeCluster, Permission.ReadPolicies, Permission.ManagePolicies, Permission.TellHotlineFigures],
        [Role.SecurityAdministrator] = [Permission.ManageAccounts, Permission.ManageKeys, Permission.ManagePersonal],
        [Role.AuditAdministrator] = [Permission.ReadAudit],
    }.ToFrozenDictionary();

    private static readonly ImmutableArray<Role> ApartFromEachOther = [Role.SystemAdministrator, Role.SecurityAdministrator, Role.AuditAdministrator];

    /// <summary>What a role may do.</summary>
    public static ImmutableArray<Permission> Of(Role role) => OfRoles[role];

    /// <summary>
    /// What a token may do that was issued for some permissions: whoever sends the city's orders also tells the city's figures of them, and
    /// whoever files cases for another system also tells its matters.
    /// </summary>
    public static ImmutableArray<Permission> OfToken(IEnumerable<Permission> issuedFor) =>
        [.. issuedFor.SelectMany<Permission, Permission>(one => one switch
        {
            Permission.SendOrders => [one, Permission.TellHotlineFigures],
            Permission.FileCases => [one, Permission.TellMatters],
            _ => [one],
        })];

    /// <summary>Whether a role needs a second factor to sign in: every one but a window clerk.</summary>
    public static bool NeedsSecondFactor(Role role) => role is not Role.WindowStaff;

    /// <summary>Why one account may not have these grants; null when it may.</summary>
    public static Refusal? Refused(IReadOnlyCollection<Grant> grants)
    {
        var administrators = grants.Select(grant => grant.Role).Intersect(ApartFromEachOther).ToList();
        if (administrators.Count > 1)
            return new Refusal("roles-apart", "roles", string.Join(", ", administrators.Select(role => role.Word())));
        return null;
    }

    /// <summary>Where somebody with these grants may do something.</summary>
    public static NodeScope ScopeOf(IEnumerable<Grant> grants, Permission permission) =>
        NodeScope.Of(grants.Where(grant => permission == Permission.OwnAccount || Of(grant.Role).Contains(permission)).Select(grant => grant.At));
}
