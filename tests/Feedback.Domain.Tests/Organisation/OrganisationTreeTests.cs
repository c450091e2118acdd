using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.Bureau;

namespace Feedback.Domain.Tests.Organisation;

public sealed class OrganisationTreeTests
{
    private static readonly DateOnly March = Some.On("2026-03-31");
    private static readonly DateOnly April = Some.On("2026-04-01");

    [Theory]
    [InlineData("n5", "n5")]
    [InlineData("jiangyuan/transport/hall-1/w-01", "n5")]
    [InlineData("jiangyuan/transport/hall-1/road-1/w-02", "n6")]
    [InlineData("jiangyuan", "n1")]
    public void A_node_is_found_by_id_and_by_path(string idOrPath, string id) => Assert.Equal(id, Tree.Find(idOrPath)?.Id.Value);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("n99")]
    [InlineData("n05")]
    [InlineData("N5")]
    [InlineData("w-01")]
    [InlineData("hall-1/w-01")]
    [InlineData("jiangyuan/transport/hall-1/")]
    [InlineData("Jiangyuan")]
    public void Anything_else_is_found_nowhere(string idOrPath) => Assert.Null(Tree.Find(idOrPath));

    [Fact]
    public void A_path_leads_from_the_root_to_the_node() =>
        Assert.Equal("jiangyuan/transport/hall-1/road-1/w-02", Tree.PathOf(new("n6")));

    [Fact]
    public void Every_path_leads_back_to_its_node() =>
        Assert.All(Tree.Nodes, node => Assert.Equal(node.Id, Tree.Find(Tree.PathOf(node.Id))!.Id));

    [Theory]
    [InlineData("n1", true)]
    [InlineData("n1234567890", true)]
    [InlineData("n12345678901", false)]
    [InlineData("n", false)]
    [InlineData("n1a", false)]
    [InlineData("n-1", false)]
    [InlineData("n１", false)]
    [InlineData("t1", false)]
    [InlineData("", false)]
    public void An_id_has_a_shape_of_its_own(string text, bool isId) => Assert.Equal(isId, NodeId.IsId(text));

    [Fact]
    public void The_next_id_follows_the_last() => Assert.Equal(new NodeId("n8"), Tree.NextId);

    [Fact]
    public void Nodes_are_listed_in_the_order_in_which_they_were_opened()
    {
        var tree = Tree.With([.. Enumerable.Range(8, 5).Select(number => Opened(number, NodeKind.Window, 3, $"w-{number}"))]);
        Assert.Equal(Enumerable.Range(1, 12).Select(NodeId.Numbered), tree.Nodes.Select(node => node.Id));
    }

    [Fact]
    public void A_move_leaves_what_was_before_it_where_it_was()
    {
        var tree = Tree.With(Moved(5, 7, "2026-04-01"));
        Assert.Equal(new NodeId("n3"), tree.Find(Some.Window)!.ParentOn(March));
        Assert.Equal(new NodeId("n7"), tree.Find(Some.Window)!.ParentOn(April));
        Assert.Equal(new NodeId("n3"), tree.HallOf(Some.Window, March).Id);
        Assert.Equal(new NodeId("n7"), tree.HallOf(Some.Window, April).Id);
    }

    [Fact]
    public void A_moved_node_is_a_child_of_one_parent_on_each_day()
    {
        var tree = Tree.With(Moved(5, 7, "2026-04-01"));
        Assert.Equal(["n4", "n5"], tree.ChildrenOn(new("n3"), March).Select(node => node.Id.Value));
        Assert.Equal(["n4"], tree.ChildrenOn(new("n3"), April).Select(node => node.Id.Value));
        Assert.Equal(["n5"], tree.ChildrenOn(new("n7"), April).Select(node => node.Id.Value));
        Assert.Equal(["n4", "n5"], tree.EverUnder(new("n3")).Select(node => node.Id.Value));
        Assert.Equal(["n5"], tree.EverUnder(new("n7")).Select(node => node.Id.Value));
    }

    [Fact]
    public void The_first_parent_is_open_to_the_past() =>
        Assert.Equal(new NodeId("n3"), Tree.Find(Some.Window)!.ParentOn(DateOnly.MinValue));

    [Fact]
    public void What_lies_below_moves_along()
    {
        var tree = Tree.With(Moved(4, 7, "2026-04-01"));
        Assert.Equal(["n6", "n4", "n3", "n2", "n1"], tree.LineOn(new("n6"), March).Select(node => node.Id.Value));
        Assert.Equal(["n6", "n4", "n7", "n2", "n1"], tree.LineOn(new("n6"), April).Select(node => node.Id.Value));
        Assert.True(tree.IsAtOrBelow(new("n6"), new("n7"), April));
        Assert.False(tree.IsAtOrBelow(new("n6"), new("n3"), April));
    }

    [Fact]
    public void A_later_decision_replaces_what_was_planned_from_its_day_on()
    {
        var tree = Tree.With(Moved(5, 7, "2026-05-01"), Moved(5, 4, "2026-04-01"));
        Assert.Equal(new NodeId("n3"), tree.Find(Some.Window)!.ParentOn(March));
        Assert.Equal(new NodeId("n4"), tree.Find(Some.Window)!.ParentOn(April));
        Assert.Equal(new NodeId("n4"), tree.Find(Some.Window)!.ParentOn(DateOnly.MaxValue));
    }

    [Fact]
    public void A_later_decision_leaves_what_was_planned_before_its_day()
    {
        var tree = Tree.With(Moved(5, 7, "2026-04-01"), Moved(5, 4, "2026-05-01"));
        Assert.Equal(new NodeId("n7"), tree.Find(Some.Window)!.ParentOn(April));
        Assert.Equal(new NodeId("n4"), tree.Find(Some.Window)!.ParentOn(Some.On("2026-05-01")));
    }

    [Fact]
    public void Two_decisions_about_one_day_leave_the_later_one()
    {
        var tree = Tree.With(Moved(5, 7, "2026-04-01"), Moved(5, 4, "2026-04-01"));
        Assert.Equal(new NodeId("n4"), tree.Find(Some.Window)!.ParentOn(April));
    }

    [Fact]
    public void A_renamed_node_keeps_its_old_name_for_the_days_before()
    {
        var tree = Tree.With(Renamed(5, "w-one", "2026-04-01"));
        Assert.Equal("w-01", tree.Find(Some.Window)!.NameOn(March).Code);
        Assert.Equal("w-one", tree.Find(Some.Window)!.NameOn(April).Code);
        Assert.Equal("jiangyuan/transport/hall-1/w-one", tree.PathOf(Some.Window));
        Assert.Equal(Some.Window, tree.Find("jiangyuan/transport/hall-1/w-one")!.Id);
    }

    [Fact]
    public void The_hall_of_a_window_in_a_team_is_the_teams_hall() => Assert.Equal(Some.Hall, Tree.HallOf(new("n6"), April).Id);

    [Fact]
    public void A_window_without_a_hall_above_is_counted_with_its_parent()
    {
        var tree = Tree.With(Opened(8, NodeKind.Team, 2, "roadside"), Opened(9, NodeKind.Window, 8, "w-09"));
        Assert.Equal(new NodeId("n8"), tree.HallOf(new("n9"), April).Id);
    }

    [Fact]
    public void A_tree_is_never_changed_by_what_comes_after_it()
    {
        var after = Tree.With(Moved(5, 7, "2026-04-01"));
        Assert.Equal((7, 8), (Tree.Version, after.Version));
        Assert.Equal(new NodeId("n3"), Tree.Find(Some.Window)!.ParentOn(April));
    }

    [Fact]
    public void An_event_of_another_stream_is_refused() => Assert.Throws<UnknownKindException>(() => Tree.With(Some.Accepted()));
}
