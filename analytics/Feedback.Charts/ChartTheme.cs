namespace Feedback.Charts;

/// <summary>The ground a chart is drawn on.</summary>
public enum ChartTheme
{
    /// <summary>Dark ink on white, for pages and print.</summary>
    Light,

    /// <summary>Light ink on near-black, for consoles and wall screens.</summary>
    Dark,
}
