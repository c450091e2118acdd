using Feedback.Analytics.Periods;
using Feedback.Charts.Words;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.Tallies;
using Feedback.Grains.Organisation;
using Feedback.Grains.Tallies;

namespace Feedback.Api.Charts;

/// <summary>What a chart is made of.</summary>
/// <param name="Node">The node.</param>
/// <param name="Period">The local days.</param>
/// <param name="Words">The language.</param>
/// <param name="Bureau">Names of places and dimensions.</param>
/// <param name="Days">The counts.</param>
/// <param name="AsOf">The day whose places below the node are shown: the period's last, or today where that is still to come.</param>
internal sealed record ChartData(Node Node, Period Period, ChartWords Words, BureauState Bureau, NodeDays Days, DateOnly AsOf)
{
    /// <summary>The figures of cases; none for charts of evaluations.</summary>
    public CaseChartData Cases { get; init; } = CaseChartData.None;

    // Days up to three months, weeks up to two years, then months: more points than these could not be told apart.
    private const int MostDays = 92;
    private const int MostWeeks = 105;

    /// <summary>The steps of a chart over time.</summary>
    public PeriodUnit Unit => Period.Days <= MostDays ? PeriodUnit.Day : Period.Days <= 7 * MostWeeks ? PeriodUnit.Week : PeriodUnit.Month;

    /// <summary>The name of the steps in words.</summary>
    public string UnitName => Words[Unit switch { PeriodUnit.Day => "day", PeriodUnit.Week => "week", _ => "month" }];

    /// <summary>The counts of each step, in order; empty ones too.</summary>
    public IEnumerable<(PeriodSlice Slice, Tally Tally)> Steps()
    {
        var at = 0;
        foreach (var slice in Period.Split(Unit))
        {
            var sum = Tally.Empty;
            // Days come in ascending order, each once.
            for (; at < Days.Days.Length && Days.Days[at].Day < slice.End; at++)
                sum = sum.Plus(Days.Days[at].Tally);
            yield return (slice, sum);
        }
    }

    /// <summary>The heading of a chart about the node.</summary>
    public string Title(string chart) => Words.Say("title", NameOf(Node), Words["chart-" + chart]);

    /// <summary>A node's name in the chart's language; the other one where it has none.</summary>
    public string NameOf(Node node) => Either(node.Name.Zh, node.Name.En);

    /// <summary>A dimension's name in the chart's language; the code of one that is no longer in the scheme.</summary>
    public string NameOf(string dimension) =>
        Bureau.Catalogue.Dimensions.FirstOrDefault(one => one.Code == dimension) is { } known ? Either(known.Zh, known.En) : dimension;

    /// <summary>A category's name at the node in the chart's language; the code of one that is no longer there.</summary>
    public string NameOfCategory(string code)
    {
        var line = Bureau.Tree.LineOn(Node.Id, AsOf).ToList();
        return CasePolicies.At(Bureau.Policies, line, AsOf).Categories.Find(code) is { } known ? Either(known.Zh, known.En) : code;
    }

    private string Either(string zh, string en) => Words.IsChinese
        ? string.IsNullOrWhiteSpace(zh) ? en : zh
        : string.IsNullOrWhiteSpace(en) ? zh : en;
}
