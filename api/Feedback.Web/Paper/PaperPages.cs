using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Paper;
using Feedback.Api.Problems;
using Feedback.Api.Ratings;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Organisation;
using Feedback.Grains.Paper;
using Feedback.Web.Cases.Office;
using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Paper;

/// <summary>The pages of batches of printed forms: open, print, count, key by keyboard alone, check, close.</summary>
internal sealed class PaperPages(PaperDesk desk, PaperForms paper, PaperFiles files, IBureau bureau, AccessCheck access, TimeProvider clock, IAntiforgery forms)
{
    private const string Home = "/paper";
    private const string One = Home + "/{paperBatch}";
    private const int MostPrinted = 100;
    private static readonly string[] CountFields = ["collected", "first", "second"];
    private static readonly string[] OpeningFields = ["place", "from", "through", "issued", "collected", "first", "second"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Home, (HttpContext http, PaperPages pages) => pages.ListAsync(http)).IsPaper();
        app.MapPost(Home, (HttpContext http, PaperPages pages) => pages.OpenAsync(http)).IsPaper();
        app.MapGet(One, (HttpContext http, string paperBatch, PaperPages pages) => pages.ShowAsync(http, paperBatch)).IsPaper();
        app.MapGet(One + "/form", (HttpContext http, string paperBatch, PaperPages pages) => pages.PrintAsync(http, paperBatch)).IsPaper();
        app.MapPost(One + "/key", (HttpContext http, string paperBatch, PaperPages pages) => pages.KeyAsync(http, paperBatch)).IsPaper();
        app.MapPost(One + "/file", (HttpContext http, string paperBatch, PaperPages pages) => pages.TakeFileAsync(http, paperBatch)).IsPaper();
        app.MapPost(One + "/{step}", (HttpContext http, string paperBatch, string step, PaperPages pages) => pages.StepAsync(http, paperBatch, step)).IsPaper();
    }

    private async Task<IResult> ListAsync(HttpContext http)
    {
        var view = access.ViewOf(http.GetCaller().ScopeHere);
        var today = view.Tops.FirstOrDefault() is { } top ? view.TodayAt(top) : DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return await ListAsync(http, RatingIntake.Draw(), new Dictionary<string, string>
        {
            ["place"] = view.Tops.ToList() is [var only] ? view.PathOf(only) : "",
            ["from"] = Text(new DateOnly(today.Year, today.Month, 1)),
            ["through"] = Text(today),
        }, null);
    }

    private async Task<IResult> ListAsync(HttpContext http, string request, IReadOnlyDictionary<string, string> typed, Refusal? refusal)
    {
        var (names, scope) = (NamesFor(http), http.GetCaller().ScopeHere);
        PaperCursor? after = PaperCursor.TryParse(http.Request.Query["after"].ToString(), out var place) ? place : null;
        var parameters = Pages.FrameFor(http, forms);
        parameters["Address"] = Home;
        parameters["Model"] = new PaperListModel(names, await desk.ListAsync(null, scope, after, cancellation: http.RequestAborted), request, typed)
        {
            Error = refusal is null ? null : Problem.TitleOf(refusal, names.Words.Culture),
            Field = refusal?.Field switch { "node" => "place", "counters" => "first", var other => other },
        };
        return http.Page<PaperListPage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }

    private async Task<IResult> OpenAsync(HttpContext http)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return http.Message(status, "badForm");
        var typed = OpeningFields.ToDictionary(name => name, name => form[name].ToString().Trim());
        var request = form["request"].ToString() is { Length: > 0 and <= 100 } own ? own : RatingIntake.Draw();
        var (wanted, unfit) = await ReadOpeningAsync(http, typed);
        if (wanted is null)
            return await ListAsync(http, request, typed, unfit);
        var (batch, _, refusal) = await desk.OpenAsync(wanted, By(http), request);
        // Whoever was told of the first batch, and sends the form once more, wants another.
        return batch is { } opened ? See(opened) : await ListAsync(http, refusal?.Code == "paper-request-differs" ? RatingIntake.Draw() : request, typed, refusal);
    }

    private async Task<(PaperOpening? Wanted, Refusal? Refusal)> ReadOpeningAsync(HttpContext http, Dictionary<string, string> typed)
    {
        if (typed["place"].Length == 0 || await access.FindAsync(typed["place"], http.GetCaller().ScopeHere) is not { } node)
            return (null, new Refusal("node-unknown", "place", typed["place"]));
        if (DayOf(typed["from"]) is not { } from)
            return (null, new Refusal("day-invalid", "from", typed["from"]));
        if (DayOf(typed["through"]) is not { } through)
            return (null, new Refusal("day-invalid", "through", typed["through"]));
        if (NumberOf(typed["issued"]) is not { } issued)
            return (null, new Refusal("count-invalid", "issued", $"1–{PaperRules.MostForms}"));
        var (count, refusal) = ReadCount(typed, issued);
        return refusal is null ? (new PaperOpening(node.Id, from, through, issued, count), null) : (null, refusal);
    }

    private static (CountForms? Count, Refusal? Refusal) ReadCount(IReadOnlyDictionary<string, string> typed, int issued)
    {
        if (typed["collected"].Length + typed["first"].Length + typed["second"].Length == 0)
            return (null, null);
        return NumberOf(typed["collected"]) is { } collected
            ? (new CountForms(collected, [typed["first"], typed["second"]]), null)
            : (null, new Refusal("count-invalid", "collected", string.Create(CultureInfo.InvariantCulture, $"0–{issued}")));
    }

    private async Task<IResult> ShowAsync(HttpContext http, string batch)
    {
        if (await FindAsync(http, batch) is not { } state)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var query = http.Request.Query;
        var mode = ModeOf(query["mode"].ToString());
        var words = PageWords.For(http.Request);
        var typed = new Dictionary<string, string>
        {
            ["number"] = NumberOf(query["number"].ToString()) is { } asked ? Text(asked) : PaperTurn.Next(state, mode, NumberOf(query["last"].ToString()) ?? 0, By(http)),
            // The windows of forms come in stacks: the next one is most often of the same.
            ["window"] = Known(query["window"].ToString()),
            ["day"] = Known(query["day"].ToString()),
        };
        return Page(http, state, mode, typed, said: PaperTurn.Said(words, query["done"].ToString(), NumberOf(query["last"].ToString()) ?? 0));
    }

    private async Task<IResult> KeyAsync(HttpContext http, string batch)
    {
        var (form, state, status) = await ReadAsync(http, batch);
        if (form is null || state is null)
            return Refuse(http, status);
        var (mode, typed) = (ModeOf(form["mode"].ToString()), PaperTurn.Typed(form));
        var (done, refusal) = await PaperTurn.PerformAsync(http, desk, paper, state, mode, typed, form);
        if (refusal is not null)
            return Page(http, state, mode, typed, refusal);
        var next = $"{Home}/{state.Id}?done={done}&last={Uri.EscapeDataString(typed["number"])}&window={Uri.EscapeDataString(typed["window"])}&day={Uri.EscapeDataString(typed["day"])}";
        return Results.LocalRedirect(mode == PaperMode.Recheck ? next + "&mode=recheck" : next);
    }

    private static IResult Refuse(HttpContext http, int status) => http.Message(status, status == StatusCodes.Status404NotFound ? "notFound" : "badForm");

    private async Task<IResult> StepAsync(HttpContext http, string batch, string step)
    {
        var (form, state, status) = await ReadAsync(http, batch);
        if (form is null || state is null)
            return Refuse(http, status);
        var seen = long.TryParse(form["version"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
        var reason = form["reason"].ToString().Trim() is { Length: > 0 } written ? written : null;
        var (done, refusal) = step switch
        {
            "count" => ("counted", await CountAsync(http, state, form)),
            "keep" => ("kept", (await desk.PerformAsync(state.Id, new PaperRequest(new KeepFirst(NumberOf(form["number"].ToString()) ?? 0), By(http)) { Expected = seen })).Refusal),
            "close" => ("closed", PaperRules.TextRefused(reason, "reason", PaperRules.LongestReason)
                ?? (await desk.PerformAsync(state.Id, new PaperRequest(new ClosePaperBatch(reason), By(http)) { Expected = seen })).Refusal),
            _ => ("", new Refusal("not-found")),
        };
        if (refusal is not null)
            return Page(http, state, PaperMode.Key, PaperTurn.Typed(form), refusal);
        return Results.LocalRedirect($"{Home}/{state.Id}?done={done}&last={Uri.EscapeDataString(form["number"].ToString())}");
    }

    private async Task<Refusal?> CountAsync(HttpContext http, PaperState state, IFormCollection form)
    {
        var typed = CountFields.ToDictionary(name => name, name => form[name].ToString().Trim());
        var (count, refusal) = ReadCount(typed, state.Opened!.Issued);
        return refusal ?? (count is null ? new Refusal("member-missing", "collected") : await desk.CountAsync(state.Id, count, By(http)));
    }

    private async Task<IResult> TakeFileAsync(HttpContext http, string batch)
    {
        var (form, state, status) = await ReadAsync(http, batch);
        if (form is null || state is null)
            return Refuse(http, status);
        if (form.Files["file"] is not { Length: > 0 } sent)
            return Page(http, state, PaperMode.Key, PaperTurn.Typed(form), new Refusal("file-missing", "file"));
        using var content = new MemoryStream();
        await sent.CopyToAsync(content, http.RequestAborted);
        var words = PageWords.For(http.Request);
        var (outcome, refusal) = await files.TakeAsync(state, content.ToArray(), http.GetCaller().ScopeHere, By(http), words.Culture);
        if (outcome is null)
            return Page(http, state, PaperMode.Key, PaperTurn.Typed(form), refusal);
        var after = await FindAsync(http, batch) ?? state;
        var typed = new Dictionary<string, string> { ["number"] = PaperTurn.Next(after, PaperMode.Key, 0, By(http)) };
        return Page(http, after, PaperMode.Key, typed, said: words.Say("paper-file-done", outcome.Rows, outcome.Keyed.Stored, outcome.Keyed.Repeated, outcome.Spoilt), fileErrors:
        [
            .. outcome.Errors.Select(error => (error.Row == 0 ? "" : words.Say("paper-file-row", error.Row) + " ") + error.Problem + " " + error.Mend),
            .. outcome.Keyed.Refused.Select(one => words.Say("paper-number-of", one.Form) + " " + Problem.TitleOf(one.Refusal, words.Culture)),
        ]);
    }

    private async Task<IResult> PrintAsync(HttpContext http, string batch)
    {
        if (await FindAsync(http, batch) is not { } state)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var first = Math.Clamp(NumberOf(http.Request.Query["from"].ToString()) ?? 1, 1, state.Opened!.Issued);
        var last = Math.Clamp(NumberOf(http.Request.Query["to"].ToString()) ?? state.Opened.Issued, first, Math.Min(state.Opened.Issued, first + MostPrinted - 1));
        var known = bureau.Current;
        return http.Page<PaperFormPage>(StatusCodes.Status200OK, new()
        {
            ["Words"] = PageWords.For(http.Request),
            ["Model"] = new PaperFormModel(state, known.Tree.Find(state.Opened.Node)!, known.Catalogue.Dimensions, first, last),
        });
    }

    // A form of ours about a batch of theirs; or the status to answer with.
    private async Task<(IFormCollection? Form, PaperState? State, int Status)> ReadAsync(HttpContext http, string batch)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return (null, null, status);
        var state = await FindAsync(http, batch);
        return (form, state, state is null ? StatusCodes.Status404NotFound : status);
    }

    private IResult Page(
        HttpContext http, PaperState state, PaperMode mode, IReadOnlyDictionary<string, string> typed, Refusal? refusal = null, string? said = null, IReadOnlyList<string>? fileErrors = null)
    {
        var names = NamesFor(http);
        var parameters = Pages.FrameFor(http, forms);
        // A page that a form made cannot be shown again by its address.
        parameters["Address"] = $"{Home}/{state.Id}";
        var isWindow = bureau.Current.Tree.Find(state.Opened!.Node)?.Kind == NodeKind.Window;
        parameters["Model"] = new PaperBatchModel(names, state, mode, typed, bureau.Current.Catalogue.Dimensions, isWindow ? [] : [.. paper.WindowsOf(state)])
        {
            Said = said,
            Error = refusal is null ? null : Problem.TitleOf(refusal, names.Words.Culture),
            Field = refusal?.Field switch { "form" => "number", "serviceItem" => "item", var other => other?.Replace("dimensions.", "dimension-", StringComparison.Ordinal) },
            FileErrors = fileErrors ?? [],
        };
        return http.Page<PaperBatchPage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }

    private Task<PaperState?> FindAsync(HttpContext http, string batch) => desk.FindAsync(batch, http.GetCaller().ScopeHere, http.RequestAborted);

    private CaseNames NamesFor(HttpContext http) => new(PageWords.For(http.Request), access.ViewOf(http.GetCaller().ScopeHere));

    private static IResult See(PaperBatchId batch) => Results.LocalRedirect($"{Home}/{batch}");

    private static PaperMode ModeOf(string text) => text switch { "recheck" => PaperMode.Recheck, "correct" => PaperMode.Correct, _ => PaperMode.Key };

    private static string By(HttpContext http) => http.GetCaller().Caller.Name;

    private static string Known(string text) => text.Length <= 512 ? text : "";

    private static int? NumberOf(string text) => PaperTurn.NumberOf(text);

    private static DateOnly? DayOf(string text) => PaperTurn.DayOf(text);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Who may open the pages of printed forms.</summary>
internal static class PaperPagesPolicy
{
    public static void IsPaper(this RouteHandlerBuilder page) => page.PageDemands(Permission.KeyForms).ExcludeFromDescription();
}
