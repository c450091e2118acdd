using System.Collections.Immutable;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Policies;

/// <summary>To whom cases of a category go.</summary>
/// <param name="Category">The category's code.</param>
/// <param name="Lead">The lead unit (主办).</param>
/// <param name="Assisting">The assisting units (协办).</param>
public sealed record Route(string Category, NodeId Lead, ImmutableArray<NodeId> Assisting);

/// <summary>分派: to whom cases go by their category; where nothing is said, to the unit that they concern.</summary>
/// <param name="Routes">One for each category that is told.</param>
public sealed record RoutingPolicy(ImmutableArray<Route> Routes)
{
    /// <summary>By default nothing is said.</summary>
    public static readonly RoutingPolicy Default = new([]);

    /// <summary>The route of a category or of the nearest category above it that has one; null for none.</summary>
    /// <param name="categories">The category and those above it, the nearest first (<see cref="CategoryTree.LineOf"/>).</param>
    public Route? Of(params IEnumerable<string> categories) =>
        categories.Select(category => Routes.FirstOrDefault(route => route.Category == category)).FirstOrDefault(route => route is not null);

    internal static RoutingPolicy Read(PolicyReader text)
    {
        var routes = text.List("routes", 500, route => new Route(
            route.Needed("category", route.Text("category", CategoryTree.LongestCode)),
            NodeOf(route.Needed("lead", route.Text("lead", 20)), route.PathOf("lead")),
            [.. route.Texts("assisting", 20, 20).Select((node, index) => NodeOf(node, $"{route.PathOf("assisting")}[{index}]"))])) ?? [];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, route) in routes.Index())
        {
            if (!seen.Add(route.Category))
                throw PolicyReader.Wrong("policy-twice", $"routes[{index}].category", route.Category);
            if (route.Assisting.Contains(route.Lead) || route.Assisting.Distinct().Count() != route.Assisting.Length)
                throw PolicyReader.Wrong("policy-twice", $"routes[{index}].assisting", route.Lead.Value);
        }

        return new RoutingPolicy(routes);
    }

    internal static void Write(CanonicalWriter text, RoutingPolicy document)
    {
        text.BeginArray("routes"u8);
        foreach (var route in document.Routes)
            text.BeginObject().Member("category"u8, route.Category).Member("lead"u8, route.Lead.Value).Member("assisting"u8, [.. route.Assisting.Select(node => node.Value)]).EndObject();
        text.EndArray();
    }

    private static NodeId NodeOf(string text, string path) => NodeId.IsId(text) ? new NodeId(text) : throw PolicyReader.Wrong("policy-node", path, text);
}
