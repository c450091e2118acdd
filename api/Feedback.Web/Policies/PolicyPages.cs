using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Policies;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Policies;
using Feedback.Web.Cases.Office;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Policies;

/// <summary>The page of the policies of a place: what holds, where it comes from, what is planned, and forms for those who may set them.</summary>
internal sealed class PolicyPages(PolicyReading policies, PolicyChanges changes, AccessCheck access, IAntiforgery forms)
{
    private const string Address = "/policies";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Address, (HttpContext http, PolicyPages pages) => pages.ShowAsync(http)).PageDemands(Permission.ReadPolicies).ExcludeFromDescription();
        app.MapPost(Address, (HttpContext http, PolicyPages pages) => pages.SetAsync(http)).PageDemands(Permission.ManagePolicies).ExcludeFromDescription();
    }

    /// <summary>Who changes policies, as the audit trail and the journal tell it.</summary>
    internal static PolicyActor ActorOf(HttpContext http) =>
        new(http.GetCaller().Caller.Name, http.GetCaller().Caller.Account?.Name, CallerAddress.Of(http));

    private async Task<IResult> ShowAsync(HttpContext http)
    {
        var scope = http.GetCaller().ScopeHere;
        var asked = http.Request.Query["node"].ToString().Trim();
        var node = asked.Length > 0 ? await access.FindAsync(asked, scope) : access.ViewOf(scope).Tops.FirstOrDefault();
        return node is null
            ? http.Message(StatusCodes.Status404NotFound, "notFound")
            : Page(http, node, PolicySubjects.Find(http.Request.Query["set"].ToString())?.Word, null, null);
    }

    private async Task<IResult> SetAsync(HttpContext http)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return http.Message(status, "badForm");
        var (scope, words) = (http.GetCaller().ScopeHere, PageWords.For(http.Request));
        if (await access.FindAsync(form["node"].ToString(), scope) is not { } node || PolicySubjects.Find(form["subject"].ToString()) is not { } subject)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var members = PolicyMembers.Of(subject.Word);
        var typed = members is null
            ? new Dictionary<string, string> { ["text"] = form["text"].ToString() }
            : members.ToDictionary(member => member.Name, member => form[member.Name].ToString().Trim());
        var (from, known) = (form["from"].ToString(), form["after"].ToString());
        var refusal = await SetAsync(http, node, subject.Word, members is null ? typed["text"] : PolicyMembers.Document(members, name => typed[name]), from, known, scope);
        return refusal is null
            ? Results.LocalRedirect($"{Address}?node={node.Id}&set={subject.Word}#{subject.Word}")
            : Page(http, node, null, refusal, new PolicyTrial(subject.Word, MessageOf(refusal, members, words), refusal.Field, from, typed));
    }

    // The page calls a field by its label; what is written as JSON is told by the names that stand in it.
    private static string MessageOf(Refusal refusal, IReadOnlyList<PolicyMember>? members, PageWords words)
    {
        if (refusal.Code == "policy-changed")
            return words["policies-changed"];
        var label = refusal.Field switch
        {
            "from" => "policies-day",
            "text" => "policies-document",
            { } field when members?.Any(member => member.Name == field) is true => "policies-" + field,
            _ => null,
        };
        return Problem.TitleOf(label is null ? refusal : refusal with { Field = words[label] }, words.Culture);
    }

    private async Task<Refusal?> SetAsync(HttpContext http, Node node, string subject, string text, string day, string known, NodeScope scope)
    {
        DateOnly? from = null;
        if (day.Length > 0)
        {
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
                return new Refusal("day-invalid", "from", day);
            from = read;
        }

        long? after = long.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out var decision) ? decision : null;
        return (await changes.SetAsync(new PolicyDraft(node.Id, subject, from, text, scope, after), ActorOf(http))).Refusal;
    }

    private IResult Page(HttpContext http, Node node, string? done, Refusal? refusal, PolicyTrial? trial)
    {
        var caller = http.GetCaller().Caller;
        // Who may set a policy may read it.
        var scope = caller.ScopeOf(Permission.ReadPolicies);
        var parameters = Pages.FrameFor(http, forms);
        parameters["Address"] = $"{Address}?node={node.Id}";
        parameters["Model"] = new PoliciesModel
        {
            Names = new CaseNames(PageWords.For(http.Request), access.ViewOf(scope)),
            List = policies.All(node, scope),
            MayManage = access.ViewOf(caller.ScopeOf(Permission.ManagePolicies)).Sees(node),
            Done = done,
            Trial = trial,
        };
        return http.Page<PoliciesPage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }
}
