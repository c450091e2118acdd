using System.Collections.Immutable;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Time;
using Feedback.Grains.ServiceMatters;
using Feedback.Seeds.Demo.Cases;

namespace Feedback.Seeds.Demo.Matters;

/// <summary>A service matter as it is planned.</summary>
/// <param name="Node">The hall that takes it.</param>
/// <param name="Number">Its number there.</param>
/// <param name="Steps">What is done with it; the hash of its number is filled in when it is written.</param>
public sealed record PlannedMatter(NodeId Node, string Number, ImmutableArray<PastMatterStep> Steps);

/// <summary>
/// The demo district's service matters (办件) with an acceptance notice, of the three months before its first start: most are completed
/// at the first or the second visit, and one needed a third because something was asked for that the notice had not listed.
/// </summary>
public sealed class MatterPlan
{
    private const int Days = 91;
    private const string Clerk = "account:clerk";

    private static readonly ImmutableArray<(string Item, MissingDocument[] Missing)> Kinds =
    [
        ("road-freight-licence", [new("vehicle-list", "车辆清单", MissingKind.Ordinary), new("safety-rules", "安全管理制度文本", MissingKind.ToFollow)]),
        ("road-passenger-licence", [new("route-plan", "线路方案", MissingKind.Ordinary), new("insurance", "承运人责任险保单", MissingKind.Promised)]),
        ("oversize-permit", [new("route-survey", "线路勘察报告", MissingKind.Ordinary)]),
        ("roadworks-permit", [new("traffic-plan", "交通组织方案", MissingKind.Ordinary), new("bond", "恢复保证书", MissingKind.Promised)]),
        ("repair-shop-registration", [new("site-plan", "场地平面图", MissingKind.ToFollow)]),
    ];

    private readonly DemoSite _site;
    private readonly Dice _dice;
    private readonly OfficeTimes _times;
    private readonly DateOnly _begun;
    private readonly long _until;

    /// <summary>Plans matters.</summary>
    /// <param name="site">The district.</param>
    /// <param name="seed">The seed, 0 to 999,999.</param>
    /// <param name="begun">The local day on which the demo was first started: what happened ends with the day before.</param>
    /// <param name="from">The first local day of the history; there are no matters before it.</param>
    public MatterPlan(DemoSite site, int seed, DateOnly begun, DateOnly from)
    {
        var zone = HallZone.Get(site.Zone);
        (_site, _dice, _times, _begun, _until) = (site, new Dice(seed), new OfficeTimes(zone), begun, zone.StartOf(begun));
        Matters = [.. Plan(from > begun.AddDays(-Days) ? from : begun.AddDays(-Days))];
    }

    /// <summary>All matters.</summary>
    public ImmutableArray<PlannedMatter> Matters { get; }

    private IEnumerable<PlannedMatter> Plan(DateOnly from)
    {
        for (var day = from; day < _begun; day = day.AddDays(1))
        {
            if (Workdays.Includes(day) && day.DayNumber % 2 == 0)
                yield return Ordinary(day);
        }

        if (OfficeTimes.WorkdayBefore(_begun, 15) >= from)
            yield return ThreeVisits();
    }

    private PlannedMatter Ordinary(DateOnly day)
    {
        var number = FormattableString.Invariant($"SL{day:yyMMdd}01");
        var random = _dice.Of("matter " + number);
        var (item, missing) = Kinds[random.Next(Kinds.Length)];
        var isWhole = random.Next(10) < 5;
        var at = _times.InHours(day, random);
        var steps = new List<PastMatterStep> { Accepted(at, item, isWhole && random.Next(4) == 0, isWhole ? [] : missing) };
        if (!isWhole)
        {
            // What must come first is brought at the second visit, and what may follow comes by itself.
            at = _times.Later(at, 1 + random.Next(4), random);
            if (missing.Where(one => one.Kind == MissingKind.Ordinary).Select(one => one.Code).ToImmutableArray() is { IsEmpty: false } brought)
                steps.Add(new PastMatterStep(at, Clerk, new VisitMatter(brought, [], null)));
            if (missing.Where(one => one.Kind == MissingKind.ToFollow).Select(one => one.Code).ToImmutableArray() is { IsEmpty: false } followed)
                steps.Add(new PastMatterStep(_times.Soon(at, random), Clerk, new SupplementMatter(followed)));
        }

        at = _times.Later(Math.Max(at, steps[^1].At), random.Next(25) == 0 ? 11 : 1 + random.Next(6), random);
        steps.Add(new PastMatterStep(at, Clerk, new CompleteMatter("granted")));
        return new PlannedMatter(_site.Halls[0].Id, number, [.. steps.Where(step => step.At < _until)]);
    }

    private PlannedMatter ThreeVisits()
    {
        long At(int workdaysBefore) => _times.InHours(OfficeTimes.WorkdayBefore(_begun, workdaysBefore), _dice.Of(FormattableString.Invariant($"three visits {workdaysBefore}")));
        return new PlannedMatter(_site.Halls[0].Id, FormattableString.Invariant($"SL{_begun:yyMMdd}99"),
        [
            Accepted(At(15), "roadworks-permit", false, [new MissingDocument("traffic-plan", "交通组织方案", MissingKind.Ordinary)]),
            new PastMatterStep(At(12), Clerk, new VisitMatter(["traffic-plan"], [new AskedDocument("fire-review", "消防审查意见")], null)),
            new PastMatterStep(At(8), Clerk, new VisitMatter(["fire-review"], [], "granted")),
        ]);
    }

    private PastMatterStep Accepted(long at, string item, bool online, MissingDocument[] missing)
    {
        var due = _times.DayOf(at).AddDays(20);
        return new PastMatterStep(at, Clerk, new AcceptMatter(
            _site.Halls[0].Id, item, default, online, [.. missing.Select(one => one.Kind == MissingKind.ToFollow ? one with { DueOn = due } : one)], DemoDisclosures.Limit));
    }
}
