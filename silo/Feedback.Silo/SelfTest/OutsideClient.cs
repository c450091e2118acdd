using System.Net.Security;

namespace Feedback.Silo.SelfTest;

/// <summary>An answer, or that there was none.</summary>
/// <param name="Status">The HTTP status; 0 when nobody answered.</param>
/// <param name="Location">Where a redirect leads, absolute.</param>
/// <param name="MediaType">The type of its body.</param>
/// <param name="Text">Its body, up to 64 KiB of it.</param>
/// <param name="Date">When the server says it answered.</param>
/// <param name="StrictTransport">Its HSTS header.</param>
internal sealed record OutsideAnswer(int Status, Uri? Location, string? MediaType, string Text, DateTimeOffset? Date, string? StrictTransport)
{
    /// <summary>Nobody answered.</summary>
    public static readonly OutsideAnswer Silence = new(0, null, null, "", null, null);
}

/// <summary>
/// Asks as a stranger: follows no redirect by itself, keeps no cookie, goes through no proxy of this machine. It also talks
/// to a server with a bad certificate, which has a finding of its own, and so it never sends a secret.
/// </summary>
internal sealed class OutsideClient(Uri url) : IDisposable
{
    private const int MostBytes = 64 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    })
    { BaseAddress = url, Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 16 * 1024 * 1024 };

    /// <summary>Where it asks.</summary>
    public Uri Url => url;

    /// <summary>Gets a path, or another address.</summary>
    public Task<OutsideAnswer> GetAsync(string path, CancellationToken cancellation, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, new Uri(url, path), null, headers, cancellation);

    /// <summary>Gets an absolute address.</summary>
    public Task<OutsideAnswer> GetAsync(Uri address, CancellationToken cancellation) => SendAsync(HttpMethod.Get, address, null, [], cancellation);

    /// <summary>Posts JSON to a path.</summary>
    public Task<OutsideAnswer> PostAsync(string path, string json, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, new Uri(url, path), new StringContent(json, null, "application/json"), [], cancellation);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<OutsideAnswer> SendAsync(
        HttpMethod method, Uri address, HttpContent? body, (string Name, string Value)[] headers, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body };
        foreach (var (name, value) in headers)
        {
            if (name == "Host")
                request.Headers.Host = value;
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return new OutsideAnswer(
                (int)answer.StatusCode,
                answer.Headers.Location is { } location ? new Uri(address, location) : null,
                answer.Content.Headers.ContentType?.MediaType,
                text.Length > MostBytes ? text[..MostBytes] : text,
                answer.Headers.Date,
                answer.Headers.TryGetValues("Strict-Transport-Security", out var strict) ? strict.First() : null);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return OutsideAnswer.Silence;
        }
    }
}
