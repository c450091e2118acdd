using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Intake;
using Feedback.Api.Matters.Notices;
using Feedback.Api.Problems;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Organisation;
using Feedback.Grains.ServiceMatters;

namespace Feedback.Api.Matters.Services;

/// <summary>What callers do with service matters (办件): accept, read, step by step to the result.</summary>
internal sealed class ServiceMatterEndpoints(MatterCalls calls, MatterRecords records, MatterSecrets codes, AccessCheck access, IBureau bureau)
{
    // The number says which matter it is: the same acceptance again is a repeat, another one a contradiction.
    private const string AcceptanceId = "accept";

    /// <summary>Accepts a matter: 201, or 200 where the same was accepted before.</summary>
    public async Task<IResult> AcceptAsync(HttpContext http, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var sent = await RequestBody.ReadAsync(http.Request, ServiceMatterBodies.Acceptance);
        var node = await ReadEndpoints.FindAsync(access, sent.Node, scope);
        var id = codes.IdOf(node.Id, sent.Number);
        var before = await records.FindAsync(id, http.RequestAborted);
        var command = new AcceptMatter(node.Id, sent.Item, codes.HashOf(sent.Number), sent.Online, sent.Missing, sent.Limit);
        await PerformAsync(id, new MatterRequest(command, http.GetCaller().Caller.Name) { Id = AcceptanceId });
        return await ShowAsync(http, id, scope, before is null ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    /// <summary>Does a step.</summary>
    public async Task<IResult> StepAsync(HttpContext http, string matter, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var state = await FindAsync(matter, scope, http.RequestAborted);
        var (command, id) = await RequestBody.ReadAsync(http.Request, ServiceMatterBodies.Step);
        await PerformAsync(state.Id, new MatterRequest(command, http.GetCaller().Caller.Name) { Id = id, Expected = KnownTo(http) });
        return await ShowAsync(http, state.Id, scope, StatusCodes.Status200OK);
    }

    /// <summary>Shows a matter.</summary>
    public async Task<IResult> ReadAsync(HttpContext http, string matter, NodeScope scope) =>
        await ShowAsync(http, (await FindAsync(matter, scope, http.RequestAborted)).Id, scope, StatusCodes.Status200OK);

    /// <summary>A matter within a scope.</summary>
    /// <exception cref="RefusedException">There is none, or it lies elsewhere: these are not told apart.</exception>
    public async Task<MatterState> FindAsync(string matter, NodeScope scope, CancellationToken cancellation) =>
        await records.FindAsync(new MatterId(matter), cancellation) is { } state && await access.FindAsync(state.Accepted!.Node.Value, scope) is not null
            ? state : throw Members.Refuse("matter-unknown");

    private async Task<IResult> ShowAsync(HttpContext http, MatterId id, NodeScope scope, int status)
    {
        var state = await FindAsync(id.Value, scope, http.RequestAborted);
        var accepted = state.Accepted!;
        var node = bureau.Current.Tree.Find(accepted.Node)!;
        http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{state.Version}\"");
        var view = ServiceMatterView.Of(
            state, records.TimesOf(state), NodeLabel.Of(node, access.ViewOf(scope)), node.Zone, bureau.Current.Catalogue.ServiceItems.GetValueOrDefault(accepted.Item),
            Problem.CultureOf(http.Request).TwoLetterISOLanguageName == "zh", NoticeEndpoint.PathOf(codes.NoticeCodeOf(id)));
        return Results.Json(view, ApiJson.Options, statusCode: status);
    }

    private async Task PerformAsync(MatterId id, MatterRequest request)
    {
        if ((await calls.PerformAsync(id, request)).Refusal is { } refusal)
            throw new RefusedException(refusal);
    }

    // Null for whoever takes whatever is there; -1, which no matter ever has, for a tag that is none of ours.
    private static long? KnownTo(HttpContext http)
    {
        var tags = http.Request.Headers.IfMatch;
        if (tags.Count == 0 || tags.ToString().Trim() == "*")
            return null;
        return long.TryParse(tags.ToString().Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }
}
