using System.Globalization;
using Feedback.Analytics.Rates;

namespace Feedback.Charts.Text;

/// <summary>
/// A rate in words: per cent with one decimal, more where one would round a blemish away, so that "100%" and "0%"
/// mean every single one and none.
/// </summary>
internal static class RateText
{
    /// <summary>The rate in per cent; an en dash where it is undefined.</summary>
    public static string Of(Proportion rate) => rate.Trials == 0 ? "–" : Number(rate) + "%";

    /// <summary>The same figure for a table, without its sign; empty where it is undefined.</summary>
    public static string Number(Proportion rate)
    {
        if (rate.Value is not { } share)
            return "";
        if (rate.Successes == 0 || rate.Successes == rate.Trials)
            return share == 0 ? "0" : "100";

        var percent = 100 * share;
        var decimals = 1;
        while (decimals < 6 && Math.Round(percent, decimals) is 0 or 100)
            decimals++;
        return percent.ToString("F" + decimals, CultureInfo.InvariantCulture);
    }
}
