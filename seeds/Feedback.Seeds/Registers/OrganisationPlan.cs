using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Grains.Registers;
using Feedback.Seeds.Organisation;

namespace Feedback.Seeds.Registers;

/// <summary>
/// What must happen so that the organisation is as the file says. A node is known again by its code under its parent. A code
/// that is new under its parent is a move where it cannot be anything else: exactly one node of that kind has the code, the
/// file does not name it where it is, and the file does name its present parent and all its present siblings.
/// Nodes that the file does not name stay as they are.
/// </summary>
internal sealed class OrganisationPlan
{
    private readonly RegisterErrors _errors;
    private readonly long _now;
    private readonly Dictionary<OrganisationRow, NodeId> _nodes = [];
    private readonly HashSet<NodeId> _inPlace = [];
    private readonly Dictionary<NodeId, long> _rowOf = [];
    private readonly ILookup<string, Node> _byCode;
    private readonly List<JournalEvent> _events = [];
    private readonly List<RegisterChange> _changes = [];
    private OrganisationTree _tree;

    /// <summary>Makes the plan; what is wrong is told.</summary>
    /// <param name="rows">The rows, parents before their children.</param>
    /// <param name="tree">The organisation so far.</param>
    /// <param name="now">Milliseconds UTC.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public OrganisationPlan(IReadOnlyList<OrganisationRow> rows, OrganisationTree tree, long now, RegisterErrors errors)
    {
        (_tree, _now, _errors) = (tree, now, errors);
        _byCode = tree.Nodes.ToLookup(node => node.Name.Code);
        FindInPlace(rows, tree);
        foreach (var row in rows)
            Place(row);
    }

    /// <summary>What is to be appended.</summary>
    public IReadOnlyList<JournalEvent> Events => _events;

    /// <summary>The same for people, in the file's order.</summary>
    public IReadOnlyList<RegisterChange> Changes => [.. _changes.OrderBy(change => change.Row)];

    // Nodes that are where the file says, before anything moves: none of them can be what a row elsewhere means.
    private void FindInPlace(IReadOnlyList<OrganisationRow> rows, OrganisationTree tree)
    {
        var found = new Dictionary<OrganisationRow, NodeId>();
        foreach (var row in rows)
        {
            var isRoot = row.Above is null && row.Known is null;
            NodeId? parent = row.Above is null ? row.Known : found.TryGetValue(row.Above, out var above) ? above : null;
            if ((isRoot || parent is not null) && tree.At(parent, row.Code) is { } node)
            {
                found.Add(row, node);
                _inPlace.Add(node);
            }
        }
    }

    private void Place(OrganisationRow row)
    {
        NodeId? parent = row.Known;
        if (row.Above is not null)
        {
            // Where the parent cannot be taken, that is what must be mended first.
            if (!_nodes.TryGetValue(row.Above, out var above))
                return;
            parent = above;
        }

        if (_tree.At(parent, row.Code) is { } there && _rowOf.TryGetValue(there, out var first))
            _errors.Add(row.Number, RegisterColumn.Code, "code-twice", row.Code, $"{first}");
        else if (_tree.At(parent, row.Code) is { } known)
            Keep(row, _tree.Find(known)!);
        else if (parent is { } target && Moving(row) is { } moving)
            Move(row, moving, target);
        else
            Open(row, parent);
    }

    private void Take(OrganisationRow row, NodeId node)
    {
        _nodes.Add(row, node);
        _rowOf.Add(node, row.Number);
    }

    private void Open(OrganisationRow row, NodeId? parent)
    {
        if ((row.Zone ?? (parent is { } above ? _tree.Find(above)!.Zone.Id : null)) is not { } zone)
        {
            _errors.Add(row.Number, RegisterColumn.Zone, "zone-missing");
            return;
        }

        var opened = new NodeOpened
        {
            Salt = Salts.New(), Node = _tree.NextId, Kind = row.Kind, Parent = parent, Code = row.Code,
            Zh = row.Name, En = row.English ?? row.Name, Zone = zone, OpeningHours = row.Hours,
        };
        if (Refused(row, OrganisationRules.MayOpen(_tree, opened)))
            return;
        Append(opened);
        Take(row, opened.Node);
        Tell(row, RegisterAction.Added, null, row.Name);
    }

    private void Keep(OrganisationRow row, Node node)
    {
        Take(row, node.Id);
        if (row.Kind != node.Kind)
            _errors.Add(row.Number, RegisterColumn.Level, "level-fixed", row.Kind.Word(), node.Kind.Word());
        if (row.Zone is not null && row.Zone != node.Zone.Id)
            _errors.Add(row.Number, RegisterColumn.Zone, "zone-fixed", row.Zone, node.Zone.Id);
        if (row.Hours is not null && row.Hours != node.OpeningHours)
            _errors.Add(row.Number, RegisterColumn.Hours, "hours-fixed", row.Hours, node.OpeningHours ?? "–");
        if (!_errors.Has(row.Number))
            Rename(row, node);
    }

    private void Rename(OrganisationRow row, Node node)
    {
        // Where no English name was ever given, it goes along with the Chinese one.
        var english = row.English ?? (node.Name.En == node.Name.Zh ? row.Name : node.Name.En);
        if ((row.Name, english) == (node.Name.Zh, node.Name.En))
            return;
        var renamed = new NodeRenamed
        {
            Salt = Salts.New(), Node = node.Id, Code = node.Name.Code, Zh = row.Name, En = english, From = node.Zone.LocalTime(_now).Day,
        };
        if (Refused(row, OrganisationRules.MayRename(_tree, renamed, _now)))
            return;
        Append(renamed);
        Tell(row, RegisterAction.Renamed, Both(node.Name.Zh, node.Name.En), Both(row.Name, english));
    }

    private void Move(OrganisationRow row, Node node, NodeId parent)
    {
        // Never back-dated: under the new parent from the first midnight on that no event can have reached yet.
        var moved = new NodeMoved
        {
            Salt = Salts.New(), Node = node.Id, Parent = parent, From = node.Zone.LocalTime(_now + DayRule.Ahead).Day.AddDays(1),
        };
        if (Refused(row, OrganisationRules.MayMove(_tree, moved, _now)))
            return;
        var before = _tree.PathOf(node.Id);
        Append(moved);
        Keep(row, _tree.Find(node.Id)!);
        Tell(row, RegisterAction.Moved, before, _tree.PathOf(node.Id));
    }

    private Node? Moving(OrganisationRow row)
    {
        var candidates = _byCode[row.Code].Where(node => node.Kind == row.Kind && !_inPlace.Contains(node.Id) && !_rowOf.ContainsKey(node.Id)).ToList();
        if (candidates is not [var only] || only.Parents[^1].Value is not { } home || !_inPlace.Contains(home))
            return null;
        return _tree.EverUnder(home).Where(node => node.Id != only.Id && node.ParentOn(DateOnly.MaxValue) == home).All(node => _inPlace.Contains(node.Id)) ? only : null;
    }

    private bool Refused(OrganisationRow row, Refusal? refusal)
    {
        if (refusal is null)
            return false;
        var column = refusal.Field switch
        {
            "code" => RegisterColumn.Code,
            "zh" => RegisterColumn.Name,
            "en" => RegisterColumn.English,
            "zone" => RegisterColumn.Zone,
            _ => RegisterColumn.Parent,
        };
        _errors.Add(row.Number, column, refusal.Code, refusal.Field == "parent" ? string.Join('/', row.ParentSteps) : refusal.Value);
        return true;
    }

    private void Append(JournalEvent happened)
    {
        _events.Add(happened);
        _tree = _tree.Apply(happened);
    }

    private void Tell(OrganisationRow row, RegisterAction action, string? before, string after) =>
        _changes.Add(new RegisterChange(row.Number, action, _tree.PathOf(_nodes[row]), before, after));

    private static string Both(string zh, string en) => zh == en ? zh : $"{zh} / {en}";
}
