using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Organisation;
using Feedback.Web.Words;

namespace Feedback.Web.Cases.Citizen;

/// <summary>The places and categories from which citizens choose.</summary>
internal static class FilePlaces
{
    // A list of more is no choice on a phone: then the hall is enough, and the words tell the rest.
    private const int MostWindows = 200;

    /// <summary>Every hall with its windows; in a large bureau the halls only, by what is above them.</summary>
    public static ImmutableArray<ChoiceGroup> PlacesOf(BureauState bureau, long now, PageWords words)
    {
        var (tree, heads) = (bureau.Tree, HeadsOf(bureau.Tree, now));
        var windows = tree.Nodes.Where(node => node.Kind == NodeKind.Window).ToList();
        if (windows.Count > MostWindows || windows.Count == 0)
            return
            [
                .. heads.GroupBy(head => head.ParentOn(Today(tree, head, now)))
                    .Select(group => new ChoiceGroup(group.Key is { } above && tree.Find(above) is { } node ? words.Name(node) : "", [.. group.Select(head => Whole(head, words))])),
            ];
        var byHead = windows.ToLookup(window => HeadOf(tree, window, now)?.Id);
        return [.. heads.Select(head => new ChoiceGroup(words.Name(head), [Whole(head, words), .. byHead[head.Id].Select(window => new Choice(window.Id.Value, words.PlaceOf(tree, window)))]))];
    }

    /// <summary>The categories at a place; where none is chosen yet, those of all places if they are the same.</summary>
    public static ImmutableArray<Choice> CategoriesOf(BureauState bureau, Node? place, long now, PageWords words)
    {
        IEnumerable<Node> places = place is null ? HeadsOf(bureau.Tree, now) : [place];
        var trees = places.Select(node => PoliciesAt(bureau, node.Id, now).Categories).Distinct().Take(2).ToList();
        return trees is [var only] ? [.. only.Categories.Select(category => new Choice(category.Code, NameOf(only, category, words)))] : [];
    }

    /// <summary>What holds for cases at a place now.</summary>
    public static CasePolicies PoliciesAt(BureauState bureau, NodeId node, long now)
    {
        var day = CaseTimes.DayAt(bureau.Tree, node, now);
        return CasePolicies.At(bureau.Policies, [.. bureau.Tree.LineOn(node, day)], day);
    }

    private static string NameOf(CategoryTree tree, Category category, PageWords words) =>
        string.Join(" · ", tree.LineOf(category.Code).Reverse().Select(tree.Find).OfType<Category>().Select(one => words.IsChinese ? one.Zh : one.En));

    private static Choice Whole(Node head, PageWords words) => new(head.Id.Value, words.Say("file-whole", words.Name(head)));

    // Halls and units; in a bureau that has none, whatever there is.
    private static List<Node> HeadsOf(OrganisationTree tree, long now)
    {
        var heads = tree.Nodes.Where(node => node.Kind is NodeKind.Hall or NodeKind.Unit).ToList();
        var others = tree.Nodes.Where(node => node.Kind == NodeKind.Window).Select(window => HeadOf(tree, window, now)).OfType<Node>().Where(head => head.Kind < NodeKind.Unit).Distinct();
        heads.AddRange(others);
        return heads.Count > 0 ? heads : [.. tree.Nodes];
    }

    private static Node? HeadOf(OrganisationTree tree, Node window, long now) =>
        tree.LineOn(window.Id, Today(tree, window, now)).FirstOrDefault(at => at.Kind is not (NodeKind.Window or NodeKind.Team));

    private static DateOnly Today(OrganisationTree tree, Node node, long now) => CaseTimes.DayAt(tree, node.Id, now);
}
