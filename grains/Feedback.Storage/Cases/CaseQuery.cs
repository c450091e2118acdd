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
        var stages = query.AndOneOf("stage", [.. filter.Stages.Select(CaseWords.Word)]);
        if (filter.Nodes is { } nodes)
            query.AndAtNodes("nodes", nodes, filter.OrHandledThere ? ["node", "lead"] : ["node"], null, stages, source);
        if (filter.Reach is { } reach)
            query.AndAtNodes("reach", reach.Nodes, ["node", "lead"], reach.Owner, stages, source);
        if (filter.Owner is { } owner)
            query.And("c.owner = @owner", ("owner", owner));
        if (filter.ExternalNumber is { } external)
            query.And("c.external_number = @external", ("external", external));
        if (filter.OpenedFrom is { } from)
            query.And("c.opened_at >= @opened_from", ("opened_from", from));
        if (filter.OpenedBefore is { } before)
            query.And("c.opened_at < @opened_before", ("opened_before", before));
        if (filter.DueBefore is { } due)
            query.And($"{Deadline} < @due_before and c.due_at is not null", ("due_before", due));
        query.AndIs("overdue", filter.Overdue);
        query.AndIs("supervised", filter.Supervised);
        query.AndIs("to_call_back", filter.ToCallBack);
        return query;
    }

    /// <summary>Adds a condition.</summary>
    public void And(string condition, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        _conditions.Add(condition);
        _parameters.AddRange(parameters);
    }

    /// <summary>Adds a condition on the node, or on that or the lead, or on those or the owner.</summary>
    /// <remarks>
    /// Of few nodes the index tells the cases, and those are sorted. Of many nodes most cases would have to be read and sorted: there
    /// it is quicker to go through the cases as they are sorted, and to stop when the page is full. On SQLite, with 100,000 cases at 1,000 nodes,
    /// a page of 500 of them took 2 ms so, and 600 ms the other way; one of 10 nodes 17 ms by the index.
    /// </remarks>
    private void AndAtNodes(string name, IReadOnlyCollection<NodeId> at, string[] columns, string? orOwner, string? stages, IReadSource source)
    {
        string[] nodes = [.. at.Distinct().Select(node => node.Value)];
        var (among, atStages) = (nodes.Length <= FewNodes, stages is null ? "" : $" and p.stage {stages}");
        string[] owned = orOwner is null ? [] : [among ? $"select p.id from cases p where p.owner = @{name}_owner{atStages}" : $"c.owner = @{name}_owner"];
        And(
            among ? $"c.id in ({string.Join(" union ", [.. columns.Select(Probed), .. owned])})" : $"({string.Join(" or ", [.. columns.Select(Looked), .. owned])})",
            (name, source.ValueOfTexts(nodes)));
        if (orOwner is not null)
            _parameters.Add(($"{name}_owner", orOwner));

        string Probed(string column) => $"select p.id from {source.TableOfTexts("@" + name)} wanted cross join cases p where p.{column} = wanted.item{atStages}";

        // An expression, so that no index on the column tempts anybody.
        string Looked(string column) => $"(c.{column} || '') in (select item from {source.TableOfTexts("@" + name)} wanted)";
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
}
