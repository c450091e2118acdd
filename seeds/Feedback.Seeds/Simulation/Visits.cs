using System.Globalization;

namespace Feedback.Seeds.Simulation;

/// <summary>One visit to a window: a matter that was finished there, an evaluation of it, or both.</summary>
/// <param name="Window">The window's number among those simulated.</param>
/// <param name="Matter">The finished matter; null where somebody rates without one, as with a window's QR code.</param>
/// <param name="Evaluation">The evaluation; null when nobody rated.</param>
internal sealed record Visit(int Window, PushedMatter? Matter, PushedEvaluation? Evaluation)
{
    /// <summary>How many events it brings, 1 or 2.</summary>
    public int Events => (Matter is null ? 0 : 1) + (Evaluation is null ? 0 : 1);
}

/// <summary>
/// Draws visits. What is said follows from the seed and the number of visits drawn before; only the times come from
/// the clock. Not safe for several threads.
/// </summary>
/// <param name="place">The place.</param>
/// <param name="seed">The seed.</param>
/// <param name="run">Begins every id.</param>
internal sealed class Visits(SimulatedPlace place, int seed, string run)
{
    private readonly Random _random = new(seed);
    private long _drawn;

    /// <summary>Draws the next visit.</summary>
    /// <param name="timeAt">When it ends at a window, with the offset that the terminal there writes.</param>
    public Visit Next(Func<int, DateTimeOffset> timeAt)
    {
        var index = _random.Next(place.Windows.Length);
        var window = place.Windows[index];
        var number = (++_drawn).ToString("000000", CultureInfo.InvariantCulture);
        var time = timeAt(index).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        var item = window.ServiceItems.IsEmpty ? null : window.ServiceItems[_random.Next(window.ServiceItems.Length)];
        var attached = _random.Next(1000) < 920;
        var matter = attached
            ? new PushedMatter { Number = $"QH-{run}-{number}", Window = window.Id, FinishedAt = time, ServiceItem = item, Staff = window.Staff }
            : null;
        if (attached && _random.Next(1000) >= window.Temper.RatedPerMille)
            return new Visit(index, matter, null);
        var rating = Rating.Draw(_random, window.Temper, attached, place.Reasons);
        return new Visit(index, matter, PushedEvaluation.Of(rating) with
        {
            Id = $"{run}-{number}",
            Window = window.Id,
            OccurredAt = time,
            Matter = matter?.Number,
            ServiceItem = item,
            Staff = window.Staff,
        });
    }
}
