using System.Globalization;
using System.Text.Json;
using Feedback.Api.Access;
using Feedback.Api.Limits;
using Feedback.Api.Problems;
using Feedback.Domain.Keys;
using Feedback.Domain.Lookups;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Lookups;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Api.Intake;

/// <summary>Reads one item of a body.</summary>
internal delegate WindowClaim ReadClaim(JsonElement body, Row row, Envelope envelope, Func<string, NodeId?> findWindow);

/// <summary>
/// The path of a push, once the gate let the terminal in: body → rows → one call per window → answer. A row that cannot be taken is refused by itself;
/// the good ones never suffer from it.
/// </summary>
internal sealed class PushEndpoint(
    AccessCheck access, Signers signers, SilenceRules silence, RequestLimits limits, IBureau bureau, WindowCalls windows, RatingLookups lookups, IntakeMeter meter, DatabaseLife life)
{
    private const int MostRows = 1000;
    private const string TooManyCode = "too-many-requests";

    public async Task HandleAsync(HttpContext http, ReadClaim read)
    {
        var caller = http.GetCaller().Caller;
        // Where too many came that nobody knows, signed rows are looked at one by one: a batch is work for many.
        var wait = caller.Key is null ? limits.AskFailed(http) : TimeSpan.Zero;
        try
        {
            var withCode = AsksForCode(http.Request);
            var reading = new RowReading(caller.Key, access, signers, silence);
            var cloudEvents = IsCloudEvents(http.Request);
            var request = await RequestBody.ReadAsync(http.Request, body => Rows(OneOnly(http, body, wait), cloudEvents, reading, read), wait > TimeSpan.Zero ? RequestBody.LargestItem : RequestBody.LargestBatch);
            if (caller.Key is null && !Array.Exists(request.Rows, row => row.IsSigned))
                throw Noted(http, caller, Members.Refuse("key-missing"));
            if (wait == TimeSpan.Zero && Array.Exists(request.Rows, row => row.MayBeTooNew))
            {
                // The window may have been opened, the key issued, or a rule set, on another silo a moment ago: look once more before refusing it.
                await bureau.RefreshAsync();
                var again = new RowReading(caller.Key, access, signers, silence);
                foreach (var row in request.Rows.Where(row => row.MayBeTooNew))
                    row.Read(again, read);
            }

            var notBelieved = Array.Find(request.Rows, IsNotBelieved);
            if (notBelieved is not null)
                PolicyGate.Note(http, notBelieved.Signer is { } signer && notBelieved.Refusal!.Code != "signature-wrong" ? Caller.OfTerminal(signer) : caller, notBelieved.Refusal!, notBelieved.Signer?.Id);
            if (caller.Key is null)
                CountSigned(http, request.Rows, notBelieved is not null);
            var results = await SubmitAsync(request.Rows);
            meter.Count(results);
            if (Array.Exists(results, PushAnswer.IsStored))
                life.TellOn(http.Response);
            if (request.IsBatch)
                await PushAnswer.WriteBatchAsync(http, request.Rows, results);
            else
                await PushAnswer.WriteOneAsync(http, request.Rows[0], results[0], withCode ? CodeOf(request.Rows[0], results[0]) : null);
        }
        catch (RefusedException e)
        {
            var refusal = caller.Key is null && e.Refusal.Code != TooManyCode && limits.TakeFailed(http) is { Ticks: > 0 } more ? LimitGate.TooMany(http, more) : e.Refusal;
            meter.Count(refusal);
            await Problem.WriteAsync(http, refusal);
        }
    }

    // Whoever shows it to the citizen asks for it; making it costs all others nothing.
    private static bool AsksForCode(HttpRequest request) => request.QueryString.HasValue && request.Query["lookup"].ToString() switch
    {
        "true" => true,
        "" or "false" => false,
        _ => throw Members.Refuse("flag-invalid", "lookup"),
    };

    private string? CodeOf(Row row, ClaimResult result) =>
        row.Claim is EvaluationClaim { Window: var window } && PushAnswer.IsStored(result) ? lookups.CodeOf(new LookupSubject(window, result.Version), result.Digest!) : null;

    // Only who is proven is counted: or else a stranger could use up a terminal's share by naming its key.
    private void CountSigned(HttpContext http, Row[] rows, bool someNotBelieved)
    {
        var signers = rows.Where(row => row.Claim is not null).Select(row => row.Signer!).ToList();
        if (limits.TakeSigned(http, signers) is { Ticks: > 0 } wait)
            throw new RefusedException(LimitGate.TooMany(http, wait));
        // Among good rows wrong ones count for the address, too, and the good ones do not suffer from it.
        if (someNotBelieved && signers.Count > 0)
            limits.TakeFailed(http);
    }

    private static JsonElement OneOnly(HttpContext http, JsonElement body, TimeSpan wait) =>
        wait > TimeSpan.Zero && body.ValueKind == JsonValueKind.Array ? throw new RefusedException(LimitGate.TooMany(http, wait)) : body;

    // Of many rows that are not believed one leaves a trace for all.
    private static bool IsNotBelieved(Row row) => row.Refusal is { } refusal && Problem.StatusOf(refusal) == StatusCodes.Status401Unauthorized;

    private static RefusedException Noted(HttpContext http, Caller caller, RefusedException refused)
    {
        PolicyGate.Note(http, caller, refused.Refusal);
        return refused;
    }

    private static Request Rows(JsonElement body, bool cloudEvents, RowReading reading, ReadClaim read)
    {
        var isBatch = body.ValueKind == JsonValueKind.Array;
        var count = isBatch ? body.GetArrayLength() : 1;
        if (count > MostRows)
            throw Members.Refuse("too-many", null, MostRows.ToString(CultureInfo.InvariantCulture));
        if (count == 0)
            throw Members.Refuse("batch-empty");
        var rows = new Row[count];
        var index = 0;
        foreach (var item in isBatch ? [.. body.EnumerateArray()] : new[] { body })
        {
            rows[index] = new Row(item, cloudEvents);
            rows[index++].Read(reading, read);
        }

        return new Request(rows, isBatch);
    }

    private sealed record Request(Row[] Rows, bool IsBatch);

    private async Task<ClaimResult[]> SubmitAsync(Row[] rows)
    {
        var results = new ClaimResult[rows.Length];
        if (rows is [{ Claim: { } only }])
            return [.. await windows.SubmitAsync(only.Window, [only], SenderOf(rows[0].Key!))];

        var byWindow = rows.Select((row, index) => (row, index)).Where(one => one.row.Claim is not null)
            .GroupBy(one => (one.row.Claim!.Window, Sender: SenderOf(one.row.Key!)));
        await Task.WhenAll(byWindow.Select(async group =>
        {
            var some = group.ToList();
            var answers = await windows.SubmitAsync(group.Key.Window, [.. some.Select(one => one.row.Claim!)], group.Key.Sender);
            for (var i = 0; i < some.Count; i++)
                results[some[i].index] = answers[i];
        }));
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Refusal is { } refusal)
                results[i] = ClaimResult.Refuse(refusal);
        }

        return results;
    }

    private static Sender SenderOf(IssuedKey key) => new(key.Terminal!, key.Id);

    private static bool IsCloudEvents(HttpRequest request)
    {
        var media = request.ContentType.AsSpan();
        var end = media.IndexOf(';');
        var name = (end < 0 ? media : media[..end]).Trim();
        if (name.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return false;
        if (name.Equals("application/cloudevents+json", StringComparison.OrdinalIgnoreCase)
            || name.Equals("application/cloudevents-batch+json", StringComparison.OrdinalIgnoreCase))
            return true;
        throw Members.Refuse("media-type-unknown", "Content-Type", request.ContentType);
    }
}
