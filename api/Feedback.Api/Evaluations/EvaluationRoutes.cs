using Feedback.Api.Access;
using Feedback.Api.Intake;
using Feedback.Api.Problems;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;

namespace Feedback.Api.Evaluations;

/// <summary>The endpoints of single evaluations.</summary>
internal static class EvaluationRoutes
{
    private const string List = "/api/v1/windows/{window}/evaluations";
    private const string One = List + "/{version}";

    public static void MapSingleEvaluations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(List, (HttpContext http, string window, SingleEvaluations evaluations, AccessCheck access) =>
                AnswerAsync<EvaluationPage>(http, async () =>
                {
                    var (query, refusal) = EvaluationQuery.Read(http.Request.Query);
                    var node = await WindowAsync(http, access, window);
                    return refusal is null ? (await evaluations.ListAsync(http, node, query!, Problem.CultureOf(http.Request)), null) : (null, refusal);
                }))
            .Demands(Permission.ReadEvaluations).WithName("evaluations").WithTags("Evaluations")
            .WithSummary("Single evaluations of a window, received on local days from inclusive to exclusive.")
            .WithDescription("Numbers and addresses of persons in comments are masked, unless the reader may read comments as they were written; that is audited. "
                + "Of a matter's number four characters are shown at most. Whoever was rated, by the staff code of their account, is told the grade and the day, "
                + "but no comment, no number and no exact time.")
            .WithQuery("from", "The first local day on which they were received, such as 2026-11-01.")
            .WithQuery("to", "The local day after the last.")
            .WithQuery("after", "The next of the page before.", required: false)
            .WithQuery("limit", "1 to 200; 50 when left out.", required: false)
            .WithQuery("order", "newest or oldest first; newest when left out.", required: false)
            .Produces<EvaluationPage>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        Post<UnmaskedEvaluation>(routes, "unmask", Permission.Unmask, ReasonReader.ShortestToUnmask, async (evaluations, http, node, version, reason) =>
                await evaluations.UnmaskAsync(http, node, version, reason))
            .WithName("unmask").WithSummary("Tells the matter's number and the comment as it was written, for a reason.")
            .WithDescription("Audited, and told to supervision, before it is answered. Never told to whoever was rated, by the staff code of their account, and to whoever leads them. The reason has 10 to 500 characters.");
        Post<ChangedEvaluation>(routes, "exclude", Permission.Exclude, ReasonReader.Shortest, async (evaluations, http, node, version, reason) =>
                await evaluations.SetExcludedAsync(http, node, version, excluded: true, reason))
            .WithName("exclude").WithSummary("Takes an evaluation out of the figures, for a reason; it stays stored and is shown apart.")
            .WithDescription("Only done outside of the hall that was rated, and by nobody who was rated or leads whoever was. A bad rating is excluded in its case, too, for good; "
                + "where the unit appealed, the appeal is decided there.")
            .ProducesProblem(409);
        Post<ChangedEvaluation>(routes, "reinstate", Permission.Exclude, ReasonReader.Shortest, async (evaluations, http, node, version, reason) =>
                await evaluations.SetExcludedAsync(http, node, version, excluded: false, reason))
            .WithName("reinstate").WithSummary("Takes an excluded evaluation back into the figures, for a reason.")
            .WithDescription("Done by the same as excludes. What was excluded in its case stays so.")
            .ProducesProblem(409);
        Post<ChangedEvaluation>(routes, "erase", Permission.ManagePersonal, ReasonReader.Shortest, async (evaluations, http, node, version, reason) =>
                await evaluations.EraseAsync(http, node, version, reason))
            .WithName("erase").WithSummary("Destroys what is kept of one person for good, for a reason; no figure changes.")
            .WithDescription("version is that of an evaluation or of a finished matter. Its data key, texts and salts are destroyed in the transaction of the event that says so.");

        routes.MapGet(One + "/export", (HttpContext http, string window, string version, SubjectExport export, AccessCheck access) =>
                AnswerAsync(http, async () => await export.OfAsync(http, await WindowAsync(http, access, window), VersionOf(version))))
            .Demands(Permission.ManagePersonal).WithName("export-subject").WithTags("Evaluations")
            .WithSummary("Everything that is kept about one person: the evaluation or finished matter, its texts, and what was done with it.")
            .Produces<ExportedSubject>().ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
    }

    private static RouteHandlerBuilder Post<TAnswer>(
        IEndpointRouteBuilder routes, string act, Permission permission, int shortest,
        Func<SingleEvaluations, HttpContext, Node, long, string, Task<(TAnswer?, Refusal?)>> perform)
        where TAnswer : class =>
        routes.MapPost($"{One}/{act}", (HttpContext http, string window, string version, SingleEvaluations evaluations, AccessCheck access) =>
                AnswerAsync(http, async () =>
                {
                    var reason = await ReasonReader.ReadAsync(http.Request, shortest);
                    return await perform(evaluations, http, await WindowAsync(http, access, window), VersionOf(version), reason);
                }))
            .Demands(permission).WithTags("Evaluations").Accepts<ReasonBody>("application/json")
            .Produces<TAnswer>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(503);

    private static async Task AnswerAsync<TAnswer>(HttpContext http, Func<Task<(TAnswer?, Refusal?)>> answer)
        where TAnswer : class
    {
        try
        {
            var (told, refusal) = await answer();
            http.Response.Headers.CacheControl = "no-store";
            if (refusal is not null)
                await Problem.WriteAsync(http, refusal);
            else
                await http.Response.WriteAsJsonAsync(told, ApiJson.Options, http.RequestAborted);
        }
        catch (RefusedException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
        catch (JournalBusyException e)
        {
            await Problem.WriteAsync(http, e.Refusal);
        }
    }

    private static async Task<Node> WindowAsync(HttpContext http, AccessCheck access, string window)
    {
        // A slash within one step of an address arrives as it was sent.
        var idOrPath = window.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return await access.FindAsync(idOrPath, http.GetCaller().ScopeHere) is { Kind: NodeKind.Window } node
            ? node
            : throw Members.Refuse("window-unknown", "window", idOrPath);
    }

    private static long VersionOf(string version) =>
        long.TryParse(version, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Members.Refuse("evaluation-unknown", "version", version);
}
