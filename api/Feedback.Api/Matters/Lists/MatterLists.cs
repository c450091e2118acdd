using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Time;
using Feedback.Grains.Organisation;
using Feedback.Grains.ServiceMatters;

namespace Feedback.Api.Matters.Lists;

/// <summary>Lists service matters: those that a node of the reader's scope took.</summary>
public sealed class MatterLists(IMatterStore matters, MatterSecrets codes, AccessCheck access, IBureau bureau)
{
    private const int UsuallyOnPage = 50;

    /// <summary>Every matter of a scope, or of a node of it and everything below.</summary>
    /// <param name="view">The organisation as the reader sees it.</param>
    /// <param name="node">The node; null for everything.</param>
    public static MatterFilter Of(ReaderView view, Node? node) => new()
    {
        Nodes = node is not null ? [.. view.Nodes.Where(one => view.Tree.IsAtOrBelow(one.Id, node.Id, view.TodayAt(one))).Select(one => one.Id)]
            : view.Scope.IsEverywhere ? null
            : [.. view.Nodes.Select(one => one.Id)],
    };

    /// <summary>What finds a matter by a number: the one on the notice, or the office's own.</summary>
    /// <param name="filter">Where it is looked for.</param>
    /// <param name="number">The number as people type it.</param>
    public MatterFilter ByNumber(MatterFilter filter, string number) =>
        CaseNumber.Read(number) is { } read ? filter with { Number = read } : filter with { Hash = codes.HashOf(number) };

    /// <summary>The page that a request asks for.</summary>
    /// <exception cref="RefusedException">A member of the query cannot be taken, or names a node that is none of the reader's.</exception>
    internal async Task<MatterListView> ListAsync(HttpContext http, NodeScope scope)
    {
        var (query, view) = (http.Request.Query, access.ViewOf(scope));
        var node = Word(query, "node") is { } place ? await access.FindAsync(place, scope) ?? throw Members.Refuse("node-unknown", "node", place) : null;
        var (from, to) = (DayIn(query, "from"), DayIn(query, "to"));
        if (to <= from)
            throw Members.Refuse("period-empty", "to");
        var zone = node?.Zone ?? view.Tops.FirstOrDefault()?.Zone ?? HallZone.Get("UTC");
        var filter = Of(view, node) with
        {
            Stages = StagesIn(query),
            OpenedFrom = from is { } first ? zone.StartOf(first) : null,
            OpenedBefore = to is { } end ? zone.StartOf(end) : null,
            LeastVisits = NumberIn(query, "visits", 0, MatterPage.Most),
            Broken = FlagIn(query, "broken"),
        };
        if (Word(query, "number") is { } number)
            filter = ByNumber(filter, number);
        var page = await matters.ListAsync(filter, CursorIn(query), NumberIn(query, "limit", 1, MatterPage.Most) ?? UsuallyOnPage, http.RequestAborted);
        var counts = await matters.CountByStageAsync(filter with { Stages = [] }, http.RequestAborted);
        return new MatterListView(
            counts.OrderBy(count => count.Key).ToDictionary(count => count.Key.Word(), count => count.Value),
            [.. page.Matters.Select(row => MatterRowView.Of(row, view, bureau.Current.Catalogue))], page.Next is not null, page.Next?.ToString());
    }

    private static MatterStage[] StagesIn(IQueryCollection query) =>
        [.. (Word(query, "stage") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(word => MatterWords.StageOf(word) ?? throw Members.Refuse("word-unknown", "stage", word)).Distinct()];

    private static string? Word(IQueryCollection query, string name) =>
        query[name].ToString().Trim() is not { Length: > 0 } text ? null : Members.Kept(text, name, EvaluationReader.LongestPath, multiline: false);

    private static DateOnly? DayIn(IQueryCollection query, string name) => query[name].ToString().Length == 0 ? null
        : SatisfactionQuery.Day(query, name) ?? throw new RefusedException(SatisfactionQuery.BadDay(query, name));

    private static bool? FlagIn(IQueryCollection query, string name) => query[name].ToString() switch
    {
        "" => null,
        "true" => true,
        "false" => false,
        var other => throw Members.Refuse("word-unknown", name, other),
    };

    private static MatterCursor? CursorIn(IQueryCollection query) => query["after"].ToString() is not { Length: > 0 } text ? null
        : MatterCursor.TryParse(text, out var cursor) ? cursor : throw Members.Refuse("cursor-invalid", "after", text);

    private static int? NumberIn(IQueryCollection query, string name, int least, int most) => query[name].ToString() is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Members.Refuse("count-invalid", name, string.Create(CultureInfo.InvariantCulture, $"{least}–{most}"));
}
