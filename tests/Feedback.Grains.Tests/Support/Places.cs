using System.Security.Cryptography;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Tests.Support;

/// <summary>
/// A small bureau of six levels: n1 region › n2 district › n3 unit › n4 hall › n6 team › n8 window;
/// n7 window in the hall n4; n5 hall beside n4, with the windows n9 and n10.
/// </summary>
internal static class Places
{
    public static readonly NodeId Region = new("n1"), District = new("n2"), Unit = new("n3"), Hall = new("n4"), OtherHall = new("n5"), Team = new("n6");

    /// <summary>A window that stands directly in <see cref="Hall"/>.</summary>
    public static readonly NodeId Window = new("n7");

    /// <summary>A window of <see cref="Team"/>.</summary>
    public static readonly NodeId TeamWindow = new("n8");

    /// <summary>A window of <see cref="OtherHall"/>.</summary>
    public static readonly NodeId OtherWindow = new("n9");

    /// <summary>All windows.</summary>
    public static readonly NodeId[] Windows = [Window, TeamWindow, OtherWindow, new("n10")];

    /// <summary>Everything above the windows, from the root down.</summary>
    public static readonly NodeId[] Above = [Region, District, Unit, Hall, OtherHall, Team];

    /// <summary>A registered member of staff.</summary>
    public const string Staff = "s-1";

    private static readonly (NodeKind Kind, int Parent)[] Nodes =
    [
        (NodeKind.Region, 0), (NodeKind.District, 1), (NodeKind.Unit, 2), (NodeKind.Hall, 3), (NodeKind.Hall, 3), (NodeKind.Team, 4),
        (NodeKind.Window, 4), (NodeKind.Window, 6), (NodeKind.Window, 5), (NodeKind.Window, 5),
    ];

    public static async Task OpenAsync(RunningSilo silo)
    {
        await silo.Bureau.DecideAsync(StreamName.Organisation, _ => new Decision([.. Nodes.Select((node, index) => new NodeOpened
        {
            Salt = Salt(), Node = NodeId.Numbered(index + 1), Kind = node.Kind, Parent = node.Parent == 0 ? null : NodeId.Numbered(node.Parent),
            Code = $"p-{index + 1}", Zh = "某处", En = "Somewhere", Zone = "Asia/Shanghai",
        })]));
        var (key, names) = silo.Get<PersonalCipher>().Seal(Some.Morning.ToUnixTimeMilliseconds(), (PersonalKind.StaffName, "王芳"));
        await silo.Bureau.DecideAsync(StreamName.Catalogue, _ => new Decision(
        [
            new ServiceItemDefined { Salt = Salt(), Code = "permit", Zh = "许可", En = "Permit" },
            new ServiceItemDefined { Salt = Salt(), Code = "print", Zh = "打印", En = "Printing", Rateable = false },
            new ReasonDefined { Salt = Salt(), Code = "slow", Zh = "办理慢", En = "Slow" },
            new StaffRegistered
            {
                Salt = Salt(), Code = Staff, Name = new PersonalReference(names[0].Ref, PersonalText.Hash(names[0].Salt, "王芳")),
            },
        ], new JournalUnit { SubjectKeys = [key], Personal = names }));
    }

    /// <summary>Moves a node from the next local midnight on, or not at all where the rules forbid it.</summary>
    /// <returns>The first day under the new parent; null when it was refused.</returns>
    public static async Task<DateOnly?> MoveAsync(this RunningSilo silo, NodeId node, NodeId parent)
    {
        var now = silo.Clock.GetUtcNow();
        var moved = new NodeMoved { Salt = Salt(), Node = node, Parent = parent, From = Some.LocalDay(now).AddDays(1) };
        DateOnly? from = null;
        await silo.Bureau.DecideAsync(StreamName.Organisation, state =>
        {
            from = OrganisationRules.MayMove(state.Tree, moved, now.ToUnixTimeMilliseconds()) is null ? moved.From : null;
            return from is null ? Decision.Nothing : new Decision([moved]);
        });
        return from;
    }

    private static Opaque Salt() => Opaque.FromBytes(RandomNumberGenerator.GetBytes(Opaque.Length));
}
