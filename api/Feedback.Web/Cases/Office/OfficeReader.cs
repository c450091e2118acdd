using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Organisation;
using Feedback.Web.Words;

namespace Feedback.Web.Cases.Office;

/// <summary>Somebody who reads the pages of cases.</summary>
/// <param name="Actor">What they are to the rules.</param>
/// <param name="Names">How places are called for them.</param>
/// <param name="IsPerson">Whether they signed in. A program with a token only reads: to the rules it stands for a citizen.</param>
internal sealed record OfficeReader(CaseActor Actor, CaseNames Names, bool IsPerson)
{
    /// <summary>The words of the page.</summary>
    public PageWords Words => Names.Words;
}

/// <summary>Finds who reads, and what several pages of cases need.</summary>
internal sealed class OfficeReaders(IBureau bureau, AccessCheck access, TimeProvider clock)
{
    private const int MostOffered = 300;

    /// <summary>Milliseconds UTC.</summary>
    public long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Whoever makes a request.</summary>
    public OfficeReader Find(HttpContext http)
    {
        var caller = http.GetCaller();
        var actor = caller.Caller.Account is { } account ? CaseActors.Of(account) : new CaseActor(caller.Caller.Name) { Handles = caller.Caller.ScopeOf(Permission.ReadCases) };
        return new OfficeReader(actor, new CaseNames(PageWords.For(http.Request), access.ViewOf(caller.ScopeHere)), caller.Caller.Account is not null);
    }

    /// <summary>The categories at the first place of a reader, to choose from.</summary>
    public CategoryTree CategoriesOf(ReaderView view) => view.Tops.FirstOrDefault() is { } top
        ? CasePolicies.At(bureau.Current.Policies, [.. bureau.Current.Tree.LineOn(top.Id, view.TodayAt(top))], view.TodayAt(top)).Categories
        : CategoryTree.Default;

    /// <summary>Places that are offered while somebody types; where there are too many, the larger ones.</summary>
    public static IReadOnlyList<Node> PlacesOf(ReaderView view)
    {
        var all = view.Nodes.Take(MostOffered + 1).ToList();
        return all.Count <= MostOffered ? all : [.. view.Nodes.Where(node => node.Kind is not (NodeKind.Window or NodeKind.Team)).Take(MostOffered)];
    }
}
