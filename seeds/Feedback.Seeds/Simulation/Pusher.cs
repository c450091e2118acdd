using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Feedback.Seeds.Simulation;

/// <summary>
/// Sends bodies as a terminal does: the very same bytes again after an overload, a timeout or a lost connection, so
/// that the server knows a repeat by its id. What became of each is written into the book. What was acknowledged is kept for a
/// week and sent again when the server tells of another life of its database: it was restored, perhaps to a moment before.
/// </summary>
/// <param name="http">With the server's address.</param>
/// <param name="deviceKey">The terminal's secret.</param>
/// <param name="pace">How often and how patiently.</param>
/// <param name="clock">Measures pauses and patience.</param>
/// <param name="book">Takes what became of every body.</param>
internal sealed class Pusher(HttpClient http, string deviceKey, SimulationPace pace, TimeProvider clock, SimulationBook book)
{
    /// <summary>So many bodies go into one request.</summary>
    public const int BodiesAtOnce = 200;

    private const string GenerationHeader = "Feedback-Generation";

    private readonly KeptBodies _kept = new(clock);

    private sealed record Answer(HttpStatusCode Status, string Text, TimeSpan? PauseAsked, string? Generation);

    /// <summary>Sends a body until its outcome is known or the tries are used up.</summary>
    /// <param name="path">The endpoint.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellation">Stops at once; the outcome is then unknown.</param>
    /// <returns>Whether it is stored.</returns>
    public async Task<bool> SendAsync(string path, byte[] body, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await TryAsync(path, body, cancellation);
            if (answer is not null && !IsRetryable(answer.Status))
            {
                var stored = answer.Status is HttpStatusCode.Created or HttpStatusCode.OK;
                if (stored)
                {
                    book.Stored(answer.Status == HttpStatusCode.Created ? 1 : 0, answer.Status == HttpStatusCode.OK ? 1 : 0);
                    _kept.Add(answer.Generation, path, [body]);
                    await SendAgainAsync(answer.Generation, cancellation);
                }
                else
                    book.Refused(1, CodeOf(answer), WordsOf(answer));
                return stored;
            }

            if (!await MayTryAgainAsync(attempt, answer?.PauseAsked, cancellation))
            {
                book.Unknown(1);
                return false;
            }
        }
    }

    /// <summary>Sends bodies in one request, and those again that the server could not take yet.</summary>
    /// <param name="path">The endpoint.</param>
    /// <param name="bodies">At most as many as the server takes at once.</param>
    /// <param name="cancellation">Stops at once; what is not known by then stays unknown.</param>
    public async Task SendManyAsync(string path, IReadOnlyList<byte[]> bodies, CancellationToken cancellation)
    {
        var (left, generation) = await SendManyAsync(path, bodies, book.Stored, cancellation);
        book.Unknown(left.Count);
        await SendAgainAsync(generation, cancellation);
    }

    // Whatever another life of the database acknowledged may be gone: all of it once more, matters before their ratings. A repeat
    // is known by its id. What the server cannot take now is kept for the next answer.
    private async Task SendAgainAsync(string? generation, CancellationToken cancellation)
    {
        foreach (var (path, bodies) in _kept.TakeOthers(generation))
        {
            foreach (var some in bodies.Chunk(BodiesAtOnce))
            {
                var (left, _) = await SendManyAsync(path, some, book.SentAgain, cancellation);
                _kept.PutBack(path, left);
            }
        }
    }

    // What is left without an outcome, and the life of the database that took the rest.
    private async Task<(IReadOnlyList<byte[]> Left, string? Generation)> SendManyAsync(
        string path, IReadOnlyList<byte[]> bodies, Action<long, long> stored, CancellationToken cancellation)
    {
        var (waiting, generation) = (bodies, default(string));
        for (var attempt = 1; ; attempt++)
        {
            var answer = await TryAsync(path, Joined(waiting), cancellation);
            if (answer is { Status: HttpStatusCode.OK })
            {
                waiting = Settled(path, waiting, answer, stored);
                generation = answer.Generation;
            }
            else if (answer is not null && !IsRetryable(answer.Status))
            {
                book.Refused(waiting.Count, CodeOf(answer), WordsOf(answer));
                return ([], generation);
            }

            if (waiting.Count == 0 || !await MayTryAgainAsync(attempt, answer?.PauseAsked, cancellation))
                return (waiting, generation);
        }
    }

    // Null when nobody knows what became of it; one failure never stops the windows.
    private async Task<Answer?> TryAsync(string path, byte[] body, CancellationToken cancellation)
    {
        try
        {
            using var patience = new CancellationTokenSource(pace.Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
            using var request = Request(path, body);
            var sent = clock.GetTimestamp();
            using var response = await http.SendAsync(request, either.Token);
            var text = await response.Content.ReadAsStringAsync(either.Token);
            book.Answered(clock.GetElapsedTime(sent));
            if (IsRetryable(response.StatusCode))
                book.Problem($"{(int)response.StatusCode} {path}");
            return new Answer(response.StatusCode, text, PauseAsked(response.Headers.RetryAfter),
                response.Headers.TryGetValues(GenerationHeader, out var generation) ? generation.FirstOrDefault() : null);
        }
        catch (Exception e)
        {
            if (!cancellation.IsCancellationRequested)
                book.Problem(e is OperationCanceledException ? $"no answer from {path} in time" : e.Message);
            return null;
        }
    }

    private IReadOnlyList<byte[]> Settled(string path, IReadOnlyList<byte[]> sent, Answer answer, Action<long, long> stored)
    {
        if (ReadBatch(answer.Text) is not { } read || !IsAbout(read, sent.Count))
        {
            book.Problem($"an answer that is none: {WordsOf(answer)}");
            return sent;
        }

        stored(read.Accepted, read.Duplicates);
        var rejectedOnes = read.Rejected.Select(rejected => rejected.Index).ToHashSet();
        _kept.Add(answer.Generation, path, [.. sent.Where((_, index) => !rejectedOnes.Contains(index))]);
        foreach (var rejected in read.Rejected.Where(rejected => !rejected.Problem.Retryable))
            book.Refused(1, rejected.Problem.Code, rejected.Problem.Title);
        return [.. read.Rejected.Where(rejected => rejected.Problem.Retryable).Select(rejected => sent[rejected.Index])];
    }

    // What it does not speak of would be neither sent again nor counted.
    private static bool IsAbout(BatchAnswer read, int sent) =>
        read is { Accepted: >= 0, Duplicates: >= 0, Rejected: { } rejected }
        && read.Accepted + read.Duplicates + rejected.Count == sent
        && rejected.All(one => one is { Problem.Code: not null, Index: >= 0 } && one.Index < sent)
        && rejected.DistinctBy(one => one.Index).Count() == rejected.Count;

    private sealed record BatchAnswer(long Accepted, long Duplicates, IReadOnlyList<Rejected> Rejected);

    private sealed record Rejected(int Index, RejectedProblem Problem);

    private sealed record RejectedProblem(string Code, string Title, bool Retryable = false);

    private static BatchAnswer? ReadBatch(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<BatchAnswer>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Joined(IReadOnlyList<byte[]> bodies)
    {
        using var joined = new MemoryStream(bodies.Sum(body => body.Length + 1) + 1);
        joined.WriteByte((byte)'[');
        for (var i = 0; i < bodies.Count; i++)
        {
            if (i > 0)
                joined.WriteByte((byte)',');
            joined.Write(bodies[i]);
        }

        joined.WriteByte((byte)']');
        return joined.ToArray();
    }

    private HttpRequestMessage Request(string path, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { { "X-Device-Key", deviceKey } } };
    }

    private async Task<bool> MayTryAgainAsync(int attempt, TimeSpan? asked, CancellationToken cancellation)
    {
        if (attempt >= pace.Tries || cancellation.IsCancellationRequested)
            return false;
        // 2^(attempt − 1) first pauses; the exponent is held small so that it cannot overflow.
        var pause = pace.FirstPause * Math.Pow(2, Math.Min(attempt - 1, 20));
        if (asked > pause)
            pause = asked.Value;
        try
        {
            await Task.Delay(pause < pace.LongestPause ? pause : pace.LongestPause, clock, cancellation);
            book.Retried();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private TimeSpan? PauseAsked(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);

    private static bool IsRetryable(HttpStatusCode status) => status is
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    // Something else than the service may have answered, with something else than a problem.
    private static string CodeOf(Answer answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Text);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("code", out var code) && code.GetString() is { } known)
                return known;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No problem in JSON: its status says enough.
        }

        return $"http-{(int)answer.Status}";
    }

    private static string WordsOf(Answer answer) =>
        $"{(int)answer.Status} {(answer.Text.Length > 300 ? answer.Text[..300] + "…" : answer.Text)}";
}
