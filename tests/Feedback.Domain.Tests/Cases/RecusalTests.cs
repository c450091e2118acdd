using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Cases;

public sealed class RecusalTests
{
    private static readonly DateOnly Day = Some.On("2026-03-02");
    private static readonly CaseLeader HallLeader = new("account:wang", "s-9", new("n3"));
    private static readonly CaseLeader UnitLeader = new("account:gu", null, new("n2"));
    private static readonly CaseLeader DistrictLeader = new("account:ma", "s-90", new("n1"));
    private static readonly CaseLeader[] Leaders = [HallLeader, UnitLeader, DistrictLeader];

    [Fact]
    public void The_superior_is_who_leads_the_nearest_node_above()
    {
        var line = CaseLine.Of(Bureau.Tree, new("n6"), Day, ["s-7"], Leaders);
        Assert.Equal(["account:wang"], line.Superiors);
        Assert.Equal(new("n3"), line.Unit!.Value);
    }

    [Fact]
    public void The_superior_of_a_leader_leads_the_next_node_above() =>
        Assert.Equal(["account:gu"], CaseLine.Of(Bureau.Tree, new("n5"), Day, ["s-9"], Leaders).Superiors);

    [Fact]
    public void A_leader_who_is_complained_of_by_their_own_code_is_recused_themselves_and_is_not_their_own_superior()
    {
        var line = CaseLine.Of(Bureau.Tree, new("n5"), Day, ["s-9"], Leaders);
        Assert.DoesNotContain(HallLeader.Name, line.Superiors);
        Assert.Equal(RecusalCause.Person, Recusal.Refuses(["s-9"], new CaseActor(HallLeader.Name) { Staff = HallLeader.Staff }, line));
        Assert.Equal(RecusalCause.Superior, Recusal.Refuses(["s-9"], new CaseActor(UnitLeader.Name), line));
        Assert.Null(Recusal.Refuses(["s-9"], new CaseActor(DistrictLeader.Name) { Staff = DistrictLeader.Staff }, line));
    }

    [Fact]
    public void Two_who_lead_the_same_node_are_both_superiors() => Assert.Equal(
        ["account:wang", "account:xu"],
        CaseLine.Of(Bureau.Tree, new("n5"), Day, ["s-7"], [.. Leaders, new CaseLeader("account:xu", null, new("n3"))]).Superiors.Order());

    [Fact]
    public void Whoever_leads_a_unit_that_handles_it_or_helps_is_a_superior_wherever_it_was_brought_to()
    {
        CaseLeader[] leaders = [HallLeader, DistrictLeader, new("account:xu", null, new("n7"))];
        Assert.Equal(["account:ma"], CaseLine.Of(Bureau.Tree, new("n1"), Day, ["s-7"], leaders).Superiors);
        Assert.Equal(["account:ma", "account:wang"], CaseLine.Of(Bureau.Tree, new("n1"), Day, ["s-7"], leaders, lead: new("n3")).Superiors.Order());
        Assert.Equal(["account:ma", "account:wang", "account:xu"], CaseLine.Of(Bureau.Tree, new("n1"), Day, ["s-7"], leaders, lead: new("n3"), assisting: [new("n7")]).Superiors.Order());
    }

    [Fact]
    public void Whoever_leads_where_the_person_works_is_a_superior_wherever_it_was_brought_to()
    {
        CaseMember[] members = [new("account:zhao", "s-7", new("n6")), new("account:qian", "s-30", new("n7"))];
        var line = CaseLine.Of(Bureau.Tree, new("n1"), Day, ["s-7"], Leaders, members);
        Assert.Equal(["account:ma", "account:wang"], line.Superiors.Order());
        Assert.Equal(["account:zhao"], line.Persons);
    }

    [Fact]
    public void Whoever_manages_the_whole_bureau_leads_what_is_at_the_top()
    {
        CaseLeader[] leaders = [HallLeader, new("account:lin", null, null)];
        Assert.Equal(["account:lin"], CaseLine.Of(Bureau.Tree, new("n7"), Day, ["s-30"], leaders).Superiors);
        Assert.Equal(["account:wang"], CaseLine.Of(Bureau.Tree, new("n5"), Day, ["s-7"], leaders).Superiors);
        Assert.Equal(["account:lin", "account:ma"], CaseLine.Of(Bureau.Tree, new("n7"), Day, ["s-30"], [.. leaders, DistrictLeader]).Superiors.Order());
    }

    [Theory]
    [InlineData("n5", "n2", null, null, "n3")]
    [InlineData("n1", null, null, null, "n1")]
    [InlineData("n1", "n7", null, null, "n7")]
    [InlineData("n1", "n7", "n6", null, "n3")]
    [InlineData("n1", "n7", "n6", "n7", "n1")]
    [InlineData("n5", "n3", "n7", null, "n3")]
    public void The_unit_is_around_a_window_or_where_the_persons_are_or_what_handles_it(string node, string? lead, string? post, string? other, string unit)
    {
        CaseMember[] members = [.. new[] { post, other }.OfType<string>().Select(at => new CaseMember("account:zhao", "s-7", new NodeId(at)))];
        Assert.Equal(new NodeId(unit), CaseLine.Of(Bureau.Tree, new(node), Day, ["s-7"], Leaders, members, lead is null ? null : new NodeId(lead)).Unit);
    }

    [Fact]
    public void Where_nobody_leads_nobody_is_superior()
    {
        var line = CaseLine.Of(Bureau.Tree, new("n5"), Day, ["s-7"], []);
        Assert.Empty(line.Superiors);
        Assert.Null(Recusal.Refuses(["s-7"], CaseDesk.Head, line));
    }

    [Fact]
    public void Persons_and_superiors_are_recused_and_others_are_not()
    {
        var line = CaseLine.Of(Bureau.Tree, new("n5"), Day, ["s-7"], Leaders);
        Assert.Equal(RecusalCause.Person, Recusal.Refuses(["s-7"], CaseDesk.Rated, line));
        Assert.Equal(RecusalCause.Superior, Recusal.Refuses(["s-7"], CaseDesk.Head, line));
        Assert.Null(Recusal.Refuses(["s-7"], CaseDesk.Clerk, line));
        Assert.Null(Recusal.Refuses(["s-7"], CaseActor.Citizen, line));
    }

    [Fact]
    public void A_complaint_about_nobody_recuses_nobody() =>
        Assert.Null(Recusal.Refuses([], CaseDesk.Head, CaseLine.Of(Bureau.Tree, new("n5"), Day, [], Leaders)));

    [Fact]
    public void Who_was_rated_is_complained_of_beside_whom_the_citizen_names()
    {
        var state = CaseDesk.Open(CaseKind.BadRating, intake => intake with { About = ["s-3"] }).State;
        Assert.Equal(["s-3", "s-7"], state.Persons);
    }

    [Theory]
    [InlineData("n5", true)]
    [InlineData("n3", true)]
    [InlineData("n7", false)]
    [InlineData("n2", false)]
    public void Whoever_holds_a_role_at_or_below_the_unit_is_inside_it(string node, bool inside)
    {
        var line = CaseLine.Of(Bureau.Tree, new("n5"), Day, ["s-7"], Leaders);
        Assert.Equal(inside, Recusal.IsInside(CaseDesk.Clerk with { Works = [new(node)] }, line, Bureau.Tree, Day));
    }
}
