namespace Feedback.Charts.Trends;

/// <summary>A stretch of points without a gap: what one line may connect.</summary>
internal static class TrendRun
{
    /// <summary>The stretches of points whose rate is defined, in order, none empty. An undefined point ends a stretch.</summary>
    public static IEnumerable<IReadOnlyList<TrendPoint>> OfRates(IEnumerable<TrendPoint> points) =>
        Of(points, point => point.Rate.Trials > 0);

    /// <summary>The stretches of points whose interval is known as well.</summary>
    public static IEnumerable<IReadOnlyList<TrendPoint>> OfIntervals(IEnumerable<TrendPoint> points) =>
        Of(points, point => point.Rate.Trials > 0 && point.Interval is not null);

    private static IEnumerable<IReadOnlyList<TrendPoint>> Of(IEnumerable<TrendPoint> points, Func<TrendPoint, bool> belongs)
    {
        var run = new List<TrendPoint>();
        foreach (var point in points)
        {
            if (belongs(point))
            {
                run.Add(point);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
        if (run.Count > 0)
            yield return run;
    }
}
