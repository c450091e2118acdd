using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Storage.Reading;

namespace Feedback.Storage.Cases;

/// <summary>A filter of cases as a condition on <c>cases c</c>.</summary>
internal sealed class CaseQuery
{
    /// <summary>By what the index on deadlines is sorted.</summary>
    public const string Deadline = "coalesce(c.due_at, 9223372036854775807)";

    private const int FewNodes = 64;

    // No category has it for a code.
    private const string NoCategory = "";

    // Not a column: units that help have rows of their own.
    private const string Helps = "assisting";

    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object Value)> _parameters = [];

    private CaseQuery()
    {
    }

    /// <summary>The condition with its <c>where</c>; empty where everything is let through.</summary>
    public string Where => _conditions.Count == 0 ? "" : "where " + string.Join(" and ", _conditions);

    /// <summary>The values of its parameters.</summary>
    public IReadOnlyList<(string Name, object Value)> Parameters => _parameters;

    /// <summary>The condition of a filter.</summary>
    public static CaseQuery Of(CaseFilter filter, IReadSource source)
    {
        var query = new CaseQuery();
        query.AndOneOf("kind", [.. filter.Kinds.Select(CaseWords.Word)]);
        query.AndOneOf("channel", [.. filter.Channels.Select(CaseWords.Word)]);
        query.AndOneOf("category", filter.Categories);
        var owed = filter.OrAnswerOwed && filter.Stages.Count > 0 && !filter.Stages.Contains(CaseStage.Merged);
        var stages = query.AndOneOf("stage", [.. filter.Stages.Select(CaseWords.Word), .. owed ? [CaseStage.Merged.Word()] : Array.Empty<string>()]);
        if (owed)
            query.And("(c.stage <> @merged or c.closed_at is null)", ("merged", CaseStage.Merged.Word()));
        if (filter.OpenedFrom is { } from)
            query.And("c.opened_at >= @opened_from", ("opened_from", from));
        if (filter.OpenedBefore is { } before)
            query.And("c.opened_at < @opened_before", ("opened_before", before));
        // The index on nodes and owners goes on with the stage, that on nodes with the time behind it.
        var narrow = (stages is null ? "" : $" and p.stage {stages}")
            + (filter.OpenedFrom is null ? "" : " and p.opened_at >= @opened_from") + (filter.OpenedBefore is null ? "" : " and p.opened_at < @opened_before");
        if (filter.Nodes is { } nodes)
        {
            string[] columns = ["node", .. filter.OrHandledThere ? ["lead"] : Array.Empty<string>(), .. filter.OrHelpedThere ? [Helps] : Array.Empty<string>()];
            query.AndAtNodes([new("nodes", nodes, columns)], null, narrow, source);
        }

        if (filter.Units is { } units)
            query.AndAtNodes([new("units", units, ["lead", Helps])], null, narrow, source);
        if (filter.Reach is { } reach)
            query.AndAtNodes([new("reach", reach.Nodes, ["node", "lead"]), new("helping", reach.Helping, [Helps])], reach.Owner, narrow, source);
        if (filter.Owner is { } owner)
            query.And("c.owner = @owner", ("owner", owner));
        if (filter.ExternalNumber is { } external)
            query.And("c.external_number = @external", ("external", external));
        if (filter.Like is { } like)
            query.AndLike(like);
        if (filter.DueBefore is { } due)
            query.And($"{Deadline} < @due_before and c.due_at is not null", ("due_before", due));
        query.AndIs("overdue", filter.Overdue);
        query.AndIs("supervised", filter.Supervised);
        query.AndIs("to_supervise", filter.ToSupervise);
        query.AndIs("to_call_back", filter.ToCallBack);
        return query;
    }

    /// <summary>Adds a condition.</summary>
    public void And(string condition, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        _conditions.Add(condition);
        _parameters.AddRange(parameters);
    }

    /// <summary>Adds a condition on who is where: the node, the lead or those that help, each among the nodes of its place, or the owner.</summary>
    /// <remarks>
    /// Of few nodes the index tells the cases, and those are sorted. Of many nodes most cases would have to be read and sorted: there
    /// it is quicker to go through the cases as they are sorted, and to stop when the page is full. On SQLite, with 100,000 cases at 1,000 nodes,
    /// a page of 500 of them took 2 ms so, and 600 ms the other way; one of 10 nodes 17 ms by the index.
    /// </remarks>
    private void AndAtNodes(Place[] places, string? orOwner, string narrow, IReadSource source)
    {
        var among = places.All(place => place.Nodes.Length <= FewNodes);
        var any = places.SelectMany(place => place.Columns, (place, column) => among ? Probed(place, column) : Looked(place, column)).ToList();
        if (orOwner is not null)
            any.Add(among ? $"select p.id from cases p where p.owner = @{places[0].Name}_owner{narrow}" : $"c.owner = @{places[0].Name}_owner");
        And(
            among ? $"c.id in ({string.Join(" union ", any)})" : $"({string.Join(" or ", any)})",
            [.. places.Select(place => (place.Name, source.ValueOfTexts(place.Nodes)))]);
        if (orOwner is not null)
            _parameters.Add(($"{places[0].Name}_owner", orOwner));

        string Probed(Place place, string column) => column == Helps
            ? $"select h.case_id from {Wanted(place)} cross join case_assisting h where h.node = wanted.item"
            : $"select p.id from {Wanted(place)} cross join cases p where p.{column} = wanted.item{narrow}";

        // An expression, so that no index on the column tempts anybody.
        string Looked(Place place, string column) => column == Helps
            ? $"exists (select 1 from case_assisting h where h.case_id = c.id and (h.node || '') in (select item from {Wanted(place)}))"
            : $"(c.{column} || '') in (select item from {Wanted(place)})";

        string Wanted(Place place) => source.TableOfTexts("@" + place.Name) + " wanted";
    }

    private void AndLike(CaseLikeness like)
    {
        And("(c.category = @like_category or (c.node = @like_node and c.kind = @like_kind))",
            ("like_category", like.Category ?? NoCategory), ("like_node", like.Node.Value), ("like_kind", like.Kind.Word()));
    }

    // Returns the condition, to be said of another column of the same kind; null for none.
    private string? AndOneOf(string column, IReadOnlyCollection<string> words)
    {
        if (words.Count == 0)
            return null;
        var first = _parameters.Count;
        var among = $"in ({string.Join(", ", words.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@p{first + i}")))})";
        And($"c.{column} {among}", [.. words.Select((word, i) => (string.Create(CultureInfo.InvariantCulture, $"p{first + i}"), (object)word))]);
        return among;
    }

    private void AndIs(string flag, bool? wanted)
    {
        if (wanted is { } value)
            And($"c.{flag} = @{flag}", (flag, value));
    }

    /// <summary>Nodes, and what of a case lies at one of them.</summary>
    private sealed record Place(string Name, string[] Nodes, string[] Columns)
    {
        public Place(string name, IEnumerable<NodeId> at, string[] columns)
            : this(name, [.. at.Distinct().Select(node => node.Value)], columns)
        {
        }
    }
}
