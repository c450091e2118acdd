using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Live;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;
using Xunit;

namespace Feedback.Api.Tests.Access;

/// <summary>What readers are told of where nodes are.</summary>
[Collection(OneSite.Name)]
public sealed class ReaderViewTests(RunningSite site)
{
    [Fact]
    public async Task A_window_is_named_from_the_day_on_which_it_moves_in_to_the_day_on_which_it_moves_out()
    {
        var (mine, from, to) = (await site.NewHallAsync(windows: 2), await site.NewHallAsync(windows: 4), await site.NewHallAsync());
        var token = (await site.NewKeyAsync(KeyPurpose.Read, new NodeId(mine.Id))).Secret;
        await MoveTomorrowAsync(mine.Windows[1], to.Id);
        await MoveTomorrowAsync(from.Windows[2], mine.Id);
        await MoveTomorrowAsync(from.Windows[3], mine.Id);

        var nodes = (await site.Client.GetAsync("/api/v1/nodes", token)).Json["nodes"]!.AsArray();
        var code = mine.Path.Split('/')[^1];
        Assert.Equal(
            [(mine.Id, null, code), (mine.Windows[0], mine.Id, code + "/w-1"), (mine.Windows[1], mine.Id, code + "/w-2")],
            nodes.Select(node => ((string)node!["id"]!, (string?)node["parent"], (string)node["path"]!)));

        var period = string.Create(CultureInfo.InvariantCulture, $"from={Some.Day(2):yyyy-MM-dd}&to={Some.Day(-3):yyyy-MM-dd}");
        var chart = (await site.Client.GetAsync($"/api/v1/charts/grades.csv?node={mine.Id}&{period}", token)).Text;
        Assert.Equal(["\uFEFFPlace", "All", "Qinghe", "Qinghe"], chart.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(',')[0]));
    }

    [Fact]
    public async Task A_path_begins_at_the_readers_scope_and_finds_its_node_again()
    {
        var hall = await site.NewHallAsync();
        var token = (await site.NewKeyAsync(KeyPurpose.Read, new NodeId(hall.Id))).Secret;
        var path = hall.Path.Split('/')[^1] + "/w-1";

        foreach (var node in new[] { hall.Window, path, hall.Path + "/w-1" })
        {
            var report = await site.Client.GetAsync($"/api/v1/satisfaction?node={node}&from=2026-01-01&to=2026-01-02", token);
            Assert.Equal((200, hall.Window, path), (report.Status, (string?)report.Json["node"]!["id"], (string?)report.Json["node"]!["path"]));
        }

        var live = await site.Service<LiveFeed>().SnapshotAsync(site.Bureau.Current.Tree.Find(hall.Window)!, NodeScope.At(new NodeId(hall.Id)));
        Assert.Equal(path, live.Node.Path);
        Assert.Equal(404, (await site.Client.GetAsync($"/api/v1/satisfaction?node={site.ForeignHall.Path}&from=2026-01-01&to=2026-01-02", token)).Status);
    }

    [Fact]
    public void A_node_that_left_the_scope_is_told_without_where_it_went()
    {
        var tree = Tree();
        var view = ViewAt(tree, new NodeId("n2"), "2026-03-03T00:00:00Z");

        Assert.Equal(("w-1", (NodeId?)null), (view.PathOf(tree.Find(new NodeId("n4"))!), view.ParentOf(tree.Find(new NodeId("n4"))!)));
        Assert.Equal("d/hall-2/w-1", ViewAt(tree, null, "2026-03-03T00:00:00Z").PathOf(tree.Find(new NodeId("n4"))!));
    }

    [Fact]
    public void Each_node_is_where_it_is_on_its_own_local_day()
    {
        // Both windows move on 2 March. That has begun in Shanghai and not in London.
        var view = ViewAt(Tree(), new NodeId("n2"), "2026-03-01T20:00:00Z");

        Assert.Equal(["n2", "n5"], view.Nodes.Select(node => node.Id.Value));
        Assert.Equal("n5", view.FindByPath("hall-1/w-2")!.Id.Value);
        Assert.Null(view.FindByPath("hall-1/w-1"));
        Assert.Null(view.FindByPath("d/hall-1/w-2"));
    }

    private static ReaderView ViewAt(OrganisationTree tree, NodeId? scope, string now) =>
        new(tree, NodeScope.Of([scope]), DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

    private static OrganisationTree Tree() => OrganisationTree.Empty
        .Apply(Opened("n1", NodeKind.District, null, "d"))
        .Apply(Opened("n2", NodeKind.Hall, "n1", "hall-1"))
        .Apply(Opened("n3", NodeKind.Hall, "n1", "hall-2"))
        .Apply(Opened("n4", NodeKind.Window, "n2", "w-1"))
        .Apply(Opened("n5", NodeKind.Window, "n2", "w-2", "Europe/London"))
        .Apply(Moved("n4", "n3"))
        .Apply(Moved("n5", "n3"));

    private static NodeOpened Opened(string node, NodeKind kind, string? parent, string code, string zone = RunningSite.Zone) => new()
    {
        Salt = Some.Salt(),
        Node = new NodeId(node),
        Kind = kind,
        Parent = parent is null ? null : new NodeId(parent),
        Code = code,
        Zh = "青禾",
        En = "Qinghe",
        Zone = zone,
    };

    private static NodeMoved Moved(string node, string parent, DateOnly? from = null) =>
        new() { Salt = Some.Salt(), Node = new NodeId(node), Parent = new NodeId(parent), From = from ?? new DateOnly(2026, 3, 2) };

    private Task MoveTomorrowAsync(string node, string parent) =>
        site.Bureau.DecideAsync(StreamName.Organisation, _ => new Decision([Moved(node, parent, Some.Day(-1))]));
}
