using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Tests.Support;

/// <summary>
/// A small bureau: n1 jiangyuan (district) › n2 transport (unit) › n3 hall-1 › n4 road-1 (team), n5 w-01; n6 w-02 in the team;
/// n7 hall-2 beside n3.
/// </summary>
public static class Bureau
{
    /// <summary>The whole bureau.</summary>
    public static readonly OrganisationTree Tree = Build(
        Opened(1, NodeKind.District, null, "jiangyuan"),
        Opened(2, NodeKind.Unit, 1, "transport"),
        Opened(3, NodeKind.Hall, 2, "hall-1"),
        Opened(4, NodeKind.Team, 3, "road-1"),
        Opened(5, NodeKind.Window, 3, "w-01"),
        Opened(6, NodeKind.Window, 4, "w-02"),
        Opened(7, NodeKind.Hall, 2, "hall-2"));

    /// <summary>A catalogue with the item <c>permit</c>, the item <c>print</c> that nobody rates, and the reason <c>slow</c>.</summary>
    public static readonly ServiceCatalogue Catalogue = ServiceCatalogue.Empty
        .Apply(new ServiceItemDefined { Salt = Some.Salt, Code = "permit", Zh = "许可", En = "Permit" })
        .Apply(new ServiceItemDefined { Salt = Some.Salt, Code = "print", Zh = "打印", En = "Printing", Rateable = false })
        .Apply(new ReasonDefined { Salt = Some.Salt, Code = "slow", Zh = "办理慢", En = "Slow" });

    /// <summary>A node by number, under another.</summary>
    public static NodeOpened Opened(int number, NodeKind kind, int? parent, string code, string zone = "Asia/Shanghai") => new()
    {
        Salt = Some.Salt,
        Node = NodeId.Numbered(number),
        Kind = kind,
        Parent = parent is { } above ? NodeId.Numbered(above) : null,
        Code = code,
        Zh = "节点",
        En = "Node",
        Zone = zone,
    };

    /// <summary>A move from a local day on.</summary>
    public static NodeMoved Moved(int node, int parent, string from) =>
        new() { Salt = Some.Salt, Node = NodeId.Numbered(node), Parent = NodeId.Numbered(parent), From = Some.On(from) };

    /// <summary>Another code from a local day on.</summary>
    public static NodeRenamed Renamed(int node, string code, string from) =>
        new() { Salt = Some.Salt, Node = NodeId.Numbered(node), Code = code, Zh = "新名", En = "New name", From = Some.On(from) };

    /// <summary>A tree of these events.</summary>
    public static OrganisationTree Build(params JournalEvent[] events) => OrganisationTree.Empty.With(events);

    /// <summary>A tree after more events.</summary>
    public static OrganisationTree With(this OrganisationTree tree, params JournalEvent[] events) =>
        events.Aggregate(tree, (folded, happened) => folded.Apply(happened));
}
