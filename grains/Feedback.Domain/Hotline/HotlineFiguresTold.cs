using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Hotline;

/// <summary>The city told its own figures of a month of a node; they replace those that it told before. Kept on <see cref="StreamName.Hotline"/>.</summary>
public sealed record HotlineFiguresTold : JournalEvent
{
    /// <summary>The node whose orders they are about, with everything below it.</summary>
    public required NodeId Node { get; init; }

    /// <summary>The first day of the month, local at the node.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>The figures.</summary>
    public required HotlineFigures Figures { get; init; }

    /// <summary>Who says so, as the audit trail names them.</summary>
    public required string By { get; init; }
}

/// <summary>The stored text of the city's figures.</summary>
internal static class HotlineTexts
{
    public static readonly EventKind[] Kinds = [EventKind.Of<HotlineFiguresTold>("hotline.figures", 1, Write, Read)];

    private static void Write(CanonicalWriter text, HotlineFiguresTold told)
    {
        text.Member("node"u8, told.Node.Value).Member("month"u8, HotlineFigures.MonthText(told.Month)).Member("by"u8, told.By);
        if (told.Figures.Listed is not { } listed)
        {
            text.Member("orders"u8, told.Figures.Orders).BeginObject("results"u8);
            foreach (var (word, count) in told.Figures.Results)
                text.Name(word).BeginObject().Member("yes"u8, count.Yes).Member("of"u8, count.Of).EndObject();
            text.EndObject();
            return;
        }

        text.BeginArray("listed"u8);
        foreach (var (number, results) in listed)
            text.BeginObject().Member("number"u8, number).Member("yes"u8, WordsOf(results, true)).Member("no"u8, WordsOf(results, false)).EndObject();
        text.EndArray();
    }

    private static HotlineFiguresTold Read(JsonElement text, Opaque salt) => new()
    {
        Salt = salt,
        Node = text.Node("node"),
        Month = DateOnly.ParseExact(text.Text("month"), HotlineFigures.MonthFormat, CultureInfo.InvariantCulture),
        Figures = text.TryGetProperty("listed", out var listed) ? ListedIn(listed) : CountedIn(text),
        By = text.Text("by"),
    };

    private static HotlineFigures ListedIn(JsonElement listed) => HotlineFigures.OrderByOrder(listed.EnumerateArray().ToDictionary(
        order => order.Text("number"),
        order => OrderResults.Of(order.Texts("yes").Select(word => (word, true)).Concat(order.Texts("no").Select(word => (word, false))).ToDictionary(one => one.word, one => one.Item2)),
        StringComparer.Ordinal));

    private static HotlineFigures CountedIn(JsonElement text)
    {
        var (figures, refusal) = HotlineFigures.Counted(
            text.Number("orders"),
            text.GetProperty("results").EnumerateObject().ToDictionary(result => result.Name, result => new HotlineCount(result.Value.Number("yes"), result.Value.Number("of"))));
        return figures ?? throw new FormatException($"The figures contradict themselves: {refusal!.Code}, {refusal.Field}.");
    }

    private static ImmutableArray<string> WordsOf(OrderResults results, bool yes) => [.. OrderResults.Words.Where((_, index) => results[index] == yes)];
}
