using System.Collections.Immutable;
using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Cases;
using Feedback.Api.Intake;
using Feedback.Api.Problems;
using Feedback.Api.Satisfaction;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Organisation;
using Feedback.Grains.Paper;

namespace Feedback.Api.Paper;

/// <summary>What callers do with batches of printed forms.</summary>
internal sealed class PaperEndpoints(PaperDesk desk, PaperForms forms, PaperFiles files, AccessCheck access, IBureau bureau)
{
    /// <summary>Opens a batch: 201, or 200 where the same request opened it before.</summary>
    public async Task<IResult> OpenAsync(HttpContext http, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var sent = await RequestBody.ReadAsync(http.Request, PaperBodies.Opening);
        var node = await ReadEndpoints.FindAsync(access, sent.Node, scope);
        var (batch, isNew, refusal) = await desk.OpenAsync(new PaperOpening(node.Id, sent.From, sent.Through, sent.Issued, sent.Count), By(http), sent.Id);
        return refusal is null ? await ShowAsync(http, batch!.Value, scope, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK) : throw new RefusedException(refusal);
    }

    /// <summary>Lists the batches of a place and everything below it.</summary>
    public async Task<IResult> ListAsync(HttpContext http, NodeScope scope)
    {
        var query = http.Request.Query;
        var asked = query["node"].ToString();
        var node = asked.Length == 0 ? null : await ReadEndpoints.FindAsync(access, asked, scope);
        PaperCursor? after = query["after"].ToString() is not { Length: > 0 } text ? null : PaperCursor.TryParse(text, out var place) ? place : throw Members.Refuse("cursor-invalid", "after", text);
        var page = await desk.ListAsync(node, scope, after, LimitIn(query), http.RequestAborted);
        var (tree, view) = (bureau.Current.Tree, access.ViewOf(scope));
        return Results.Json(new PaperBatchList([.. page.Batches.Select(line => PaperLineView.Of(line, NodeLabel.Of(tree.Find(line.Opened.Node)!, view)))], page.Next?.ToString()), ApiJson.Options);
    }

    /// <summary>Shows a batch.</summary>
    public async Task<IResult> ReadAsync(HttpContext http, string batch, NodeScope scope) =>
        await ShowAsync(http, (await FindAsync(http, batch, scope)).Id, scope, StatusCodes.Status200OK);

    /// <summary>Tells how many forms came back.</summary>
    public async Task<IResult> CountAsync(HttpContext http, string batch, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var state = await FindAsync(http, batch, scope);
        var count = await RequestBody.ReadAsync(http.Request, PaperBodies.Count);
        return await desk.CountAsync(state.Id, count, By(http)) is { } refusal ? throw new RefusedException(refusal) : await ShowAsync(http, state.Id, scope, StatusCodes.Status200OK);
    }

    /// <summary>Keys forms.</summary>
    public async Task<IResult> KeyAsync(HttpContext http, string batch, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var state = await FindAsync(http, batch, scope);
        var typed = await RequestBody.ReadAsync(http.Request, PaperBodies.Forms);
        var (read, refused) = (ImmutableArray.CreateBuilder<ReadForm>(), new List<(int Form, Refusal Refusal)>());
        foreach (var one in typed)
        {
            var (form, unfit) = forms.Read(state, one, scope);
            if (form is not null)
                read.Add(form);
            else
                refused.Add((one.Form, unfit!));
        }

        var keyed = new KeyedForms(0, 0, []);
        if (read.Count > 0 || refused.Count == 0)
        {
            var (done, refusal) = await desk.KeyAsync(state.Id, read.ToImmutable(), By(http));
            keyed = done ?? throw new RefusedException(refusal!);
        }

        refused.AddRange(keyed.Refused);
        // Where nothing is stored the problem is the answer: of one form, or of all that may be sent again.
        if (keyed is { Stored: 0, Repeated: 0 } && refused.Select(one => one.Refusal).FirstOrDefault(why => typed.Count == 1 || why.Retryable) is { } only)
            throw new RefusedException(only);
        var after = await FindAsync(http, batch, scope);
        CaseDoor.Tag(http, after.Version);
        return Results.Json(new KeyedFormsView(keyed.Stored, keyed.Repeated, Told(http, refused), ViewOf(after, scope)), ApiJson.Options);
    }

    /// <summary>Keys the forms of a spreadsheet.</summary>
    public async Task<IResult> TakeFileAsync(HttpContext http, string batch, NodeScope scope)
    {
        var state = await FindAsync(http, batch, scope);
        var (outcome, refusal) = await files.TakeAsync(state, await PaperFileBody.ReadAsync(http.Request), scope, By(http), Problem.CultureOf(http.Request));
        if (outcome is null)
            throw new RefusedException(refusal!);
        var after = await FindAsync(http, batch, scope);
        CaseDoor.Tag(http, after.Version);
        return Results.Json(
            new PaperFileView(outcome.Rows, outcome.Keyed.Stored, outcome.Keyed.Repeated, outcome.Spoilt, Told(http, outcome.Keyed.Refused), outcome.Errors, ViewOf(after, scope)),
            ApiJson.Options);
    }

    /// <summary>Says that a form cannot be counted.</summary>
    public async Task<IResult> SpoilAsync(HttpContext http, string batch, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var state = await FindAsync(http, batch, scope);
        var (form, reason) = await RequestBody.ReadAsync(http.Request, PaperBodies.Spoilt);
        return await DoAsync(http, state.Id, scope, new SpoilForm(form, reason), expected: null);
    }

    /// <summary>Keys a form a second time.</summary>
    public async Task<IResult> RecheckAsync(HttpContext http, string batch, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var state = await FindAsync(http, batch, scope);
        return await DoAsync(http, state.Id, scope, new RecheckForm(Read(state, await RequestBody.ReadAsync(http.Request, PaperBodies.Form), scope)), expected: null);
    }

    /// <summary>Says what is right of a form.</summary>
    public async Task<IResult> SolveAsync(HttpContext http, string batch, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var state = await FindAsync(http, batch, scope);
        var (form, corrected) = await RequestBody.ReadAsync(http.Request, PaperBodies.Solved);
        var expected = CaseDoor.VersionSeen(http);
        if (corrected is null)
            return await DoAsync(http, state.Id, scope, new KeepFirst(form), expected);
        return await desk.CorrectAsync(http, state, Read(state, corrected, scope), expected) is { } refusal
            ? throw new RefusedException(refusal) : await ShowAsync(http, state.Id, scope, StatusCodes.Status200OK);
    }

    /// <summary>Closes a batch.</summary>
    public async Task<IResult> CloseAsync(HttpContext http, string batch, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var state = await FindAsync(http, batch, scope);
        var reason = await RequestBody.ReadAsync(http.Request, PaperBodies.Reason);
        return await DoAsync(http, state.Id, scope, new ClosePaperBatch(reason), CaseDoor.VersionSeen(http));
    }

    private async Task<IResult> DoAsync(HttpContext http, PaperBatchId batch, NodeScope scope, PaperCommand command, long? expected)
    {
        var answer = await desk.PerformAsync(batch, new PaperRequest(command, By(http)) { Expected = expected });
        return answer.Refusal is { } refusal ? throw new RefusedException(refusal) : await ShowAsync(http, batch, scope, StatusCodes.Status200OK);
    }

    // What lies elsewhere looks like what does not exist.
    private async Task<PaperState> FindAsync(HttpContext http, string batch, NodeScope scope) =>
        await desk.FindAsync(batch, scope, http.RequestAborted) ?? throw Members.Refuse("paper-batch-unknown");

    private async Task<IResult> ShowAsync(HttpContext http, PaperBatchId batch, NodeScope scope, int status)
    {
        var state = await FindAsync(http, batch.Value, scope);
        CaseDoor.Tag(http, state.Version);
        return Results.Json(ViewOf(state, scope), ApiJson.Options, statusCode: status);
    }

    private PaperBatchView ViewOf(PaperState state, NodeScope scope) =>
        PaperBatchView.Of(state, NodeLabel.Of(bureau.Current.Tree.Find(state.Opened!.Node)!, access.ViewOf(scope)));

    private ReadForm Read(PaperState state, TypedForm typed, NodeScope scope)
    {
        var (form, refusal) = forms.Read(state, typed, scope);
        return form ?? throw new RefusedException(refusal!);
    }

    private static IReadOnlyList<RefusedFormView> Told(HttpContext http, IEnumerable<(int Form, Refusal Refusal)> refused)
    {
        var culture = Problem.CultureOf(http.Request);
        return [.. refused.OrderBy(one => one.Form).Select(one => RefusedFormView.Of(one.Form, one.Refusal, culture))];
    }

    private static int LimitIn(IQueryCollection query) => query["limit"].ToString() is not { Length: > 0 } text ? PaperDesk.UsuallyOnPage
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= PaperPage.Most ? limit
        : throw Members.Refuse("count-invalid", "limit", string.Create(CultureInfo.InvariantCulture, $"1–{PaperPage.Most}"));

    private static string By(HttpContext http) => http.GetCaller().Caller.Name;
}
