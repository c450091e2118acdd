using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Seeds.Simulation;

namespace Feedback.Seeds.Demo;

/// <summary>
/// What the demo district's windows heard before the demo was started: the same claims for the same seed and first day,
/// whenever and however often they are asked for. A claim of a day never changes as time goes on; there are only more.
/// </summary>
public sealed class HistoryPlan
{
    private const int AttachedPerMille = 930;
    private static readonly TimeSpan SilenceCountsAfter = TimeSpan.FromDays(DemoStory.SilenceCountsAfter);

    private readonly DemoSite _site;
    private readonly DemoStory _story;
    private readonly HallZone _zone;
    private readonly int _seed;
    private readonly long _until;

    /// <summary>Plans a history.</summary>
    /// <param name="site">The district.</param>
    /// <param name="seed">The seed, 0 to 999,999.</param>
    /// <param name="begun">The local day on which the demo was first started: the story is told from there.</param>
    /// <param name="days">How many days before today it goes back; 0 or more.</param>
    /// <param name="now">Where it ends; nothing is planned later than that.</param>
    public HistoryPlan(DemoSite site, int seed, DateOnly begun, int days, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        (_site, _seed, _story) = (site, seed, new DemoStory(begun));
        _zone = HallZone.Get(site.Zone);
        _until = now.ToUnixTimeMilliseconds();
        Today = _zone.LocalTime(_until).Day;
        From = Today.AddDays(-days);
    }

    /// <summary>The first local day with visits.</summary>
    public DateOnly From { get; }

    /// <summary>The last local day, of which only the hours that are over are planned.</summary>
    public DateOnly Today { get; }

    /// <summary>How many windows there are.</summary>
    public int Windows => _site.Windows.Count();

    /// <summary>Who numbers the ids of a history: every seed has a source of its own.</summary>
    public string Source => SourceOf(_seed);

    internal const string SourcePrefix = "demo-history-";

    internal static string SourceOf(int seed) => SourcePrefix + seed.ToString(CultureInfo.InvariantCulture);

    /// <summary>All claims, hall by hall and window by window, each window's ascending by time.</summary>
    public IEnumerable<(DemoWindow Window, IReadOnlyList<WindowClaim> Claims)> Claims =>
        _site.Halls.SelectMany((hall, h) => hall.Windows.Select((window, w) => (window, Of(h, w, window))));

    private IReadOnlyList<WindowClaim> Of(int hall, int window, DemoWindow site)
    {
        var claims = new List<WindowClaim>();
        for (var day = From; day <= Today; day = day.AddDays(1))
            AddDay(claims, hall, window, site, day);
        // A rule's grade comes a week later, and a call back some hours; a matter stands before its rating also when both bear one time.
        return [.. claims.Where(claim => claim.Time.UtcMilliseconds <= _until).OrderBy(claim => claim.Time.UtcMilliseconds)];
    }

    private void AddDay(List<WindowClaim> claims, int hall, int window, DemoWindow site, DateOnly day)
    {
        var random = new Random(SeedOf(hall, window, day));
        var temper = _story.Temper(hall, window, day);
        var start = _zone.StartOf(day);
        var visits = DemoRhythm.Visits(DemoRhythm.MeanVisits(hall, window, day), random);
        for (var number = 1; number <= visits; number++)
        {
            var at = Local(start + (long)DemoRhythm.Time(hall, random).ToTimeSpan().TotalMilliseconds);
            var id = string.Create(CultureInfo.InvariantCulture, $"{day:yyMMdd}-{hall + 1}{window + 1:00}{number:000}");
            var item = site.ServiceItems[random.Next(site.ServiceItems.Length)];
            var matter = random.Next(1000) < AttachedPerMille ? string.Create(CultureInfo.InvariantCulture, $"QH{_seed:00}-{id}") : null;
            if (matter is not null)
                claims.Add(new MatterClaim(site.Id, matter, Source, at, item, site.Staff));
            if (RatingOf(random, temper, matter is not null, hall, day) is not { } rating)
                continue;
            claims.Add(new EvaluationClaim(
                new Evaluation
                {
                    Id = id,
                    Source = Source,
                    Window = site.Id,
                    OccurredAt = at with { UtcMilliseconds = at.UtcMilliseconds + (long)DelayOf(rating, random).TotalMilliseconds },
                    Grade = rating.Grade,
                    Origin = rating.Origin,
                    Dimensions = rating.Dimensions,
                    ServiceItem = item,
                    Staff = site.Staff,
                    Channel = rating.Channel,
                    Reasons = rating.Reasons,
                    Language = rating.Origin == Origin.Default ? null : "zh-CN",
                },
                matter, rating.Comment));
        }
    }

    private Rating? RatingOf(Random random, WindowTemper temper, bool attached, int hall, DateOnly day) =>
        !attached || random.Next(1000) < temper.RatedPerMille ? Rating.Draw(random, temper, attached, _site.Reasons)
        : _story.CountsSilence(hall, day) ? Rating.Silence
        : null;

    private static TimeSpan DelayOf(Rating rating, Random random) => rating.Origin switch
    {
        Origin.Default => SilenceCountsAfter,
        Origin.Callback => TimeSpan.FromMinutes(20 + random.Next(40)),
        _ => TimeSpan.FromSeconds(15 + random.Next(100)),
    };

    private Moment Local(long utcMilliseconds)
    {
        var (day, _) = _zone.LocalTime(utcMilliseconds);
        return new Moment(utcMilliseconds, Moment.OnDay(day, _zone).OffsetMinutes);
    }

    // Each window's day has dice of its own, so that it is the same however many days are planned (mixing by Steele, Lea
    // and Flood 2014, "SplitMix": neighbouring days must not resemble each other).
    private int SeedOf(int hall, int window, DateOnly day)
    {
        var mixed = ((ulong)_seed << 40) ^ ((ulong)((hall * 64) + window) << 32) ^ (uint)day.DayNumber;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return (int)((mixed ^ (mixed >> 31)) & int.MaxValue);
    }
}
