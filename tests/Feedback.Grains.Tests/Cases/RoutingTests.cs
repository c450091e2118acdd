using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Audit;
using Feedback.Grains.Policies;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>To whom a case goes first, and who helps.</summary>
public sealed class RoutingTests
{
    [Fact]
    public async Task A_case_is_opened_at_the_lead_unit_of_its_route_with_the_units_that_help()
    {
        await using var site = await CaseSite.OpenAsync();
        await RouteAsync(site, """{"routes":[{"category":"service","lead":"n5","assisting":["n4","n3"]}]}""");

        // "attitude" lies below "service".
        var routed = await site.OpenCaseAsync();
        var other = await site.OpenCaseAsync(Complaint() with { Category = "fees" });
        var plain = await site.OpenCaseAsync(Complaint() with { Category = "disclosure" });

        var state = await site.StateAsync(routed);
        Assert.Equal((Places.OtherHall, "n3 n4"), (state.Lead, string.Join(' ', state.Assisting)));
        Assert.Equal("n3 n4", string.Join(' ', (await site.Rows.FindAsync(routed))!.Assisting.Nodes));
        Assert.Equal(Places.OtherHall, (await site.StateAsync(other)).Lead);
        Assert.Equal((Places.Hall, 0), ((await site.StateAsync(plain)).Lead, (await site.StateAsync(plain)).Assisting.Length));
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Who_sends_it_on_says_anew_who_helps()
    {
        await using var site = await CaseSite.OpenAsync();
        await RouteAsync(site, """{"routes":[{"category":"service","lead":"n4","assisting":["n5"]}]}""");
        var id = await site.OpenCaseAsync();

        await site.MustAsync(id, Clerk, new DispatchCase(Places.Hall, []));

        Assert.Empty((await site.StateAsync(id)).Assisting);
        Assert.True((await site.Rows.FindAsync(id))!.Assisting.Nodes.IsEmpty);
    }

    [Fact]
    public void A_unit_that_is_not_there_or_leads_helps_nobody()
    {
        var policies = CasePolicies.Default with { Routing = new RoutingPolicy([new Route("fees", Places.Hall, [Places.Hall, new NodeId("n99")])]) };

        Assert.Empty(CaseRoutes.AssistingOf(policies, OrganisationTree.Empty, "fees"));
        Assert.Empty(CaseRoutes.AssistingOf(policies, OrganisationTree.Empty, null));
    }

    private static async Task RouteAsync(CaseSite site, string routes)
    {
        var draft = new PolicyDraft(Places.District, PolicySubjects.Routing.Word, Some.LocalDay(site.Silo.Clock.GetUtcNow()), routes, NodeScope.Everywhere);
        Assert.Null((await new PolicyChanges(site.Silo.Bureau, site.Silo.Get<IAudit>(), site.Silo.Get<TimeProvider>()).SetAsync(draft, new PolicyActor("account:admin"))).Refusal);
    }
}
