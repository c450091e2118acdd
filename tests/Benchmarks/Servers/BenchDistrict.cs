using System.Globalization;
using Feedback.Benchmarks.Load;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Windows;
using Feedback.Grains.Keys;

namespace Feedback.Benchmarks.Servers;

/// <summary>
/// A bureau for measuring: windows in halls of 30, a member of staff signed in at each. Three levels are district,
/// hall, window; six are region, district, unit, hall, team, window.
/// </summary>
internal sealed class BenchDistrict(IBureau bureau, PersonalCipher cipher, IGrainFactory grains, TimeProvider clock)
{
    /// <summary>Windows of a hall.</summary>
    public const int WindowsPerHall = 30;

    /// <summary>The zone of all halls.</summary>
    public const string Zone = "Asia/Shanghai";

    private const int HallsPerUnit = 9;
    private const int WindowsPerTeam = 10;

    /// <summary>Sets everything up.</summary>
    /// <param name="windows">How many windows.</param>
    /// <param name="levels">Three or six.</param>
    /// <param name="url">Where the server listens.</param>
    public async Task<BenchAccess> CreateAsync(int windows, int levels, string url)
    {
        var (root, halls) = (default(NodeId), new List<string[]>());
        await bureau.DecideAsync(StreamName.Organisation, state =>
        {
            var opened = new Nodes(state.Tree.Count);
            halls.Clear();
            root = opened.Open(levels == 6 ? NodeKind.Region : NodeKind.District, null, Name("bench", "测试区", "Bench"));
            var above = levels == 6 ? opened.Open(NodeKind.District, root, Name("district", "测试县", "District")) : root;
            var unit = above;
            for (var first = 0; first < windows; first += WindowsPerHall)
            {
                var number = halls.Count + 1;
                if (levels == 6 && halls.Count % HallsPerUnit == 0)
                    unit = opened.Open(NodeKind.Unit, above, Numbered("unit", "单位", number));
                var hall = opened.Open(NodeKind.Hall, unit, Numbered("hall", "大厅", number));
                halls.Add(OpenWindows(opened, hall, Math.Min(WindowsPerHall, windows - first), levels == 6));
            }

            return new Decision(opened.Events);
        });
        await bureau.DecideAsync(StreamName.Catalogue, _ => Catalogue(windows));
        var (device, token) = (KeyIssue.NewSecret(KeyPurpose.Device), KeyIssue.NewSecret(KeyPurpose.Read));
        await KeyIssue.DeviceKeyAsync(bureau, root, device, clock);
        await KeyIssue.ApiTokenAsync(bureau, root, token, clock);
        await SignInAsync([.. halls.SelectMany(hall => hall)]);
        return new BenchAccess(url, device, token, root.Value, [.. halls]);
    }

    private static string[] OpenWindows(Nodes opened, NodeId hall, int count, bool inTeams)
    {
        var (windows, parent) = (new string[count], hall);
        for (var i = 0; i < count; i++)
        {
            if (inTeams && i % WindowsPerTeam == 0)
                parent = opened.Open(NodeKind.Team, hall, Numbered("team", "班组", (i / WindowsPerTeam) + 1));
            windows[i] = opened.Open(NodeKind.Window, parent, Numbered("w", "窗口", i + 1)).Value;
        }

        return windows;
    }

    private Decision Catalogue(int windows)
    {
        var (events, keys, texts) = (new List<JournalEvent>(), new List<SubjectKey>(), new List<SealedText>());
        for (var i = 0; i < EvaluationMix.ServiceItems; i++)
            events.Add(new ServiceItemDefined { Salt = EventMint.NewSalt(), Code = EvaluationMix.ServiceItem(i), Zh = $"事项{i}", En = $"Item {i}" });
        foreach (var reason in EvaluationMix.Reasons)
            events.Add(new ReasonDefined { Salt = EventMint.NewSalt(), Code = reason, Zh = reason, En = reason });
        for (var i = 0; i < windows; i++)
        {
            var (key, names) = cipher.Seal(clock.GetUtcNow().ToUnixTimeMilliseconds(), (PersonalKind.StaffName, $"职员{i}"));
            keys.Add(key);
            texts.Add(names[0]);
            var name = new PersonalReference(names[0].Ref, PersonalText.Hash(names[0].Salt, $"职员{i}"));
            events.Add(new StaffRegistered { Salt = EventMint.NewSalt(), Code = EvaluationMix.Staff(i), Name = name });
        }

        return new Decision(events, new JournalUnit { SubjectKeys = keys, Personal = texts });
    }

    private async Task SignInAsync(string[] windows)
    {
        foreach (var some in windows.Index().Chunk(50))
            await Task.WhenAll(some.Select(window => grains.GetGrain<IWindowGrain>(window.Item).SetStaff(EvaluationMix.Staff(window.Index))));
    }

    private static NodeName Name(string code, string zh, string en) => new(code, zh, en);

    private static NodeName Numbered(string code, string zh, int number) => Name(
        code + "-" + number.ToString(CultureInfo.InvariantCulture), zh + number.ToString(CultureInfo.InvariantCulture), $"{code} {number}");

    /// <summary>Nodes opened one after the other.</summary>
    private sealed class Nodes(int known)
    {
        public List<JournalEvent> Events { get; } = [];

        public NodeId Open(NodeKind kind, NodeId? parent, NodeName name)
        {
            var node = NodeId.Numbered(known + Events.Count + 1);
            Events.Add(new NodeOpened
            {
                Salt = EventMint.NewSalt(),
                Node = node,
                Kind = kind,
                Parent = parent,
                Code = name.Code,
                Zh = name.Zh,
                En = name.En,
                Zone = Zone,
            });
            return node;
        }
    }
}
