namespace Feedback.Charts.Trends;

/// <summary>
/// The vertical axis of a rate: from <see cref="Low"/> to <see cref="High"/> in steps of <see cref="Step"/>, all in
/// whole per cent and never outside 0 … 100.
/// </summary>
internal sealed record RateScale(int Low, int High, int Step)
{
    // Five points of per cent: below that a chart would magnify mere chance into mountains.
    private const double LeastSpan = 5;
    // Every step divides 100, so that 0 and 100 are ticks wherever they are reached.
    private static readonly int[] Steps = [1, 2, 5, 10, 20, 25, 50];

    /// <summary>
    /// The axis that shows every rate and nine tenths of the interval ends; the widest tenth may run out of the
    /// picture, because one day with two ratings must not flatten a year. 0 … 100 where no point is defined.
    /// </summary>
    /// <param name="points">The points of the chart.</param>
    /// <param name="mostSteps">How many steps there is room for, 1 or more.</param>
    public static RateScale Of(IEnumerable<TrendPoint> points, int mostSteps)
    {
        var defined = points.Where(point => point.Rate.Trials > 0).ToList();
        if (defined.Count == 0)
            return new RateScale(0, 100, 50);

        var rates = defined.Select(point => 100 * point.Rate.Value!.Value).ToList();
        var lows = defined.Select(point => 100 * point.Interval?.Low).OfType<double>().Order().ToList();
        var highs = defined.Select(point => 100 * point.Interval?.High).OfType<double>().OrderDescending().ToList();
        var bottom = Math.Min(rates.Min(), WithoutTheWidest(lows) ?? 100);
        var top = Math.Max(rates.Max(), WithoutTheWidest(highs) ?? 0);
        return Covering(bottom, top, mostSteps);
    }

    /// <summary>Where the lines of the grid lie, in per cent, from low to high.</summary>
    public IEnumerable<int> Ticks()
    {
        for (var at = Low; at <= High; at += Step)
            yield return at;
    }

    // Ends are sorted from the outermost in; with fewer than ten nothing is left out.
    private static double? WithoutTheWidest(List<double> ends) => ends.Count == 0 ? null : ends[ends.Count / 10];

    private static RateScale Covering(double bottom, double top, int mostSteps)
    {
        var missing = Math.Max(0, LeastSpan - (top - bottom));
        bottom -= missing / 2;
        top += missing / 2;
        // What the widening pushed over an end of the scale is given to the other side.
        if (top > 100)
            (bottom, top) = (bottom - (top - 100), 100);
        if (bottom < 0)
            (bottom, top) = (0, Math.Min(100, top - bottom));

        foreach (var step in Steps)
        {
            var low = Math.Max(0, (int)Math.Floor(bottom / step) * step);
            var high = Math.Min(100, (int)Math.Ceiling(top / step) * step);
            if ((high - low) / step <= mostSteps)
                return new RateScale(low, high, step);
        }
        return new RateScale(0, 100, 50);
    }
}
