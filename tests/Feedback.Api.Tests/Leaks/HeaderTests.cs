using Feedback.Api.Tests.Access.Matrix;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Feedback.Api.Tests.Leaks;

/// <summary>The headers of every answer, whoever asks for whatever.</summary>
[Collection(OneAccessWorld.Name)]
public sealed class HeaderTests(AccessWorld world) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = world.Site.Url };

    // What is the same for everybody may be kept by anybody, the script of the reference and charts by their reader, who asks each time whether they changed.
    private static readonly string[] Kept = ["public, max-age=31536000, immutable", "no-cache", "private, no-cache"];

    [Fact]
    public async Task Every_answer_has_safe_headers()
    {
        foreach (var (method, path) in Addresses())
        {
            foreach (var caller in world.Callers)
                await CheckAsync(new HttpRequestMessage(new HttpMethod(method), path), caller);
        }

        foreach (var operation in world.Operations)
        {
            foreach (var caller in world.Callers)
                await CheckAsync(operation.Request(name => name == "version" ? "1" : world.Own.Window), caller);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task CheckAsync(HttpRequestMessage request, AccessCaller caller)
    {
        using (request)
        {
            caller.ShowTo(request);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var what = $"{request.Method} {request.RequestUri} as {caller.Name}: {(int)answer.StatusCode}\n{answer.Headers}";
            Assert.False(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"), what);
            Assert.True(Of("X-Content-Type-Options") == "nosniff", what);
            Assert.True(Of("Referrer-Policy") is "same-origin" or "no-referrer", what);
            Assert.True(Of("Cache-Control") is { } keeping && (keeping.Contains("no-store", StringComparison.Ordinal) || Kept.Contains(keeping)), what);
            if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            {
                var policy = Of("Content-Security-Policy");
                Assert.True(policy is not null && policy.Contains("default-src 'none'", StringComparison.Ordinal) && policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal), what);
                Assert.False(policy!.Contains("unsafe-eval", StringComparison.Ordinal) || policy.Contains("script-src 'self' 'unsafe-inline'", StringComparison.Ordinal), what);
            }

            string? Of(string name) => answer.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
        }
    }

    // Every live address, some where nothing is, and some asked in a way that they do not know.
    private IEnumerable<(string Method, string Path)> Addresses() =>
        (from endpoint in world.Site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
         from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
         let pattern = endpoint.RoutePattern
         // What is in the document is asked for with its examples.
         where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not null
         select (method, pattern.Parameters.Aggregate(pattern.RawText!, (path, parameter) => path.Replace($"{{{parameter.Name}}}", "n2", StringComparison.Ordinal))))
        .Concat([("GET", "/"), ("GET", "/nowhere"), ("GET", "/api/v1/nothing"), ("DELETE", "/api/v1/evaluations"), ("POST", "/nodes"), ("GET", "/openapi/v1.json")]);
}
