using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Intake;

/// <summary>Reads a JSON body within its bounds: 64 KiB, or 4 MiB for a batch where one is taken, and 16 levels deep.</summary>
internal static class RequestBody
{
    /// <summary>The most bytes that a batch may have.</summary>
    public const int LargestBatch = 4 * 1024 * 1024;

    /// <summary>The most bytes that anything else may have.</summary>
    public const int LargestItem = 64 * 1024;

    private const int Deepest = 16;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Deepest, AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>Refuses what is not sent as JSON: a browser cannot be made to send that for another site.</summary>
    /// <exception cref="RefusedException">The media type is another one.</exception>
    public static void DemandJson(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            throw Members.Refuse("media-type-unknown", "Content-Type", request.ContentType);
    }

    /// <summary>Reads the body; the document lives until <paramref name="use"/> has returned.</summary>
    /// <param name="request">The request.</param>
    /// <param name="use">What is made of it.</param>
    /// <param name="largestArray">The most bytes that an array may have; anything else has <see cref="LargestItem"/> at most.</param>
    /// <exception cref="RefusedException">The body is too large, too deep, or no JSON.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, Func<JsonElement, T> use, int largestArray = LargestItem)
    {
        var reader = request.BodyReader;
        var read = await ReadAllAsync(reader, largestArray, request.HttpContext);
        try
        {
            using var document = JsonDocument.Parse(read.Buffer, Strict);
            return use(document.RootElement);
        }
        catch (JsonException e)
        {
            // The place is enough for a developer; the parser's own words would only be English.
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            throw Members.Refuse("json-malformed", null, place);
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    private static async Task<ReadResult> ReadAllAsync(PipeReader reader, int largestArray, HttpContext http)
    {
        var gate = http.Features.Get<PushGate>();
        while (true)
        {
            ReadResult read;
            try
            {
                var reading = reader.ReadAsync(http.RequestAborted);
                read = reading.IsCompleted || gate is null ? await reading : await AsideAsync(reading, gate);
            }
            catch (IOException e)
            {
                throw e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } ? TooLarge(largestArray) : Members.Refuse("body-cut-off");
            }

            var limit = IsArray(read.Buffer) ? largestArray : LargestItem;
            if (read.Buffer.Length > limit)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw TooLarge(limit);
            }

            if (read.IsCompleted)
                return read;
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    // Whoever sends slowly is no work.
    private static async Task<ReadResult> AsideAsync(ValueTask<ReadResult> reading, PushGate gate)
    {
        gate.StepAside();
        try
        {
            return await reading;
        }
        finally
        {
            gate.StepBack();
        }
    }

    private static bool IsArray(ReadOnlySequence<byte> buffer)
    {
        foreach (var segment in buffer)
        {
            var rest = segment.Span.TrimStart(" \t\r\n"u8);
            if (rest.Length > 0)
                return rest[0] == (byte)'[';
        }

        return false;
    }

    private static RefusedException TooLarge(int limit) =>
        new(new Refusal("body-too-large", null, limit.ToString(CultureInfo.InvariantCulture)));
}
