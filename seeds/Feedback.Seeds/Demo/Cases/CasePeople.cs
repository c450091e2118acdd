using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>People of the demo who work on cases, as the rules see the demo's accounts of these names.</summary>
/// <param name="site">The district.</param>
internal sealed class CasePeople(DemoSite site)
{
    /// <summary>Sits at the first window of the first hall and owns what is brought there.</summary>
    public CaseActor Clerk { get; } = new("account:clerk") { Works = [site.Halls[0].Windows[0].Id] };

    /// <summary>Handles cases of the whole district and leads nobody.</summary>
    public CaseActor Officer { get; } = new("account:officer") { Handles = NodeScope.At(site.District), Works = [site.District] };

    /// <summary>Supervises the district.</summary>
    public CaseActor Supervisor { get; } = new("account:supervisor") { Supervises = NodeScope.At(site.District), Works = [site.District] };

    /// <summary>Leads the first hall, and is the superior of those who sit in it.</summary>
    public CaseActor HallHead { get; } = new("account:hall") { Handles = NodeScope.At(site.Halls[0].Id), Works = [site.Halls[0].Id] };

    /// <summary>Leads the district, and is the superior of those in the other halls.</summary>
    public CaseActor Head { get; } = new("account:district") { Handles = NodeScope.At(site.District), Works = [site.District] };

    /// <summary>The administrator, who reads and works everywhere.</summary>
    public CaseActor Administrator { get; } = new("account:admin") { Handles = NodeScope.Everywhere };

    /// <summary>Whoever receives what is brought in person or on the telephone; superiors do not take what is said of their own people.</summary>
    /// <param name="hall">The hall, counted from 0.</param>
    /// <param name="atWindow">Whether it is brought to a window.</param>
    /// <param name="aboutSomebody">Whether somebody is complained of.</param>
    /// <param name="random">The dice.</param>
    public CaseActor Receiver(int hall, bool atWindow, bool aboutSomebody, Random random) => (hall, atWindow, random.Next(10)) switch
    {
        (0, true, < 5) when !aboutSomebody => Clerk,
        (0, _, < 8) when !aboutSomebody => HallHead,
        (_, _, < 2) when !aboutSomebody => Head,
        _ => Officer,
    };
}
