using Feedback.Domain.Organisation;

namespace Feedback.Web.Words;

/// <summary>How citizens are told a place.</summary>
internal static class PlaceNames
{
    /// <summary>The place with those around it, from the hall on. What lies above is the bureau's own order.</summary>
    public static string PlaceOf(this PageWords words, OrganisationTree tree, Node node) => node.Kind < NodeKind.Hall
        ? words.Name(node)
        : string.Join(" · ", tree.LineOn(node.Id, DateOnly.MaxValue).TakeWhile(at => at.Kind >= NodeKind.Hall).Reverse().Select(words.Name));
}
