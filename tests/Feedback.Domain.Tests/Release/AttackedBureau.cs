using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Release;
using Feedback.Domain.Tallies;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Tests.Release;

/// <summary>One thing that happens at a window.</summary>
/// <param name="Window">Which one.</param>
/// <param name="Wait">Hours since the step before.</param>
/// <param name="Decision">0: somebody rates; 1: an earlier rating is excluded; 2: one is reinstated.</param>
/// <param name="Late">Days by which a rating comes late.</param>
/// <param name="Imported">Whether an import brings it.</param>
/// <param name="Pick">Which earlier rating is meant.</param>
/// <param name="Own">Whether the attacker sends it, by the printed code, and so knows it.</param>
public readonly record struct Act(int Window, int Wait, int Decision, int Late, bool Imported, int Pick, bool Own);

/// <summary>
/// A small bureau, with everything that it releases at every moment. Figures are known by what they are made of: each rating has a
/// grade of its own in one of several worlds that are otherwise alike, for which ratings are released does not depend on grades.
/// </summary>
public sealed class AttackedBureau
{
    private const int PerWorld = 4;

    // n5 moves from the first hall to the second one on Thursday; n6 stays in the first hall's team, n8 in the second hall.
    private static readonly OrganisationTree Tree = Bureau.Tree.With(Bureau.Opened(8, NodeKind.Window, 7, "w-03"), Bureau.Moved(5, 7, "2026-10-08"));
    private static readonly NodeId[] Windows = [new("n5"), new("n6"), new("n8")];
    private static readonly Node[] Nodes = [.. Tree.Nodes];

    private readonly Act[] _acts;
    private readonly int _ratings;
    private readonly WindowFold[][] _worlds;
    private readonly List<(long Version, int Rating, bool Excluded)>[] _known;
    private readonly List<bool> _own = [];
    private readonly long[] _versions = new long[Windows.Length];
    private int _next;

    private AttackedBureau(Act[] acts)
    {
        _acts = acts;
        _ratings = acts.Count(act => act.Decision == 0);
        _worlds = [.. Enumerable.Range(0, (_ratings + PerWorld - 1) / PerWorld).Select(_ => Windows.Select(window => new WindowFold(window, () => Tree)).ToArray())];
        _known = [.. Windows.Select(_ => new List<(long, int, bool)>())];
    }

    /// <summary>Up to so many things that happen, over working days, a weekend, holidays and a day that makes up for one.</summary>
    public static Gen<Act[]> Acts(int least, int most) => Gen.Select(
            Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 2])), Gen.OneOf(0, 0, 1, 3, 14, 24, 48),
            Gen.Frequency((8, Gen.Const(0)), (1, Gen.Int[1, 2])), Gen.OneOf(0, 0, 0, 1, 3), Gen.Frequency((9, Gen.Const(false)), (1, Gen.Const(true))), Gen.Int[0, 30],
            Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))))
        .Select((window, wait, decision, late, imported, pick, own) => new Act(window, wait, decision, late, imported && !own, pick, own)).Array[least, most];

    /// <summary>Lets everything happen, and the attacker see it.</summary>
    /// <param name="acts">What happens.</param>
    /// <param name="cell">Which cells the attacker is shown: those released, or others to see what they would tell.</param>
    /// <param name="periods">Whether the attacker asks for whole periods as well, which are sums of days.</param>
    /// <param name="hideFew">Figures of fewer ratings are not shown.</param>
    public static Attacker Play(Act[] acts, Func<Grade, Cell> cell, bool periods = false, int hideFew = 0)
    {
        var bureau = new AttackedBureau(acts);
        var attacker = new Attacker(bureau._ratings);
        // Wednesday before the National Day of 2026: until Thursday a week later nobody works.
        var now = Some.At("2026-09-30T09:00:00+08:00");
        foreach (var act in bureau._acts)
        {
            var then = now + (act.Wait * 60 * Some.Minute);
            for (var night = now + Some.Day; night < then; night += Some.Day)
                bureau.Show(attacker, night, cell, periods, hideFew);
            now = then;
            bureau.Happen(act, now);
            bureau.Show(attacker, now, cell, periods, hideFew);
        }

        for (var day = 1; day <= 12; day++)
            bureau.Show(attacker, now + (day * Some.Day), cell, periods, hideFew);
        return attacker;
    }

    private string TerminalOf(int rating) => _own[rating] ? Sender.Public : "t1";

    private static DateOnly DayOf(long at) => HallZone.Get("Asia/Shanghai").LocalTime(at).Day;

    private void Happen(Act act, long now)
    {
        var window = act.Window;
        if (act.Decision == 0)
        {
            var day = DayOf(now).AddDays(-act.Late);
            var parent = Tree.Find(Windows[window])!.ParentOn(day)!.Value;
            var rating = _next++;
            var version = ++_versions[window];
            _known[window].Add((version, rating, false));
            _own.Add(act.Own);
            for (var world = 0; world < _worlds.Length; world++)
                _worlds[world][window].Apply(version, now, RatingIn(world, rating, Some.Admission(now) with { Day = day, Hall = Tree.HallOf(Windows[window], day).Id, Parent = parent, Imported = act.Imported ? "paper" : null, Terminal = TerminalOf(rating) }));
            return;
        }

        var open = _known[window].FindAll(one => one.Excluded == (act.Decision == 2));
        if (open.Count == 0)
            return;
        var chosen = open[act.Pick % open.Count];
        _known[window][_known[window].IndexOf(chosen)] = chosen with { Excluded = !chosen.Excluded };
        var next = ++_versions[window];
        for (var world = 0; world < _worlds.Length; world++)
        {
            // What an exclusion changes of days is told by the day of its subject; only the grade matters to what is released.
            var subject = RatingIn(world, chosen.Rating, Some.Admission(now) with { Terminal = TerminalOf(chosen.Rating) });
            _worlds[world][window].Apply(next, now, chosen.Excluded ? Some.Reinstated(chosen.Version) : Some.Excluded(chosen.Version), subject);
        }
    }

    private static EvaluationAccepted RatingIn(int world, int rating, Admission admission) =>
        Some.Accepted(Some.Evaluation(rating / PerWorld == world ? (Grade)(2 + (rating % PerWorld)) : Grade.VeryDissatisfied), admission: admission);

    private void Show(Attacker attacker, long now, Func<Grade, Cell> cell, bool periods, int hideFew)
    {
        var today = DayOf(now);
        foreach (var node in Nodes)
        {
            var end = ReleaseRule.ShownBefore(Tree, WorkCalendar.China, node, today) ?? DateOnly.MaxValue;
            var days = new SortedDictionary<DateOnly, sbyte[]>();
            for (var window = 0; window < Windows.Length; window++)
            {
                foreach (var day in _worlds[0][window].Days)
                {
                    var (parent, _, _) = _worlds[0][window].Counted(day)!.Value;
                    if (day < end && (node.Id == Windows[window] || Tree.IsAtOrBelow(parent, node.Id, day)))
                        Add(days, day, window, cell);
                }
            }

            var shown = days.Values.ToList();
            for (var first = 0; first < shown.Count; first++)
            {
                var sum = new sbyte[_ratings];
                for (var last = first; last < (periods ? shown.Count : first + 1); last++)
                {
                    for (var i = 0; i < _ratings; i++)
                        sum[i] += shown[last][i];
                    if (Array.FindAll(sum, factor => factor != 0).Length >= hideFew)
                        attacker.See([.. sum.Select((factor, rating) => rating < _own.Count && _own[rating] ? (sbyte)0 : factor)]); // without the own
                }
            }
        }
    }

    private void Add(SortedDictionary<DateOnly, sbyte[]> days, DateOnly day, int window, Func<Grade, Cell> cell)
    {
        if (!days.TryGetValue(day, out var sum))
            days[day] = sum = new sbyte[_ratings];
        for (var world = 0; world < _worlds.Length; world++)
        {
            var tally = _worlds[world][window].TallyOf(day)!;
            for (var i = 0; i < PerWorld && (world * PerWorld) + i < _ratings; i++)
                sum[(world * PerWorld) + i] += (sbyte)tally[cell((Grade)(2 + i))];
        }
    }
}
