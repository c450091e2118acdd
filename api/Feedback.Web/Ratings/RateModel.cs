using System.Collections.Immutable;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Invitations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;
using Feedback.Web.Words;

namespace Feedback.Web.Ratings;

/// <summary>What the page asks about.</summary>
/// <param name="Action">The page's own address; the form is sent there, too.</param>
/// <param name="Place">The window with the places around it, from the hall on, in the reader's language.</param>
/// <param name="ServiceItem">The service item's name; null when it is not known.</param>
/// <param name="Dimensions">The dimensions of the scheme in force.</param>
/// <param name="At">When the page of a window's printed code was opened: RFC 3339; null by invitation.</param>
public sealed record RateModel(string Action, string Place, string? ServiceItem, ImmutableArray<Dimension> Dimensions, string? At)
{
    /// <summary>What somebody wrote before it turned out that something is missing.</summary>
    public IFormCollection? Form { get; init; }

    /// <summary>What the sender drew: once per page, so that sending it twice is one rating.</summary>
    public required string Draw { get; init; }

    /// <summary>What is missing; null when nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>The page by invitation.</summary>
    public static RateModel? Of(BureauState bureau, Invitation invitation, string action, string draw, PageWords words) =>
        bureau.Tree.Find(invitation.Window) is { Kind: NodeKind.Window } window
            ? new RateModel(action, words.PlaceOf(bureau.Tree, window), invitation.ServiceItem is { } code ? ItemOf(bureau.Catalogue, code, words) : null, bureau.Catalogue.Dimensions, null) { Draw = draw }
            : null;

    /// <summary>The page of a window's printed code.</summary>
    public static RateModel? Of(BureauState bureau, string window, string action, string draw, long now, PageWords words) =>
        bureau.Tree.Find(new NodeId(window)) is { Kind: NodeKind.Window } node
            ? new RateModel(action, words.PlaceOf(bureau.Tree, node), null, bureau.Catalogue.Dimensions, node.Zone.At(now).ToString()) { Draw = draw }
            : null;

    /// <summary>A field as it was filled in before.</summary>
    public string Given(string field) => Form?[field].ToString() ?? "";

    private static string? ItemOf(ServiceCatalogue catalogue, string code, PageWords words) =>
        catalogue.ServiceItems.TryGetValue(code, out var item) ? words.IsChinese ? item.Zh : item.En : null;
}
