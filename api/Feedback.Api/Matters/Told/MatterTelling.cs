using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Intake;
using Feedback.Api.Matters.Services;
using Feedback.Api.Problems;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;
using Feedback.Grains.ServiceMatters;

namespace Feedback.Api.Matters.Told;

/// <summary>Takes lists of matters of another system. A list in which one matter cannot be taken is not stored at all; each matter that is stored is stored whole.</summary>
internal sealed class MatterTelling(MatterCalls calls, MatterRecords records, MatterSecrets codes, AccessCheck access, IBureau bureau, IAudit audit, TimeProvider clock)
{
    private const int AtOnce = 8;

    // A business system tells from its own record. Somebody who signs in has only their word, and figures of long ago should not hang on it.
    private static readonly TimeSpan Believed = TimeSpan.FromDays(31);

    /// <summary>Takes the list of a request, or only checks it.</summary>
    public async Task<IResult> TakeAsync(HttpContext http, NodeScope scope)
    {
        RequestBody.DemandJson(http.Request);
        var checks = http.Request.Query["check"].ToString() switch
        {
            "" or "false" => false,
            "true" => true,
            var other => throw Members.Refuse("word-unknown", "check", other),
        };
        var (lines, isList) = await RequestBody.ReadAsync(http.Request, body => (ToldMatterBodies.Read(body), body.ValueKind == JsonValueKind.Array), RequestBody.LargestBatch);
        var caller = http.GetCaller().Caller;
        var since = caller.Account is null ? 0 : (clock.GetUtcNow() - Believed).ToUnixTimeMilliseconds();
        var fitted = new Fitted[lines.Length];
        await EachAsync(lines.Length, async index => fitted[index] = lines[index] is (Line: { } line, _) ? await FitAsync(line, scope, since, http.RequestAborted) : new Fitted(lines[index].Refusal));
        if (checks || fitted.Any(one => one.Refusal is not null))
            return Answer(http, stored: false, fitted, isList);
        var (by, nodes) = (caller.Name, fitted.Select(one => one.Command!.Node).Distinct().ToList());
        await audit.RecordAsync(new AuditEntry(Acts.MattersTold, by)
        {
            Target = fitted is [var single] ? $"matter:{single.Id}" : null,
            Node = nodes is [var node] ? node : null,
            Reason = string.Create(CultureInfo.InvariantCulture, $"{fitted.Length} matters, {fitted.Count(one => one.Before == 0)} of them new"),
            Address = CallerAddress.Of(http),
        });
        // What names the same matter twice is told to it one after the other.
        await EachAsync(fitted.Length, async index => fitted[index] = await StoreAsync(fitted[index], by));
        return Answer(http, stored: true, fitted, isList);
    }

    private static Task EachAsync(int count, Func<int, Task> work) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (index, _) => await work(index));

    private async Task<Fitted> FitAsync(ToldLine line, NodeScope scope, long since, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (line.AcceptedAt.UtcMilliseconds > now || line.EndedAt?.UtcMilliseconds > now)
            return new Fitted(new Refusal("time-in-future", line.AcceptedAt.UtcMilliseconds > now ? "acceptedAt" : "endedAt"));
        if (await access.FindAsync(line.Node, scope) is not { } node)
            return new Fitted(new Refusal("node-unknown", "node", line.Node));
        if (!bureau.Current.Catalogue.ServiceItems.ContainsKey(line.Item) && !(await bureau.RefreshAsync()).Catalogue.ServiceItems.ContainsKey(line.Item))
            return new Fitted(new Refusal("service-item-unknown", "serviceItem", line.Item));
        var (id, hash) = (codes.IdOf(node.Id, line.Number), codes.HashOf(line.Number));
        var before = await records.FindAsync(id, cancellation);
        // What is known already is not told anew.
        var (anew, member) = before is null ? ((long?)line.AcceptedAt.UtcMilliseconds, "acceptedAt")
            : before.Stage == MatterStage.Open ? (line.EndedAt?.UtcMilliseconds, "endedAt")
            : (default(long?), "");
        if (anew < since)
            return new Fitted(new Refusal("told-too-old", member, string.Create(CultureInfo.InvariantCulture, $"{Believed.Days}")));
        return before?.Accepted is { } accepted && (accepted.Item, accepted.Online) != (line.Item, line.Online)
            ? new Fitted(new Refusal("matter-exists", "number"))
            : new Fitted(null)
            {
                Id = id,
                Before = before?.Version ?? 0,
                Command = new TellMatter(
                    node.Id, line.Item, hash, line.Online, line.Limit, line.AcceptedAt.UtcMilliseconds, line.Visits, line.Stage, line.EndedAt?.UtcMilliseconds, line.Outcome,
                    line.LawfulVisits),
            };
    }

    private async Task<Fitted> StoreAsync(Fitted fitted, string by)
    {
        var answer = await calls.PerformAsync(fitted.Id, new MatterRequest(fitted.Command!, by));
        return fitted with { After = answer.Version, Refusal = answer.Refusal };
    }

    // A matter that is sent by itself is refused by itself.
    private static IResult Answer(HttpContext http, bool stored, Fitted[] lines, bool isList)
    {
        if (!isList && lines[0].Refusal is { } refusal)
            throw new RefusedException(refusal);
        var chinese = Problem.CultureOf(http.Request).TwoLetterISOLanguageName == "zh";
        var taken = stored ? lines.Where(one => one.Refusal is null).ToList() : [];
        return Results.Json(
            new ToldMatters(
                stored, taken.Count(one => one.Before == 0), taken.Count(one => one.Before > 0 && one.After > one.Before), taken.Count(one => one.Before > 0 && one.After <= one.Before),
                [.. lines.Index().Where(one => one.Item.Refusal is not null).Select(one => new RejectedMatter(one.Index, JsonNode.Parse(Problem.Body(one.Item.Refusal!, chinese))!))]),
            ApiJson.Options);
    }

    private sealed record Fitted(Refusal? Refusal)
    {
        public MatterId Id { get; init; }

        public long Before { get; init; }

        public long After { get; init; }

        public TellMatter? Command { get; init; }
    }
}
