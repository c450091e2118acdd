using System.Collections.Immutable;
using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Matters.Services;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal.FreeText;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;
using Feedback.Grains.ServiceMatters;
using Feedback.Web.Cases.Office;
using Feedback.Web.Frame;
using Microsoft.AspNetCore.Antiforgery;

namespace Feedback.Web.Matters;

/// <summary>The card of a matter: what is known of it, what is missing, what happened, and what can be done.</summary>
internal sealed class MatterCardPages(MatterRecords records, MatterCalls calls, MatterSecrets codes, OfficeReaders readers, AccessCheck access, IBureau bureau, IAntiforgery forms)
{
    private const int LongestCode = 64;
    private const int LongestTitle = 60;
    private const int LongestRequest = 100;
    private static readonly string[] Fields = ["documents", "asked", "result", "reason"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/matters/{serviceMatter}", (HttpContext http, string serviceMatter, MatterCardPages pages) => pages.ShowAsync(http, serviceMatter))
            .PageDemands(Permission.ReadCases).ExcludeFromDescription();
        app.MapPost("/matters/{serviceMatter}", (HttpContext http, string serviceMatter, MatterCardPages pages) => pages.StepAsync(http, serviceMatter))
            .PageDemands(Permission.FileCases).ExcludeFromDescription();
    }

    private async Task<IResult> ShowAsync(HttpContext http, string matter) =>
        await FindAsync(http, matter) is { } state ? await PageAsync(http, state, null, null) : http.Message(StatusCodes.Status404NotFound, "notFound");

    private async Task<IResult> StepAsync(HttpContext http, string matter)
    {
        var (form, status) = await Forms.ReadAsync(http, forms);
        if (form is null)
            return http.Message(status, "badForm");
        if (readers.Find(http) is not { IsPerson: true } reader || await FindAsync(http, matter) is not { } state)
            return http.Message(StatusCodes.Status404NotFound, "notFound");
        var typed = Fields.ToDictionary(name => name, name => form[name].ToString().ReplaceLineEndings("\n").Trim());
        var (step, request) = (form["step"].ToString(), form["request"].ToString());
        var (command, refusal) = Read(step, typed, state);
        if (!long.TryParse(form["version"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            refusal = new Refusal("member-missing", "version");
        if (request.Length > LongestRequest)
            refusal = new Refusal("id-unfit", "request", LongestRequest.ToString(CultureInfo.InvariantCulture));
        refusal ??= (await calls.PerformAsync(state.Id, new MatterRequest(command!, http.GetCaller().Caller.Name) { Id = request.Length == 0 ? null : request, Expected = version })).Refusal;
        if (refusal is null)
            return Results.LocalRedirect("/matters/" + state.Id);
        // Whoever is refused sees the matter as it is now, and all that they typed.
        var trial = new MatterTrial(step, Problem.TitleOf(refusal, reader.Words.Culture), typed, refusal.Code == "matter-stale");
        return await PageAsync(http, (await records.FindAsync(state.Id, http.RequestAborted))!, refusal, trial);
    }

    private static (MatterCommand? Command, Refusal? Refusal) Read(string step, Dictionary<string, string> typed, MatterState state)
    {
        // A browser sends what is ticked as a list with commas.
        ImmutableArray<string> documents = [.. typed["documents"].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
        string[] titles = [.. typed["asked"].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (titles.Any(title => title.Length > LongestTitle) || ((string[])[typed["result"], typed["reason"]]).Any(code => code.Length > LongestCode))
            return (null, new Refusal("text-too-long", step == "visit" ? "asked" : "result", (step == "visit" ? LongestTitle : LongestCode).ToString(CultureInfo.InvariantCulture)));
        if (titles.Concat([typed["result"], typed["reason"]]).Any(CodeScan.TellsOfPerson))
            return (null, new Refusal("member-personal", step == "visit" ? "asked" : step == "withdraw" ? "reason" : "result"));
        return step switch
        {
            "visit" => (new VisitMatter(documents, [.. titles.Select((title, i) => AskedOf(title, i, state))], typed["result"].Length == 0 ? null : typed["result"]), null),
            "supplement" => (new SupplementMatter(documents), null),
            "complete" => (new CompleteMatter(typed["result"]), null),
            "withdraw" => (new WithdrawMatter(typed["reason"]), null),
            _ => (null, new Refusal("matter-step-unknown", "step", step)),
        };
    }

    // What the notice lists under the same title is that; all else gets a code of its own.
    private static AskedDocument AskedOf(string title, int index, MatterState state) =>
        state.Accepted!.Missing.FirstOrDefault(one => one.Title == title) is { } listed ? new AskedDocument(listed.Code, title)
        : state.AskedLate.FirstOrDefault(one => one.Title == title) ?? new AskedDocument(string.Create(CultureInfo.InvariantCulture, $"v{state.Version}-{index + 1}"), title);

    // A matter of elsewhere looks like one that does not exist.
    private async Task<MatterState?> FindAsync(HttpContext http, string matter) =>
        await records.FindAsync(new MatterId(matter), http.RequestAborted) is { } state && await access.FindAsync(state.Accepted!.Node.Value, http.GetCaller().ScopeHere) is not null ? state : null;

    private async Task<IResult> PageAsync(HttpContext http, MatterState state, Refusal? refusal, MatterTrial? trial)
    {
        var (reader, parameters) = (readers.Find(http), Pages.FrameFor(http, forms));
        // A page that a form made cannot be shown again by its address.
        parameters["Address"] = "/matters/" + state.Id;
        parameters["Model"] = new MatterCardModel
        {
            State = state,
            Times = records.TimesOf(state),
            Events = await records.EventsAsync(state.Id, http.RequestAborted),
            Names = new MatterNames(reader.Names, bureau.Current.Catalogue),
            Request = CaseSecrets.NewId().Value,
            NoticePath = ServiceMatterPaths.NoticeOf(codes.NoticeCodeOf(state.Id)),
            MayWork = reader.IsPerson && MayWork(http, state.Accepted!.Node),
            Trial = trial,
        };
        return http.Page<MatterCardPage>(refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal), parameters);
    }

    private bool MayWork(HttpContext http, NodeId at)
    {
        var view = access.ViewOf(http.GetCaller().Caller.ScopeOf(Permission.FileCases));
        return view.Tree.Find(at) is { } node && view.Sees(node);
    }
}
