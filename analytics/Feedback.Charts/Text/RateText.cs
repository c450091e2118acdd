using System.Globalization;
using Feedback.Analytics.Rates;

namespace Feedback.Charts.Text;

/// <summary>
/// A rate in words: per cent with one decimal, more where one would round a blemish away, so that "100%" and "0%"
/// mean every single one and none.
/// </summary>
internal static class RateText
{
    private const int MostDecimals = 6;

    /// <summary>The rate in per cent; an en dash where it is undefined.</summary>
    public static string Of(Proportion rate) => rate.Trials == 0 ? "–" : Number(rate) + "%";

    /// <summary>The same figure for a table, without its sign; empty where it is undefined.</summary>
    public static string Number(Proportion rate) => rate.Value switch
    {
        null => "",
        0 => "0",
        1 => "100",
        { } share => Text(share, DecimalsOf(share, 1)),
    };

    /// <summary>
    /// An end of a rate's interval, with as many decimals as the rate at least, so that the rate lies within what is written; empty where it is
    /// undefined.
    /// </summary>
    public static string End(Proportion rate, double? end) => (rate.Value, end) is ({ } share, { } known) ? Text(known, DecimalsOf(known, DecimalsOf(share, 1))) : "";

    private static int DecimalsOf(double share, int least)
    {
        var decimals = least;
        // An end that is one but for the last bit of its calculation is one.
        while (decimals < MostDecimals && share is > 1e-9 and < 1 - 1e-9 && Math.Round(100 * share, decimals) is 0 or 100)
            decimals++;
        return decimals;
    }

    private static string Text(double share, int decimals) => (100 * share).ToString("F" + decimals, CultureInfo.InvariantCulture);
}
