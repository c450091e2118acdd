using System.Text.RegularExpressions;
using Feedback.Api.Access;
using Feedback.Api.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Feedback.Api.Tests.Routes;

[Collection(OneSite.Name)]
public sealed partial class RouteTests(RunningSite site)
{
    private static readonly string[] Evaluation =
    [
        "id", "source", "window", "occurredAt", "grade", "origin", "dimensions", "matter", "serviceItem", "staff", "channel", "reasons", "comment", "language", "signature",
    ];

    [Fact]
    public async Task The_OpenAPI_document_lists_exactly_the_live_routes()
    {
        var document = (await site.Client.GetAsync("/openapi/v1.json", token: null)).Json;

        var told = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}"));
        var live = LiveRoutes().Where(route => !IsReference(route.Pattern)).Select(route => $"{route.Method} {route.Pattern}");
        Assert.Equal(live.Order(), told.Order());
    }

    [Fact]
    public async Task The_OpenAPI_document_names_every_member_of_the_bodies_and_answers()
    {
        var schemas = (await site.Client.GetAsync("/openapi/v1.json", token: null)).Json["components"]!["schemas"]!;

        Assert.Equal(Evaluation, Members("EvaluationBody"));
        Assert.Equal(["number", "window", "finishedAt", "source", "serviceItem", "staff", "signature"], Members("MatterBody"));
        Assert.Equal(["staff", "occurredAt"], Members("WindowStaffBody"));
        Assert.Equal(["window", "staff", "changed"], Members("WindowStaff"));
        Assert.Equal(["id", "window", "version", "digest", "code"], Members("Receipt"));
        Assert.Equal(["node", "timeZone", "from", "to", "by", "mark", "slices", "children"], Members("SatisfactionReport"));
        Assert.Equal(["node", "timeZone", "from", "to", "by", "shownBefore", "slices"], Members("ReleasedReport"));
        Assert.Equal(["period", "from", "to", "ratings", "rate", "mean"], Members("ReleasedSlice"));

        IEnumerable<string> Members(string schema) => schemas[schema]!["properties"]!.AsObject().Select(member => member.Key);
    }

    [Fact]
    public async Task The_OpenAPI_document_tells_the_parameters_of_what_is_read()
    {
        var document = (await site.Client.GetAsync("/openapi/v1.json", token: null)).Json;

        Assert.Equal(["node", "from", "to", "by", "children"], Parameters("/api/v1/satisfaction"));
        Assert.Equal(["node", "from", "to", "by"], Parameters("/api/v1/released"));
        Assert.Equal(["node"], Parameters("/api/v1/live").Where(name => name != "Last-Event-ID"));

        IEnumerable<string?> Parameters(string path) =>
            document["paths"]![path]!["get"]!["parameters"]?.AsArray().Select(parameter => (string?)parameter!["name"]) ?? [];
    }

    [Fact]
    public void Every_endpoint_says_what_it_demands_or_why_it_is_open()
    {
        var silent = site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetOrderedMetadata<EndpointPolicy>().Count != 1)
            .Select(endpoint => endpoint.DisplayName);

        Assert.Empty(silent);
    }

    [Fact]
    public async Task A_health_check_needs_no_key()
    {
        var (live, ready) = (await site.Client.GetAsync("/healthz/live", token: null), await site.Client.GetAsync("/healthz/ready", token: null));

        Assert.Equal((200, "live", 200, "ready"), (live.Status, live.Text, ready.Status, ready.Text));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api")]
    [InlineData("/api/v1/evaluation")]
    [InlineData("/api/v2/evaluations")]
    [InlineData("/api/v1/evaluations/../../../etc/passwd")]
    [InlineData("/openapi/v2.json")]
    public async Task An_address_where_nothing_is_answers_with_a_problem(string path)
    {
        var answer = await site.Client.GetAsync(path);

        Assert.Equal((404, "not-found", "application/problem+json"), (answer.Status, answer.Code, answer.MediaType));
    }

    [Fact]
    public async Task Every_route_answers_another_method_with_a_problem()
    {
        foreach (var (pattern, methods) in LiveRoutes().GroupBy(route => route.Pattern, route => route.Method).Select(route => (route.Key, route.ToHashSet())))
        {
            foreach (var other in new[] { HttpMethod.Delete, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Post, HttpMethod.Get }.Where(other => !methods.Contains(other.Method)))
            {
                using var request = new HttpRequestMessage(other, Reference().Replace(pattern, "v1"));
                var answer = await site.Client.SendAsync(request);
                Assert.Equal((other, pattern, 405, "method-not-allowed", "application/problem+json"), (other, pattern, answer.Status, answer.Code, answer.MediaType));
            }
        }
    }

    private static bool IsReference(string pattern) =>
        pattern.StartsWith("/openapi/", StringComparison.Ordinal) || pattern.StartsWith("/docs/api", StringComparison.Ordinal);

    [GeneratedRegex(@"\{documentName[^}]*\}")]
    private static partial Regex Reference();

    private IEnumerable<(string Method, string Pattern)> LiveRoutes() =>
        from endpoint in site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        // Pages are not part of the API.
        where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription is not true
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select (method, endpoint.RoutePattern.RawText!);
}
