using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>
/// The demo district's cases of the three months before the day of its first start: the same for the same seed and first day, whenever
/// and however often they are asked for. What is planned for a day does not change with how far back the history goes.
/// </summary>
public sealed class CasePlan
{
    // A quarter, and for bad ratings, of which there are many, a part of it.
    private const int Days = 91;
    private const int RatingDays = 42;
    private const double PerWorkday = 3.2;
    private const double PerDayOff = 0.6;

    private readonly DemoSite _site;
    private readonly int _seed;
    private readonly DateOnly _begun;
    private readonly long _until;
    private readonly Dice _dice;
    private readonly CasePeople _people;
    private readonly OfficeTimes _times;
    private readonly FiledStories _stories;

    /// <summary>Plans cases.</summary>
    /// <param name="site">The district.</param>
    /// <param name="seed">The seed, 0 to 999,999.</param>
    /// <param name="begun">The local day on which the demo was first started: what happened ends with the day before.</param>
    /// <param name="from">The first local day of which the history holds ratings; there are no cases before it.</param>
    public CasePlan(DemoSite site, int seed, DateOnly begun, DateOnly from)
    {
        var zone = HallZone.Get(site.Zone);
        (_site, _seed, _begun, _until) = (site, seed, begun, zone.StartOf(begun));
        From = from > begun.AddDays(-Days) ? from : begun.AddDays(-Days);
        (_dice, _people, _times) = (new Dice(seed), new CasePeople(site), new OfficeTimes(zone));
        _stories = new FiledStories(_people, _times, _dice, _until);
        var openings = new List<PlannedOpening>();
        Cases = [.. FromRatings(), .. FromOutside(), .. FromBoxes(openings), .. new OpenStories(site, _people, _times, _stories, _dice, begun, _until).Tell(From)];
        Openings = [.. openings];
    }

    /// <summary>The first local day with cases; the day of the first start or later where there are none.</summary>
    public DateOnly From { get; }

    /// <summary>All cases.</summary>
    public ImmutableArray<PlannedCase> Cases { get; }

    /// <summary>All openings of suggestion boxes.</summary>
    public ImmutableArray<PlannedOpening> Openings { get; }

    /// <summary>What they add up to.</summary>
    public CaseTotals Totals => CaseTotals.Of(Cases, Openings);

    private IEnumerable<PlannedCase> FromRatings()
    {
        var days = Math.Min(RatingDays, _begun.DayNumber - From.DayNumber);
        if (days <= 0)
            return [];
        var stories = new RatingStories(_people, _times, _dice, _until);
        var halls = _site.Halls.Index().SelectMany(hall => hall.Item.Windows, (hall, window) => (window.Id, hall.Index)).ToDictionary(one => one.Id, one => one.Index);
        var bad = new HistoryPlan(_site, _seed, _begun, days, DateTimeOffset.FromUnixTimeMilliseconds(_until)).Claims
            .SelectMany(one => one.Claims.OfType<EvaluationClaim>()).Where(RatingStories.Opens).ToList();
        // The first hall appeals against its last bad rating but those of the last two workdays, and nobody has decided yet.
        var recent = _dice.Of("appeal");
        var (before, appeal) = (OfficeTimes.WorkdayBefore(_begun, 2), _times.At(OfficeTimes.WorkdayBefore(_begun, 1), (10 * 60) + 40, recent));
        var appealed = bad.Where(claim => halls[claim.Evaluation.Window] == 0 && _times.DayOf(claim.Time.UtcMilliseconds) < before).MaxBy(claim => claim.Time.UtcMilliseconds);
        return bad.Select(claim => stories.Tell(halls[claim.Evaluation.Window], claim, ReferenceEquals(claim, appealed) ? appeal : null)).OfType<PlannedCase>();
    }

    private IEnumerable<PlannedCase> FromOutside()
    {
        for (var day = From; day < _begun; day = day.AddDays(1))
        {
            var random = _dice.Of(FormattableString.Invariant($"day {day:yyyy-MM-dd}"));
            var isWorked = Workdays.Includes(day);
            for (var left = DemoRhythm.Visits(isWorked ? PerWorkday : PerDayOff, random); left > 0; left--)
            {
                if (_stories.Tell(Draw(day, isWorked, left, random)) is { } planned)
                    yield return planned;
            }
        }
    }

    private Filed Draw(DateOnly day, bool isWorked, int number, Random random)
    {
        var kind = random.Next(100) switch { < 36 => CaseKind.Complaint, < 54 => CaseKind.Suggestion, < 65 => CaseKind.Praise, < 86 => CaseKind.Question, _ => CaseKind.HotlineOrder };
        var hall = random.Next(10) switch { < 3 => 0, < 7 => 1, _ => 2 };
        // The window in trouble is complained of most.
        var window = _site.Halls[hall].Windows[hall == 1 && random.Next(3) == 0 ? 2 : random.Next(_site.Halls[hall].Windows.Length)];
        var channel = kind == CaseKind.HotlineOrder ? CaseChannel.Hotline
            : !isWorked ? random.Next(3) == 0 ? CaseChannel.Qr : CaseChannel.Web
            : random.Next(100) switch { < 28 => CaseChannel.Window, < 55 => CaseChannel.Phone, < 80 => CaseChannel.Web, < 92 => CaseChannel.Qr, < 96 => CaseChannel.Paper, _ => CaseChannel.Meeting };
        var phrases = PhrasesOf(kind);
        var phrase = phrases[random.Next(phrases.Length)];
        var isNamed = random.Next(100) < (kind is CaseKind.Suggestion ? 40 : kind == CaseKind.HotlineOrder ? 100 : 75);
        var at = channel is CaseChannel.Web or CaseChannel.Qr ? _times.At(day, random.Next(8 * 60, 21 * 60), random)
            : isWorked ? _times.InHours(day, random)
            : _times.At(day, random.Next(9 * 60, 18 * 60), random);
        return new Filed(FormattableString.Invariant($"filed {day:yyyy-MM-dd} {number}"), kind, channel, hall, window.Id, at, phrase)
        {
            About = phrase.Category == "attitude" && kind == CaseKind.Complaint && random.Next(10) < 7 ? window.Staff : null,
            Contact = isNamed ? Contacts.Of(random) : null,
            Order = kind == CaseKind.HotlineOrder ? FormattableString.Invariant($"JD{day:yyMMdd}{number:00}{random.Next(10_000):0000}") : null,
        };
    }

    // Every Friday, where it is worked, the boxes of the halls are opened, and what lies in them is filed.
    private IEnumerable<PlannedCase> FromBoxes(List<PlannedOpening> openings)
    {
        for (var day = From; day < _begun; day = day.AddDays(1))
        {
            if (day.DayOfWeek != DayOfWeek.Friday || !Workdays.Includes(day))
                continue;
            foreach (var (hall, index) in _site.Halls.Select((hall, index) => (hall, index)))
            {
                var name = FormattableString.Invariant($"box {day:yyyy-MM-dd} {index}");
                var random = _dice.Of(name);
                var opening = new PlannedOpening(hall.Id, _times.At(day, (16 * 60) + (10 * index), random), random.Next(3), _people.Officer.Name);
                openings.Add(opening);
                for (var paper = 1; paper <= opening.Found; paper++)
                {
                    var kind = random.Next(5) switch { 0 => CaseKind.Complaint, 1 => CaseKind.Praise, _ => CaseKind.Suggestion };
                    var phrases = PhrasesOf(kind);
                    var filed = new Filed($"{name} {paper}", kind, CaseChannel.Box, index, hall.Id, opening.At + (paper * 4 * 60_000), phrases[random.Next(phrases.Length)]);
                    if (_stories.Tell(filed) is { } planned)
                        yield return planned;
                }
            }
        }
    }

    private static ImmutableArray<CasePhrase> PhrasesOf(CaseKind kind) => kind switch
    {
        CaseKind.Complaint => CasePhrases.Complaints,
        CaseKind.Suggestion => CasePhrases.Suggestions,
        CaseKind.Praise => CasePhrases.Praises,
        CaseKind.Question => CasePhrases.Questions,
        _ => CasePhrases.Orders,
    };
}
