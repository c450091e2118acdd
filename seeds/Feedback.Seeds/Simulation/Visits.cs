using System.Globalization;
using Feedback.Seeds.Demo;

namespace Feedback.Seeds.Simulation;

/// <summary>One visit to a window: a matter that was finished there, an evaluation of it, or both.</summary>
/// <param name="Matter">The finished matter; null where somebody rates without one, as with a window's QR code.</param>
/// <param name="Evaluation">The evaluation; null when nobody rated.</param>
internal sealed record Visit(PushedMatter? Matter, PushedEvaluation? Evaluation)
{
    /// <summary>How many events it brings, 1 or 2.</summary>
    public int Events => (Matter is null ? 0 : 1) + (Evaluation is null ? 0 : 1);
}

/// <summary>
/// Draws visits. What is said follows from the seed and the number of visits drawn before; only the times come from
/// the clock. Not safe for several threads.
/// </summary>
/// <param name="site">The district.</param>
/// <param name="seed">The seed.</param>
/// <param name="run">Begins every id.</param>
internal sealed class Visits(DemoSite site, int seed, string run)
{
    private static readonly string[] Dimensions = ["attitude", "ethics", "style", "timeliness"];

    private readonly Random _random = new(seed);
    private readonly (DemoWindow Window, WindowTemper Temper)[] _windows =
    [
        .. site.Halls.SelectMany((hall, h) => hall.Windows.Select((window, w) =>
            (window, WindowTemper.At(h, w)))),
    ];

    private long _drawn;

    /// <summary>Draws the next visit.</summary>
    /// <param name="at">When it ends, with the offset that the terminal writes.</param>
    public Visit Next(DateTimeOffset at)
    {
        var (window, temper) = _windows[_random.Next(_windows.Length)];
        var id = window.Id.Value;
        var number = (++_drawn).ToString("000000", CultureInfo.InvariantCulture);
        var time = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        var item = window.ServiceItems[_random.Next(window.ServiceItems.Length)];
        var attached = Chance(920);
        var matter = attached
            ? new PushedMatter { Number = $"QH-{run}-{number}", Window = id, FinishedAt = time, ServiceItem = item, Staff = window.Staff }
            : null;
        return new Visit(matter, matter is null || Chance(temper.RatedPerMille) ? Evaluate() : null);

        PushedEvaluation Evaluate()
        {
            var declined = Chance(40);
            var grade = temper.Grade(_random);
            return new PushedEvaluation
            {
                Id = $"{run}-{number}",
                Window = id,
                OccurredAt = time,
                Grade = declined ? null : grade,
                Origin = declined ? "declined" : matter is not null && Chance(30) ? "callback" : "active",
                Dimensions = declined || !Chance(700) ? null : DimensionsAround(grade),
                Matter = matter?.Number,
                ServiceItem = item,
                Staff = window.Staff,
                Channel = ChannelOf(attached),
                Reasons = declined || grade > 2 ? null : ReasonsOf(),
                Comment = declined || !Chance(grade > 2 ? 120 : 550) ? null : Phrases.For(grade, _random),
                Language = "zh-CN",
            };
        }
    }

    private bool Chance(int perMille) => _random.Next(1000) < perMille;

    // A dimension is mostly judged like the whole, now and then a step better or worse.
    private SortedDictionary<string, int> DimensionsAround(int grade)
    {
        var grades = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var dimension in Dimensions)
            grades[dimension] = Math.Clamp(grade + (Chance(250) ? Chance(500) ? 1 : -1 : 0), 1, 5);
        return grades;
    }

    // Without a matter it was the window's printed QR code.
    private string ChannelOf(bool attached) =>
        !attached ? "qr" : _random.Next(100) switch { < 68 => "terminal", < 93 => "qr", < 97 => "app", _ => "web" };

    private string[] ReasonsOf() =>
        [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => site.Reasons[_random.Next(site.Reasons.Length)]).Distinct().Order(StringComparer.Ordinal)];
}
