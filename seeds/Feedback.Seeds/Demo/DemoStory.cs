using Feedback.Seeds.Simulation;

namespace Feedback.Seeds.Demo;

/// <summary>
/// What happened in the demo district, told from the day on which the demo was first started: one window slid into trouble
/// seven weeks before and is still in it, one was in trouble earlier and recovered, one gets praise that is too good to be
/// true, and the third hall once counted silence as a grade.
/// </summary>
/// <param name="begun">The local day of the first start.</param>
internal sealed class DemoStory(DateOnly begun)
{
    /// <summary>The hall that once counted silence, from 0.</summary>
    public const int SilentHall = 2;

    /// <summary>After how many days without an answer it did.</summary>
    public const int SilenceCountsAfter = 7;

    private readonly DateOnly _trouble = begun.AddDays(-49);
    private readonly DateOnly _earlierTrouble = begun.AddDays(-210);
    private readonly DateOnly _recovered = begun.AddDays(-172);
    private readonly DateOnly _praise = begun.AddDays(-100);
    private readonly DateOnly _silenceRuleEnded = begun.AddDays(-150);

    /// <summary>How people judge a window on a day; both numbers are counted from 0.</summary>
    public WindowTemper Temper(int hall, int window, DateOnly day) => (hall, window) switch
    {
        (1, 2) when day < _trouble => WindowTemper.Usual,
        (1, 2) when day < _trouble.AddDays(10) => WindowTemper.Strained,
        (0, 5) when day >= _earlierTrouble && day < _recovered => WindowTemper.InTrouble,
        (2, 3) when day < _praise => WindowTemper.Usual,
        _ => WindowTemper.At(hall, window),
    };

    /// <summary>Whether a hall counts no answer within seven days as 基本满意, as one province's rule of 2019 did.</summary>
    public bool CountsSilence(int hall, DateOnly day) => hall == SilentHall && day < _silenceRuleEnded;

    /// <summary>The first day on which no silence counted any more: that of the last visits under the rule had been waited for.</summary>
    public DateOnly SilenceEnded => _silenceRuleEnded.AddDays(SilenceCountsAfter);
}
