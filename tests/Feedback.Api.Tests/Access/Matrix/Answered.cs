using System.Net;

namespace Feedback.Api.Tests.Access.Matrix;

/// <summary>What a caller was answered, as far as another may be compared with it.</summary>
internal sealed record Answered(int Status, string Text, string? Location)
{
    public bool IsGood => Status is (>= 200 and < 300) or 304;

    /// <summary>The same with an id that was asked for left out.</summary>
    public Answered Without(string id) => this with
    {
        Text = Text.Replace(id, "…", StringComparison.Ordinal),
        Location = Location?.Replace(Uri.EscapeDataString(id), "…", StringComparison.Ordinal),
    };

    public override string ToString() => $"{Status} {Location} {(Text.Length > 300 ? Text[..300] + "…" : Text)}";
}

/// <summary>Sends requests just as they are: keeps no cookies, follows nothing.</summary>
internal sealed class Asker(Uri site) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = site };

    public async Task<Answered> AskAsync(HttpRequestMessage request, AccessCaller? caller = null)
    {
        using (request)
        {
            caller?.ShowTo(request);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            // A stream goes on for ever: that it was opened says all.
            var goesOn = response.Content.Headers.ContentType?.MediaType == "text/event-stream" && response.StatusCode == HttpStatusCode.OK;
            return new Answered((int)response.StatusCode, goesOn ? "" : await response.Content.ReadAsStringAsync(), response.Headers.Location?.OriginalString);
        }
    }

    public void Dispose() => _http.Dispose();
}
