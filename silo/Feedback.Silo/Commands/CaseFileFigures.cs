using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Feedback.Analytics.Cases;
using Feedback.Analytics.Periods;
using Feedback.Analytics.Rates;
using Feedback.Api;
using Feedback.Charts;
using Feedback.Charts.Cases;
using Feedback.Charts.Words;
using Feedback.Domain.Cases;
using Feedback.Domain.Time;
using Feedback.Seeds.Import.Cases;

namespace Feedback.Silo.Commands;

/// <summary>How long the cases of a file took, exactly, in figures and charts.</summary>
/// <param name="file">The file.</param>
/// <param name="cases">Its cases.</param>
/// <param name="mapping">Names the zone that cuts the days.</param>
/// <param name="limitDays">A limit in natural days; null for none.</param>
/// <param name="now">The instant at which it is asked.</param>
/// <param name="culture">The language of names and charts.</param>
internal sealed class CaseFileFigures(CaseFile file, ImmutableArray<ImportedCase> cases, CaseMapping mapping, double? limitDays, DateTimeOffset now, CultureInfo culture)
{
    // More days than this are drawn week by week.
    private const int MostDays = 62;

    // A few cases that stay open for a year would press all others together.
    private static readonly TimeSpan Afterwards = TimeSpan.FromDays(30);

    private readonly ImmutableArray<CaseSpan> _spans =
        [.. cases.Select(one => new CaseSpan(one.Category ?? "", one.Opened.UtcMilliseconds, one.ClosedAt))];

    private readonly ChartWords _words = ChartWords.For(culture);

    /// <summary>Prints what was stored, and the closing times per category.</summary>
    public void Print(CaseImportOutcome? outcome, bool json, TextWriter to)
    {
        var times = ClosingTime.ByCategory(_spans).Append(ClosingTime.OfAll(_spans)).ToList();
        if (json)
        {
            to.WriteLine(JsonSerializer.Serialize(
                new
                {
                    file.Rows,
                    outcome?.Opened,
                    outcome?.Closed,
                    outcome?.Repeated,
                    Refused = outcome?.Refused.Select(one => new { one.Number, one.Refusal.Code }),
                    Categories = times.Select(time => new
                    {
                        time.Category,
                        Name = NameOf(time),
                        Cases = time.Opened,
                        time.Closed,
                        MedianHours = time.Median?.TotalHours,
                        NinetiethHours = time.Ninetieth?.TotalHours,
                        OnTime = OnTimeOf(time)?.Value,
                    }),
                },
                ApiJson.Options));
            return;
        }

        if (outcome is not null)
            to.WriteLine(Plain($"{outcome.Cases:N0} cases: {outcome.Opened:N0} opened, {outcome.Closed:N0} closed, {outcome.Repeated:N0} there already, {outcome.Refused.Length:N0} refused"));
        foreach (var (number, refusal) in outcome?.Refused ?? [])
            to.WriteLine($"{number}: {refusal.Code} {refusal.Value}");
        to.WriteLine($"   cases   closed           median  90th percentile{(limitDays is null ? "" : Plain($"         closed within {limitDays:0.##} d"))}");
        foreach (var time in times)
            to.WriteLine(Plain($"{time.Opened,8:N0} {time.Closed,8:N0} {TextOf(time.Median),16} {TextOf(time.Ninetieth),16}{ShareOf(time)}  {NameOf(time)}"));
    }

    /// <summary>Draws both charts into a folder.</summary>
    public async Task DrawAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, model) in (IEnumerable<(string, ChartModel)>)[("closing-time", ClosingTimes()), ("case-flow", Flow())])
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), ChartPicture.Png(model, ChartSize.Page, ChartTheme.Light), cancellation);
    }

    private ClosingTimeChartModel ClosingTimes() => new(
        Title("closing-time"), Days(TimeSpan.Zero) is { } opened ? _words.Span(opened) : "", ClosingTime.OfAll(_spans),
        ClosingTime.ByCategory(_spans).Select(time => new ClosingTimeRow(NameOf(time), time)), _words);

    private CaseFlowChartModel Flow()
    {
        if (Days(Afterwards) is not { } period)
            return new CaseFlowChartModel(Title("case-flow"), "", [], _words["day"], _words);
        var days = CaseDay.Of(_spans, period, HallZone.Get(mapping.Zone));
        return period.Days <= MostDays
            ? new CaseFlowChartModel(Title("case-flow"), _words.Span(period), days, _words["day"], _words)
            : new CaseFlowChartModel(Title("case-flow"), _words.Span(period), CaseDay.Per(days, period, PeriodUnit.Week), _words["week"], _words);
    }

    private string Title(string chart) => _words.Say("title", mapping.Place.Root is { } root ? _words.IsChinese ? root.Zh : root.En : mapping.Source, _words["chart-" + chart]);

    // The days on which cases came in, and so long after the last as cases were still closed.
    private Period? Days(TimeSpan afterwards)
    {
        if (_spans.IsEmpty)
            return null;
        var zone = HallZone.Get(mapping.Zone);
        var (first, last) = (_spans.Min(one => one.OpenedAt), _spans.Max(one => one.OpenedAt));
        var end = Math.Min(last + (long)afterwards.TotalMilliseconds, _spans.Max(one => one.ClosedAt ?? one.OpenedAt));
        return new Period(zone.LocalTime(first).Day, zone.LocalTime(Math.Max(last, end)).Day.AddDays(1));
    }

    private string NameOf(ClosingTime time) => time.Category is null ? _words["all"]
        : file.Categories.First(category => category.Code == time.Category) is var category && _words.IsChinese ? category.Zh : category.En;

    private Proportion? OnTimeOf(ClosingTime time) => limitDays is { } days
        ? OnTimeShare.Of(_spans.Where(one => time.Category is null || one.Category == time.Category), TimeSpan.FromDays(days), now.ToUnixTimeMilliseconds())
        : null;

    private string ShareOf(ClosingTime time) => OnTimeOf(time) is not { } share ? ""
        : share.Value is { } value ? Plain($" {share.Successes,8:N0} of {share.Trials,6:N0} {value,8:P1}") : $" {"–",27}";

    private static string TextOf(TimeSpan? duration) => duration?.ToString("c", CultureInfo.InvariantCulture) ?? "–";

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
