using System.Globalization;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.ServiceMatters;
using Feedback.Storage.Reading;

namespace Feedback.Storage.Matters;

/// <summary>A filter of service matters as a condition on <c>service_matters m</c>.</summary>
internal sealed class MatterQuery
{
    private const int FewNodes = 64;

    private readonly List<string> _conditions = [];
    private readonly List<(string Name, object Value)> _parameters = [];

    /// <summary>The condition with its <c>where</c>; empty where everything is let through.</summary>
    public string Where => _conditions.Count == 0 ? "" : "where " + string.Join(" and ", _conditions);

    /// <summary>The values of its parameters.</summary>
    public IReadOnlyList<(string Name, object Value)> Parameters => _parameters;

    /// <summary>The condition of a filter.</summary>
    public static MatterQuery Of(MatterFilter filter, IReadSource source)
    {
        var query = new MatterQuery();
        if (filter.Stages.Count > 0)
        {
            query.And(
                $"m.stage in ({string.Join(", ", filter.Stages.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"@s{i}")))})",
                [.. filter.Stages.Select((stage, i) => (string.Create(CultureInfo.InvariantCulture, $"s{i}"), (object)stage.Word()))]);
        }

        if (filter.Nodes is { } nodes)
        {
            string[] wanted = [.. nodes.Distinct().Select(node => node.Value)];
            // Of few nodes the index tells the matters. Of many it is quicker to go through the matters as they are sorted; the expression keeps the index out of it.
            var column = wanted.Length <= FewNodes ? "m.node" : "(m.node || '')";
            query.And($"{column} in (select item from {source.TableOfTexts("@nodes")} wanted)", ("nodes", source.ValueOfTexts(wanted)));
        }

        if (filter.OpenedFrom is { } from)
            query.And("m.opened_at >= @opened_from", ("opened_from", from));
        if (filter.OpenedBefore is { } before)
            query.And("m.opened_at < @opened_before", ("opened_before", before));
        if (filter.LeastVisits is { } visits)
            query.And("m.visits >= @visits", ("visits", visits));
        if (filter.Broken is { } broken)
            query.And("m.broken = @broken", ("broken", broken));
        if (filter.Number is { } number)
            query.And("m.number = @number", ("number", number));
        if (filter.Hash is { } hash)
            query.And("m.hash = @hash", ("hash", hash.ToString()));
        return query;
    }

    /// <summary>Adds a condition.</summary>
    public void And(string condition, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        _conditions.Add(condition);
        _parameters.AddRange(parameters);
    }
}
