using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;
using Feedback.Seeds.Organisation;

namespace Feedback.Seeds.Import;

/// <summary>A place as rows name it.</summary>
/// <param name="Hall">The hall's name; null for windows directly under the node.</param>
/// <param name="Window">The window's name.</param>
internal readonly record struct PlaceName(string? Hall, string Window);

/// <summary>
/// Finds the windows that rows name, and opens those that are missing. A node is known again by the names and the parent
/// it was opened with, so that renaming or moving it does not open another.
/// </summary>
internal sealed class Places(PlaceMapping mapping, IBureau bureau)
{
    private readonly Dictionary<PlaceName, NodeId> _known = [];

    /// <summary>How many nodes were opened.</summary>
    public int Opened { get; private set; }

    /// <summary>The window of a place that was ensured.</summary>
    public NodeId this[PlaceName place] => _known[place];

    /// <summary>Opens what is missing, in the order given, with one append.</summary>
    /// <exception cref="MappingException">The organisation holds something that is in the way.</exception>
    public async Task EnsureAsync(IEnumerable<PlaceName> places)
    {
        var wanted = places.Where(place => !_known.ContainsKey(place)).Distinct().ToList();
        if (wanted.Count == 0)
            return;
        var opened = 0;
        try
        {
            await bureau.DecideAsync(StreamName.Organisation, state =>
            {
                var openings = new Openings(state.Tree);
                var root = Root(openings);
                foreach (var place in wanted)
                    _known[place] = WindowOf(openings, root, place);
                opened = openings.Events.Count;
                return new Decision(openings.Events);
            });
        }
        catch (SeedRefusedException e)
        {
            throw new MappingException([$"A place cannot be opened: {e.Message}"]);
        }

        Opened += opened;
    }

    private NodeId Root(Openings openings)
    {
        if (mapping.Under is { } path)
        {
            return openings.Tree.Find(path) switch
            {
                null => throw new MappingException([$"'place.under' is '{path}'; there is no such node."]),
                { Kind: NodeKind.Window } => throw new MappingException([$"'place.under' is '{path}', which is a window; name the node above it."]),
                { Kind: NodeKind.Hall } hall => SameZone(hall),
                var node => node.Id,
            };
        }

        var district = mapping.District!;
        var known = openings.Tree.Nodes.FirstOrDefault(node => node.Parents[0].Value is null && node.Names[0].Value.Code == district.Code);
        return known?.Id ?? openings.Open(NodeKind.District, null, new NodeName(district.Code, district.Zh, district.En), mapping.Zone);
    }

    private NodeId WindowOf(Openings openings, NodeId root, PlaceName place)
    {
        var parent = place.Hall is null ? root : Ensure(openings, NodeKind.Hall, root, place.Hall);
        return Ensure(openings, NodeKind.Window, parent, place.Window);
    }

    private NodeId Ensure(Openings openings, NodeKind kind, NodeId parent, string text)
    {
        var name = mapping.Names.GetValueOrDefault(text) ?? new NameMapping(text, text);
        var siblings = openings.Tree.EverUnder(parent).ToList();
        var known = siblings.Find(node =>
            node.Kind == kind && node.Parents[0].Value == parent && node.Names[0].Value is var first && first.Zh == name.Zh && first.En == name.En);
        if (known is not null)
            return SameZone(known);
        var taken = siblings.SelectMany(node => node.Names.Select(held => held.Value.Code)).ToHashSet();
        return openings.Open(kind, parent, new NodeName(name.Code ?? PlaceCodes.For(text, kind, taken), name.Zh, name.En), mapping.Zone);
    }

    private NodeId SameZone(Node node) =>
        node.Zone.Id == mapping.Zone
            ? node.Id
            : throw new MappingException([$"'place.zone' is '{mapping.Zone}', but '{node.Name.En}' is in {node.Zone.Id}."]);
}
