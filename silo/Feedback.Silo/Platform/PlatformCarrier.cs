using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Feedback.Domain.Platform;
using Feedback.Grains.Notices;
using Feedback.Grains.Platform;
using Feedback.Silo.Notices;

namespace Feedback.Silo.Platform;

/// <summary>Speaks with the platform over connections that go where they were checked to go, as hooks are sent.</summary>
internal sealed class PlatformCarrier(PlatformSettings settings, OutsideAddresses addresses) : IPlatformCarrier, IDisposable
{
    private const int LargestAnswer = 1 << 20;
    private const int LongestReason = 2000;

    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    private readonly HttpMessageInvoker _platform = HookCarrier.Invoker(addresses, settings.AllowPrivate);

    /// <inheritdoc/>
    public Task<PlatformAnswer> SendAsync(byte[] body, string key, long timestamp, CancellationToken cancellation) => AskAsync(async () =>
    {
        using var request = Request(HttpMethod.Post, settings.Items!);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = Json;
        // A text of the structured fields for HTTP, as the draft for this header has it.
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"\"{key}\"");
        Sign(request, key, timestamp, body);
        using var response = await _platform.SendAsync(request, cancellation);
        return new PlatformAnswer((int)response.StatusCode, RejectedIn(await BodyAsync(response, cancellation)));
    });

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<PlatformKind, long>> CountsAsync(DateOnly day, CancellationToken cancellation) => AskAsync(async () =>
    {
        var counts = settings.Counts!;
        var url = new UriBuilder(counts.Address) { Query = $"{Uri.EscapeDataString(counts.DayParameter)}={day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" }.Uri;
        using var request = Request(HttpMethod.Get, url);
        using var response = await _platform.SendAsync(request, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new DeliveryException(string.Create(CultureInfo.InvariantCulture, $"it answers {(int)response.StatusCode} when asked for its counts"));
        return CountsIn(await BodyAsync(response, cancellation), counts.Fields);
    });

    /// <inheritdoc/>
    public void Dispose() => _platform.Dispose();

    private HttpRequestMessage Request(HttpMethod method, Uri url)
    {
        var request = new HttpRequestMessage(method, url);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(new ProductHeaderValue("Feedback")));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (!settings.Token.IsEmpty)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Encoding.UTF8.GetString(settings.Token.AsSpan()));
        return request;
    }

    private void Sign(HttpRequestMessage request, string id, long timestamp, byte[] body)
    {
        if (settings.Keys.IsEmpty)
            return;
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", HookSignature.Sign(settings.Keys, id, timestamp, body));
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException e)
        {
            throw e.InnerException as DeliveryException ?? new DeliveryException(e.HttpRequestError switch
            {
                HttpRequestError.SecureConnectionError => "its certificate is not trusted, or it does not encrypt",
                HttpRequestError.ConnectionError => "it cannot be reached",
                _ => "it does not answer as it should",
            });
        }
        catch (IOException)
        {
            throw new DeliveryException("the connection broke");
        }
    }

    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            body.Write(buffer.AsSpan(0, read));
            if (body.Length > LargestAnswer)
                throw new DeliveryException("its answer is longer than 1 MB");
        }

        return body.ToArray();
    }

    // Whatever else it says, or says in another form, is nothing that names an item.
    private static ImmutableArray<ItemRejection> RejectedIn(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("rejected", out var rejected) || rejected.ValueKind != JsonValueKind.Array)
                return [];
            return [.. rejected.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object).Select(one => (Id: TextOf(one, "id"), Reason: TextOf(one, "reason")))
                .Where(one => one.Id is not null).Select(one => new ItemRejection(one.Id!, one.Reason is not { } reason ? "" : reason.Length > LongestReason ? reason[..LongestReason] : reason))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    // A parser takes what is no UTF-8, or half a pair of surrogates, and only whoever reads it as a text learns of it: nobody can read it.
    private static string? TextOf(JsonElement of, string name)
    {
        try
        {
            return of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static IReadOnlyDictionary<PlatformKind, long> CountsIn(byte[] body, ImmutableDictionary<PlatformKind, string> fields)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return fields.ToDictionary(field => field.Key, field => CountOf(document.RootElement, field.Value));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It is told below.
        }

        throw new DeliveryException("its counts are no JSON object");
    }

    private static long CountOf(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count >= 0 ? count
        : throw new DeliveryException($"its counts have no number '{name}'");
}
