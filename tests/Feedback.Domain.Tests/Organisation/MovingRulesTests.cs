using CsCheck;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.Bureau;

namespace Feedback.Domain.Tests.Organisation;

public sealed class MovingRulesTests
{
    private const long Now = Some.Morning;

    private static readonly OrganisationTree West = Tree.With(
        Opened(8, NodeKind.Hall, 2, "hall-west", "Asia/Urumqi"),
        Opened(9, NodeKind.Team, 8, "road-west", "Asia/Urumqi"),
        Opened(10, NodeKind.Unit, 1, "west", "Asia/Urumqi"));

    [Fact]
    public void A_window_may_move_to_another_hall_from_tomorrow_on() => Assert.Null(Refused(Tree, Moved(5, 7, "2026-03-03")));

    [Theory]
    [InlineData("2026-03-02")]
    [InlineData("2026-03-01")]
    public void Nothing_moves_today_or_back_in_time(string from) => Assert.Equal("day-not-in-future", Refused(Tree, Moved(5, 7, from)));

    // An event of a clock that runs ahead may already lie on that day.
    [Theory]
    [InlineData("2026-03-02T23:54:59.999+08:00", null)]
    [InlineData("2026-03-02T23:55:00+08:00", "day-not-in-future")]
    public void A_day_that_an_event_may_have_reached_is_settled(string now, string? refusal) =>
        Assert.Equal(refusal, OrganisationRules.MayMove(Tree, Moved(5, 7, "2026-03-03"), Some.At(now))?.Code);

    [Fact]
    public void The_day_is_that_of_the_nodes_own_zone() =>
        Assert.Equal("day-not-in-future", OrganisationRules.MayMove(Tree, Moved(5, 7, "2026-03-03"), Some.At("2026-03-02T16:00:00Z"))?.Code);

    [Theory]
    [InlineData(99, 7, "node")]
    [InlineData(5, 99, "parent")]
    [InlineData(5, 6, "parent")]
    public void An_unknown_node_or_a_window_as_parent_is_refused(int node, int parent, string field)
    {
        var refusal = OrganisationRules.MayMove(Tree, Moved(node, parent, "2026-04-01"), Now);
        Assert.Equal(("node-unknown", field), (refusal?.Code, refusal?.Field));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 3)]
    [InlineData(2, 4)]
    public void Nothing_moves_below_itself(int node, int parent) =>
        Assert.Equal("node-below-itself", Refused(Tree, Moved(node, parent, "2026-04-01")));

    [Fact]
    public void Nothing_moves_below_what_is_going_to_be_below_it()
    {
        var planned = Tree.With(Moved(3, 7, "2026-05-01"));
        Assert.Equal("node-below-itself", Refused(planned, Moved(7, 3, "2026-06-01")));
        Assert.Equal("node-below-itself", Refused(planned, Moved(7, 3, "2026-04-01")));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void A_window_never_moves_into_another_zone(int parent) =>
        Assert.Equal("zone-differs-from-hall", Refused(West, Moved(5, parent, "2026-04-01")));

    [Fact]
    public void A_team_never_takes_its_windows_into_another_zone() =>
        Assert.Equal("zone-differs-from-hall", Refused(West, Moved(4, 8, "2026-04-01")));

    [Fact]
    public void What_lies_below_must_have_the_halls_zone_too()
    {
        var tree = West.With(Opened(11, NodeKind.Team, 2, "mixed"), Opened(12, NodeKind.Team, 11, "far", "Asia/Urumqi"));
        Assert.Equal("zone-differs-from-hall", Refused(tree, Moved(11, 3, "2026-04-01")));
    }

    [Fact]
    public void A_hall_may_move_to_a_unit_of_another_zone() => Assert.Null(Refused(West, Moved(7, 10, "2026-04-01")));

    [Fact]
    public void Two_siblings_never_come_to_share_a_code()
    {
        var tree = Tree.With(Opened(8, NodeKind.Window, 7, "w-01"));
        Assert.Equal("node-code-taken", Refused(tree, Moved(5, 7, "2026-04-01")));
    }

    [Fact]
    public void A_node_may_be_moved_to_where_it_is_to_undo_a_plan() =>
        Assert.Null(Refused(Tree.With(Moved(5, 7, "2026-05-01")), Moved(5, 3, "2026-04-01")));

    [Fact]
    public void Whatever_moves_are_let_through_nothing_is_ever_below_itself_and_no_window_changes_its_zone() =>
        Gen.Select(Gen.Int[2, 10], Gen.Int[1, 10], Gen.Int[3, 12]).Array[1, 12].Sample(
            moves =>
            {
                var tree = West.With(Opened(11, NodeKind.Window, 9, "w-west", "Asia/Urumqi"));
                foreach (var (node, parent, month) in moves)
                {
                    var moved = Moved(node, parent, $"2026-{month:00}-15");
                    if (OrganisationRules.MayMove(tree, moved, Now) is null)
                        tree = tree.With(moved);
                }

                var days = Enumerable.Range(3, 10).Select(month => new DateOnly(2026, month, 20)).Append(DateOnly.MaxValue).ToList();
                Assert.All(tree.Nodes, node => Assert.All(days, day => Assert.InRange(tree.LineOn(node.Id, day).Take(100).Count(), 1, tree.Count)));
                Assert.All(tree.Nodes.Where(node => node.Kind == NodeKind.Window), window => Assert.All(
                    days, day => Assert.Equal(window.Zone, tree.HallOf(window.Id, day).Zone)));
            },
            iter: 10_000);

    private static string? Refused(OrganisationTree tree, NodeMoved moved) => OrganisationRules.MayMove(tree, moved, Now)?.Code;
}
