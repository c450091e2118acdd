using System.Collections.Immutable;
using Feedback.Api.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Cases;

/// <summary>What somebody brings to the office, as it was sent.</summary>
/// <param name="Kind">What it is about; no bad rating, which only the service opens.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Node">The id or path of the node that it concerns.</param>
public sealed record Filing(CaseKind Kind, CaseChannel Channel, string Node)
{
    /// <summary>Where the sender may look for the node.</summary>
    public NodeScope Scope { get; init; } = NodeScope.Everywhere;

    /// <summary>The code of a category; null for none yet.</summary>
    public string? Category { get; init; }

    /// <summary>What the citizen says; at most 10,000 characters.</summary>
    public required string Words { get; init; }

    /// <summary>How the citizen can be reached; null for nobody knows.</summary>
    public string? Contact { get; init; }

    /// <summary>Codes of the members of staff complained of.</summary>
    public ImmutableArray<string> About { get; init; } = [];

    /// <summary>How the member that holds them is called where it was sent: under this name codes that nobody has are kept with the words.</summary>
    public string AboutName { get; init; } = "about";

    /// <summary>The citizen's language, such as <c>zh-CN</c>.</summary>
    public string? Language { get; init; }

    /// <summary>When it happened, as the citizen said.</summary>
    public Moment? OccurredAt { get; init; }

    /// <summary>Where it came from; null when it came in here.</summary>
    public ExternalNumber? External { get; init; }

    /// <summary>How long the city gives its order, such as <c>5wd</c>; null for what the policies say.</summary>
    public string? Limit { get; init; }

    /// <summary>Until when the city wants its order done, where it gives no limit.</summary>
    public Moment? Due { get; init; }
}

/// <summary>A case that was opened.</summary>
/// <param name="Id">The case.</param>
/// <param name="Number">Its readable number.</param>
/// <param name="QueryCode">The six digits that go with the number; null for what came from another system under a number of its own.</param>
/// <param name="TrackingCode">The code in the address at which the citizen follows it.</param>
/// <param name="Version">Its version.</param>
public sealed record FiledCase(CaseId Id, string Number, string? QueryCode, string TrackingCode, long Version);

/// <summary>The one path by which cases are opened for people, from pages, the API, Open311 and lists: checked → case → number and codes.</summary>
/// <remarks>
/// Nothing is refused for a missing policy, calendar or route. Who gave no contact is anonymous. A staff code that nobody has would recuse nobody:
/// somebody of the office mends it; of a citizen, who cannot know it, it is kept with the words and names nobody.
/// </remarks>
public sealed class CaseFiling(CaseCalls calls, CaseSecrets codes, AccessCheck access, IBureau bureau, TimeProvider clock)
{
    private const int LongestRequestId = 100;

    /// <summary>Opens a case, once however often it is sent with the same id by the same sender, or under the same external number.</summary>
    /// <param name="filing">What was sent.</param>
    /// <param name="actor">Who received it.</param>
    /// <param name="requestId">The sender's own id of the request, at most 100 characters.</param>
    public async Task<(FiledCase? Filed, Refusal? Refusal)> FileAsync(Filing filing, CaseActor actor, string requestId)
    {
        if (requestId.Length is 0 or > LongestRequestId)
            return (null, new Refusal("id-unfit", "id", $"{LongestRequestId}"));
        if (filing.Kind == CaseKind.BadRating)
            return (null, new Refusal("case-kind-unfit", "kind", filing.Kind.Word()));
        if (string.IsNullOrWhiteSpace(filing.Words))
            return (null, new Refusal("words-missing", "words"));
        if (await access.FindAsync(filing.Node, filing.Scope) is not { } node)
            return (null, new Refusal("node-unknown", "node", filing.Node));
        if (filing.Category is { } category && PoliciesAt(node).Categories.Find(category) is null)
            return (null, new Refusal("category-unknown", "category", category));
        var (named, words) = (filing.About, filing.Words);
        if (await StrangersAsync(named) is { Count: > 0 } strangers)
        {
            (named, words) = (named.RemoveAll(strangers.Contains), $"{words}\n\n{filing.AboutName}: {string.Join(", ", strangers.Distinct())}");
            if (actor.IsOffice || words.Length > CaseRequest.LongestText)
                return (null, new Refusal("staff-unknown", "about", strangers[0]));
        }

        var id = filing.External is { } external ? codes.IdOf(external) : codes.IdOf(actor.Name, requestId);
        var withCode = filing.External is null;
        var intake = new CaseIntake
        {
            Number = "",
            Kind = filing.Kind,
            Channel = filing.Channel,
            Node = node.Id,
            Lead = CaseRoutes.ByRules,
            Category = filing.Category,
            External = filing.External,
            About = [.. named.Distinct().Order(StringComparer.Ordinal)],
            Anonymous = string.IsNullOrWhiteSpace(filing.Contact),
            Language = filing.Language,
            OccurredAt = filing.OccurredAt,
        };
        var answer = await calls.PerformAsync(id, new CaseRequest(new OpenCase(intake) { Limit = filing.Limit, Due = filing.Due?.UtcMilliseconds }, actor)
        {
            Id = requestId,
            Words = words,
            Contact = filing.Contact,
            WithQueryCode = withCode,
        });
        return answer.Refusal is { } refusal
            ? (null, refusal)
            : (new FiledCase(id, answer.Number!, answer.QueryCode, codes.TrackingCodeOf(id), answer.Version), null);
    }

    // Somebody may have been registered on another silo a moment ago.
    private async Task<List<string>> StrangersAsync(ImmutableArray<string> staff)
    {
        var known = bureau.Current.Catalogue.Staff;
        if (staff.Any(code => !known.ContainsKey(code)))
            known = (await bureau.RefreshAsync()).Catalogue.Staff;
        return [.. staff.Where(code => !known.ContainsKey(code))];
    }

    private CasePolicies PoliciesAt(Node node)
    {
        var (tree, day) = (bureau.Current.Tree, CaseTimes.DayAt(bureau.Current.Tree, node.Id, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return CasePolicies.At(bureau.Current.Policies, [.. tree.LineOn(node.Id, day)], day);
    }
}
