using System.Collections.Immutable;
using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Cases;

/// <summary>Which cases a reader asks for.</summary>
/// <param name="Filter">Which of theirs.</param>
/// <param name="Order">How they are sorted.</param>
/// <param name="After">Where the page begins; null for the first one.</param>
/// <param name="Limit">The most on a page.</param>
/// <param name="Search">What is searched for; null for nothing.</param>
internal sealed record CaseListAsked(CaseFilter Filter, CaseOrder Order, CaseCursor? After, int Limit, string? Search);

/// <summary>Reads the query of a list of cases.</summary>
internal sealed class CaseQueryText(AccessCheck access, CaseDoor door, IBureau bureau, TimeProvider clock)
{
    private const int UsuallyOnPage = 50;
    private const int LongestSearch = 100;
    private const long Soon = 3L * 24 * 60 * 60 * 1000;

    private static readonly ImmutableArray<CaseStage> Open =
        [CaseStage.Registered, CaseStage.Dispatched, CaseStage.Verifying, CaseStage.Handling, CaseStage.Appealed, CaseStage.Handled, CaseStage.Answered];

    /// <summary>Stages at which a case is open.</summary>
    public static ImmutableArray<CaseStage> OpenStages => Open;

    /// <summary>Reads it.</summary>
    /// <exception cref="RefusedException">A member cannot be taken, or names a node that is none of the reader's.</exception>
    public async Task<CaseListAsked> ReadAsync(HttpContext http)
    {
        var (query, caller) = (http.Request.Query, http.GetCaller());
        var node = Word(query, "node") is { } place
            ? await access.FindAsync(place, caller.ScopeHere) ?? throw Members.Refuse("node-unknown", "node", place)
            : null;
        var unit = Word(query, "unit") is { } handling
            ? await access.FindAsync(handling, caller.ScopeHere) ?? throw Members.Refuse("node-unknown", "unit", handling)
            : null;
        var (from, to) = (DayIn(query, "from"), DayIn(query, "to"));
        if (to <= from)
            throw Members.Refuse("period-empty", "to");
        var zone = node?.Zone ?? bureau.Current.Tree.Nodes.FirstOrDefault(one => one.ParentOn(DateOnly.MaxValue) is null)?.Zone ?? HallZone.Get("UTC");
        var filter = new CaseFilter
        {
            Reach = door.ReachOf(http),
            Nodes = node is null ? null : Below(node),
            OrHandledThere = true,
            OrHelpedThere = true,
            Units = unit is null ? null : Below(unit),
            Kinds = WordsOf(query, "kind", CaseWords.KindOf),
            Stages = WordsOf(query, "stage", CaseWords.StageOf),
            Categories = CategoriesOf(Word(query, "category"), node),
            Owner = OwnerOf(Word(query, "owner"), caller.Caller),
            OpenedFrom = from is { } first ? zone.StartOf(first) : null,
            OpenedBefore = to is { } end ? zone.StartOf(end) : null,
        };
        (filter, var usual) = Viewed(filter, Word(query, "view"), caller.Caller);
        var order = Word(query, "order") switch
        {
            null => usual,
            "newest" => CaseOrder.OpenedDescending,
            "due" => CaseOrder.DueAscending,
            var other => throw Members.Refuse("word-unknown", "order", other),
        };
        return new CaseListAsked(filter, order, CursorIn(query), LimitIn(query), SearchIn(query));
    }

    private (CaseFilter Filter, CaseOrder Order) Viewed(CaseFilter filter, string? view, Caller caller)
    {
        var open = filter.Stages.Count > 0 ? filter : filter with { Stages = Open, OrAnswerOwed = true };
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return view switch
        {
            null => (filter, CaseOrder.OpenedDescending),
            "mine" => (open with { Owner = filter.Owner ?? caller.Name }, CaseOrder.DueAscending),
            "due" => (open with { DueBefore = now + Soon }, CaseOrder.DueAscending),
            "overdue" => (open with { Overdue = true }, CaseOrder.DueAscending),
            "supervised" => (open with { Supervised = true }, CaseOrder.DueAscending),
            "to-supervise" => (open with { ToSupervise = true }, CaseOrder.DueAscending),
            "to-call-back" => (open with { ToCallBack = true }, CaseOrder.OpenedDescending),
            _ => throw Members.Refuse("word-unknown", "view", view),
        };
    }

    private List<NodeId> Below(Node top)
    {
        var (tree, now) = (bureau.Current.Tree, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return [.. tree.Nodes.Where(node => tree.IsAtOrBelow(node.Id, top.Id, CaseTimes.DayAt(tree, node.Id, now))).Select(node => node.Id)];
    }

    // Whoever asks for a branch asks for its leaves, too; a code that no tree has may be that of an old case.
    private IReadOnlyCollection<string> CategoriesOf(string? category, Node? node)
    {
        if (category is null)
            return [];
        var (tree, now) = (bureau.Current.Tree, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var place = node ?? tree.Nodes.FirstOrDefault();
        if (place is null)
            return [category];
        var day = CaseTimes.DayAt(tree, place.Id, now);
        var categories = CasePolicies.At(bureau.Current.Policies, [.. tree.LineOn(place.Id, day)], day).Categories;
        return [.. categories.Categories.Select(one => one.Code).Where(code => categories.LineOf(code).Contains(category)).Append(category).Distinct()];
    }

    private static string? OwnerOf(string? owner, Caller caller) => owner switch
    {
        null => null,
        "me" => caller.Name,
        _ => owner.Contains(':', StringComparison.Ordinal) ? owner : CaseView.AccountPrefix + owner,
    };

    private static T[] WordsOf<T>(IQueryCollection query, string name, Func<string, T?> read)
        where T : struct =>
        [.. (Word(query, name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(word => read(word) ?? throw Members.Refuse("word-unknown", name, word)).Distinct()];

    private static string? Word(IQueryCollection query, string name) =>
        query[name].ToString() is not { Length: > 0 } text ? null : Members.Kept(text, name, EvaluationReader.LongestPath, multiline: false);

    private static string? SearchIn(IQueryCollection query) =>
        query["q"].ToString().Trim() is not { Length: > 0 } text ? null : Members.Kept(text, "q", LongestSearch, multiline: false);

    private static DateOnly? DayIn(IQueryCollection query, string name) => query[name].ToString().Length == 0 ? null
        : SatisfactionQuery.Day(query, name) ?? throw new RefusedException(SatisfactionQuery.BadDay(query, name));

    private static CaseCursor? CursorIn(IQueryCollection query) => query["after"].ToString() is not { Length: > 0 } text ? null
        : CaseCursor.TryParse(text, out var cursor) ? cursor : throw Members.Refuse("cursor-invalid", "after", text);

    private static int LimitIn(IQueryCollection query) => query["limit"].ToString() is not { Length: > 0 } text ? UsuallyOnPage
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= CasePage.Most ? limit
        : throw Members.Refuse("count-invalid", "limit", string.Create(CultureInfo.InvariantCulture, $"1–{CasePage.Most}"));
}
