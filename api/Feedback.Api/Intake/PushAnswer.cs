using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Feedback.Api.Problems;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Windows;

namespace Feedback.Api.Intake;

/// <summary>Writes the answer to a push. A receipt proves inclusion, never the grade.</summary>
internal static class PushAnswer
{
    // Whose cause is another row of the same request: which one, only the answer by rows tells.
    private const string Unchecked = "signature-unchecked";

    private static readonly Refusal Conflict = new("conflict", "id");
    private static readonly Refusal Undecided = new("outcome-unknown", Retryable: true);

    /// <summary>Why a claim was not stored.</summary>
    public static Refusal RefusalOf(ClaimResult result) => result.Status switch
    {
        ClaimStatus.Conflicting => Conflict,
        ClaimStatus.Undecided => Undecided,
        ClaimStatus.Elsewhere => Undecided,
        _ => result.Refusal!,
    };

    /// <summary>Whether a claim is stored, now or before.</summary>
    public static bool IsStored(ClaimResult result) => result.Status is ClaimStatus.Accepted or ClaimStatus.Repeated;

    /// <summary>201 with a receipt, 200 with the first one, or a problem.</summary>
    /// <param name="http">The request.</param>
    /// <param name="row">The row.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="code">The code with which the citizen looks it up; null where nobody asked for it.</param>
    public static async Task WriteOneAsync(HttpContext http, Row row, ClaimResult result, string? code)
    {
        if (!IsStored(result))
        {
            await Problem.WriteAsync(http, RefusalOf(result));
            return;
        }

        await AnswerAsync(
            http,
            result.Status == ClaimStatus.Accepted ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            json => WriteReceipt(json, row, result, code));
    }

    /// <summary>200 with what became of every row; 503 when nothing was stored and something may be sent again.</summary>
    public static async Task WriteBatchAsync(HttpContext http, Row[] rows, ClaimResult[] results)
    {
        var retryable = results.Where(result => !IsStored(result)).Select(RefusalOf).FirstOrDefault(refusal => refusal.Retryable && refusal.Code != Unchecked);
        if (retryable is not null && !Array.Exists(results, IsStored))
        {
            await Problem.WriteAsync(http, retryable);
            return;
        }

        var culture = Problem.CultureOf(http.Request);
        await AnswerAsync(http, StatusCodes.Status200OK, json => WriteBatch(json, rows, results, culture));
    }

    private static void WriteBatch(Utf8JsonWriter json, Row[] rows, ClaimResult[] results, CultureInfo culture)
    {
        json.WriteStartObject();
        json.WriteNumber("accepted"u8, results.Count(result => result.Status == ClaimStatus.Accepted));
        json.WriteNumber("duplicates"u8, results.Count(result => result.Status == ClaimStatus.Repeated));
        json.WriteStartArray("rejected"u8);
        for (var i = 0; i < rows.Length; i++)
        {
            if (IsStored(results[i]))
                continue;
            json.WriteStartObject();
            json.WriteNumber("index"u8, i);
            json.WriteString("id"u8, rows[i].Id);
            json.WritePropertyName("problem"u8);
            Problem.Write(json, RefusalOf(results[i]), culture);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("receipts"u8);
        for (var i = 0; i < rows.Length; i++)
        {
            if (IsStored(results[i]))
                WriteReceipt(json, rows[i], results[i]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The length is told beforehand: a small answer then leaves in one piece, without chunks.
    private static async Task AnswerAsync(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        var text = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(text, ApiJson.Writing))
            write(json);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = text.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(text.WrittenMemory);
    }

    private static void WriteReceipt(Utf8JsonWriter json, Row row, ClaimResult result, string? code = null)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, row.Id);
        json.WriteString("window"u8, row.Claim!.Window.Value);
        json.WriteNumber("version"u8, result.Version);
        json.WriteString("digest"u8, result.Digest);
        if (code is not null)
            json.WriteString("code"u8, code);
        json.WriteEndObject();
    }
}
