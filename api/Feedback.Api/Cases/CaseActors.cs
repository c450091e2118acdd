using System.Collections.Immutable;
using Feedback.Api.Access;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;

namespace Feedback.Api.Cases;

/// <summary>Who acts on cases, as the rules ask for them.</summary>
public static class CaseActors
{
    private static readonly ImmutableArray<Role> Handling = [Role.CaseOfficer, Role.HallManager, Role.DistrictManager];

    /// <summary>The one who makes a request: somebody of the office; the city, for a token that may send its orders; for any other token, whoever brings what a citizen said.</summary>
    public static CaseActor Of(Caller caller) =>
        caller.Account is { } account ? Of(account)
        : !caller.ScopeOf(Permission.SendOrders).IsNowhere ? new CaseActor(caller.Name) { Outside = CaseParty.City }
        : new CaseActor(caller.Name) { Outside = CaseParty.Citizen };

    /// <summary>Somebody of the office.</summary>
    public static CaseActor Of(Account account) => new("account:" + account.Name)
    {
        Staff = account.Staff,
        Handles = NodeScope.Of(account.Grants.Where(grant => Handling.Contains(grant.Role)).Select(grant => grant.At)),
        Supervises = NodeScope.Of(account.Grants.Where(grant => grant.Role == Role.Supervisor).Select(grant => grant.At)),
        Works = [.. account.Grants.Select(grant => grant.At).OfType<NodeId>().Distinct()],
    };
}
