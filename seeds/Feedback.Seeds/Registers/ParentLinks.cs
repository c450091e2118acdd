using Feedback.Domain.Organisation;

namespace Feedback.Seeds.Registers;

/// <summary>Finds the parent that each row names, among the file's rows and the nodes that are known; and an order, parents first.</summary>
internal sealed class ParentLinks(IReadOnlyList<OrganisationRow> rows, OrganisationTree tree, RegisterErrors errors)
{
    private readonly ILookup<string, OrganisationRow> _byCode = rows.ToLookup(row => row.Code);
    private readonly ILookup<string, Node> _nodesByCode = tree.Nodes.ToLookup(node => node.Name.Code);

    /// <summary>The rows that can be placed, parents before their children; what is wrong with the others is told.</summary>
    public List<OrganisationRow> Order()
    {
        foreach (var row in rows.Where(row => row.ParentSteps.Length > 0))
            Link(row);
        var (ordered, state) = (new List<OrganisationRow>(rows.Count), new Dictionary<OrganisationRow, bool>());
        foreach (var row in rows)
            Visit(row, ordered, state);
        return [.. ordered.Where(row => !errors.Has(row.Number))];
    }

    private void Link(OrganisationRow row)
    {
        var steps = row.ParentSteps;
        var written = string.Join('/', steps);
        // A row that is there twice is told as such, and does not make its children ambiguous.
        var inFile = _byCode[steps[^1]].Where(above => above != row && EndsWith(above, steps)).DistinctBy(above => string.Join('/', above.ParentSteps)).ToList();
        if (inFile.Count == 1)
            row.Above = inFile[0];
        else if (inFile.Count > 1)
            errors.Add(row.Number, RegisterColumn.Parent, "parent-ambiguous", written, string.Join(", ", inFile.Select(above => above.Number)));
        else if (_byCode[steps[^1]].Contains(row) && steps.Length == 1)
            errors.Add(row.Number, RegisterColumn.Parent, "parent-itself", written);
        else if (tree.Find(written) is { } node)
            row.Known = node.Id;
        else if (steps.Length == 1 && _nodesByCode[written].ToList() is { Count: > 0 } known)
            Take(row, known, written);
        else
            errors.Add(row.Number, RegisterColumn.Parent, "parent-unknown", written);
    }

    private void Take(OrganisationRow row, List<Node> known, string written)
    {
        if (known.Count == 1)
            row.Known = known[0].Id;
        else
            errors.Add(row.Number, RegisterColumn.Parent, "parent-ambiguous", written, string.Join(", ", known.Take(3).Select(node => tree.PathOf(node.Id))));
    }

    // A path is compared from its end on as far as it is written: hall-1 means …/hall-1.
    private static bool EndsWith(OrganisationRow row, ReadOnlySpan<string> steps)
    {
        if (row.Code != steps[^1])
            return false;
        var rest = steps[..^1];
        var own = row.ParentSteps;
        for (var i = 1; i <= rest.Length && i <= own.Length; i++)
        {
            if (rest[^i] != own[^i])
                return false;
        }

        return rest.Length == 0 || own.Length > 0;
    }

    // Depth first by hand: a file may be one long chain, and a cycle must be seen rather than run into.
    private void Visit(OrganisationRow row, List<OrganisationRow> ordered, Dictionary<OrganisationRow, bool> done)
    {
        var line = new Stack<OrganisationRow>();
        for (var above = row; above is not null && !done.ContainsKey(above); above = above.Above)
        {
            done.Add(above, false);
            line.Push(above);
        }

        // The topmost points to a row that is still under way: so that one is in this very line, and the two close a cycle.
        if (line.TryPeek(out var top) && top.Above is { } again && !done[again])
        {
            var member = again;
            do
            {
                errors.Add(member.Number, RegisterColumn.Parent, "cycle", string.Join('/', member.ParentSteps));
                member = member.Above!;
            }
            while (member != again);
        }

        foreach (var member in line)
        {
            done[member] = true;
            ordered.Add(member);
        }
    }
}
