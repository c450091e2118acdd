using System.Net;
using System.Net.Http.Headers;

namespace Feedback.Seeds.Simulation;

/// <summary>What became of one body.</summary>
internal enum PushEnd
{
    Accepted,
    Repeated,
    Refused,
    Unknown,
}

/// <summary>
/// Sends bodies as a terminal does: the very same bytes again after an overload, a timeout or a lost connection, so
/// that the server knows a repeat by its id.
/// </summary>
/// <param name="http">With the server's address.</param>
/// <param name="deviceKey">The terminal's secret.</param>
/// <param name="pace">How often and how patiently.</param>
/// <param name="clock">Measures pauses and patience.</param>
internal sealed class Pusher(HttpClient http, string deviceKey, SimulationPace pace, TimeProvider clock)
{
    /// <summary>Sends a body until its outcome is known or the tries are used up.</summary>
    /// <param name="path">The endpoint.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellation">Stops at once; the outcome is then unknown.</param>
    /// <returns>The outcome, the number of tries, and the last failure in words.</returns>
    public async Task<(PushEnd End, int Tries, string? Problem)> SendAsync(string path, byte[] body, CancellationToken cancellation)
    {
        string? problem = null;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? asked = null;
            try
            {
                using var patience = new CancellationTokenSource(pace.Patience, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
                using var response = await http.SendAsync(Request(path, body), either.Token);
                if (!IsRetryable(response.StatusCode))
                    return (EndOf(response.StatusCode), attempt, response.IsSuccessStatusCode ? problem : await WordsOf(response, either.Token));
                problem = $"{(int)response.StatusCode} {path}";
                asked = PauseAsked(response.Headers.RetryAfter);
            }
            catch (Exception e)
            {
                // Whatever it is, nobody knows what became of the body; one failure never stops the windows.
                if (cancellation.IsCancellationRequested)
                    return (PushEnd.Unknown, attempt, problem);
                problem = e is OperationCanceledException ? $"no answer from {path} in time" : e.Message;
            }

            if (attempt >= pace.Tries || !await PauseAsync(attempt, asked, cancellation))
                return (PushEnd.Unknown, attempt, problem);
        }
    }

    private HttpRequestMessage Request(string path, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { { "X-Device-Key", deviceKey } } };
    }

    private async Task<bool> PauseAsync(int attempt, TimeSpan? asked, CancellationToken cancellation)
    {
        // 2^(attempt − 1) first pauses; the exponent is held small so that it cannot overflow.
        var pause = pace.FirstPause * Math.Pow(2, Math.Min(attempt - 1, 20));
        if (asked > pause)
            pause = asked.Value;
        try
        {
            await Task.Delay(pause < pace.LongestPause ? pause : pace.LongestPause, clock, cancellation);
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

    private static PushEnd EndOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Created => PushEnd.Accepted,
        HttpStatusCode.OK => PushEnd.Repeated,
        _ => PushEnd.Refused,
    };

    private static async Task<string> WordsOf(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        return $"{(int)response.StatusCode} {(text.Length > 300 ? text[..300] + "…" : text)}";
    }
}
