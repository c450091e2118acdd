using System.Collections.Immutable;
using Feedback.Domain.Organisation;

namespace Feedback.Seeds.Import.Cases;

/// <summary>A unit that rows name.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Parent">The path above; empty for the root.</param>
/// <param name="Code">The last step of the path.</param>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
public sealed record NamedPlace(string Path, string Parent, string Code, string Zh, string En);

/// <summary>The paths of the units that rows name, and how each is called where it is named for the first time.</summary>
internal sealed class CasePaths
{
    private readonly CasePlaceMapping _mapping;
    private readonly string _root;
    private readonly Dictionary<string, NamedPlace> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Parent, string Words), string> _paths = [];
    private readonly List<NamedPlace> _order = [];

    public CasePaths(CasePlaceMapping mapping)
    {
        (_mapping, _root) = (mapping, mapping.Under ?? mapping.Root!.Code);
        if (mapping.Root is { } root)
            Name(new NamedPlace(root.Code, "", root.Code, root.Zh, root.En));
    }

    /// <summary>Every place named, parents first; the node that must exist is not among them.</summary>
    public ImmutableArray<NamedPlace> Named => [.. _order];

    /// <summary>The paths of the node that a row concerns and of the unit that handled it; null where a cell cannot be taken, which is told.</summary>
    public (string? Node, string? Lead) Of(CsvRow row, CaseCells cells, int longest)
    {
        var node = Down(_mapping.Concerns, row, cells, longest);
        return (node, _mapping.Lead is { } lead ? Down(lead, row, cells, longest) : node);
    }

    private string? Down(ImmutableArray<PlaceStep> steps, CsvRow row, CaseCells cells, int longest)
    {
        var path = _root;
        foreach (var step in steps)
        {
            var cell = step.BlankIsAbove ? cells.Optional(row, step.Column, longest) : cells.Needed(row, step.Column, longest);
            if (cell is null && !step.BlankIsAbove)
                return null;
            if (cell is null)
                return path;
            path = PathOf(step, path, cell, step.NameColumn is null ? cell : cells.Optional(row, step.NameColumn, longest) ?? cell);
        }

        return path;
    }

    private string PathOf(PlaceStep step, string parent, string cell, string name)
    {
        var given = step.Names.GetValueOrDefault(cell);
        var words = step.Code.Replace("{0}", cell, StringComparison.Ordinal);
        if (_paths.TryGetValue((parent, given?.Code ?? WordCodes.Same(words)), out var known))
            return known;
        var code = given?.Code ?? WordCodes.Of(words, NodeKind.Unit.Word());
        // Other words that happen to give the same code are another unit.
        if (given?.Code is null && _named.ContainsKey($"{parent}/{code}"))
            code = WordCodes.Apart(words, NodeKind.Unit.Word());
        var path = $"{parent}/{code}";
        _paths.Add((parent, given?.Code ?? WordCodes.Same(words)), path);
        if (!_named.ContainsKey(path))
            Name(new NamedPlace(path, parent, code, given?.Zh ?? Form(step.Zh, name), given?.En ?? Form(step.En, name)));
        return path;

        static string Form(string form, string name) => form.Replace("{0}", name, StringComparison.Ordinal);
    }

    private void Name(NamedPlace place)
    {
        _named.Add(place.Path, place);
        _order.Add(place);
    }
}
