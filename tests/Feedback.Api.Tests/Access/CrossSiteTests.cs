using System.Text.Json.Nodes;
using Feedback.Api.Access;
using Feedback.Api.Tests.Access.Matrix;
using Feedback.Domain.Access;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Feedback.Api.Tests.Access;

/// <summary>What another site makes a browser send along with a session changes nothing.</summary>
[Collection(OneAccessWorld.Name)]
public sealed class CrossSiteTests(AccessWorld world) : IDisposable
{
    private readonly Asker _asker = new(world.Site.Url);

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Nothing_is_changed_for_another_site(string header, string value)
    {
        foreach (var operation in world.Operations.Where(operation => operation.Method != HttpMethod.Get && ByPeople(operation.Policy)))
        {
            foreach (var caller in world.Callers.Where(caller => caller.Header == "Cookie" && caller.Permissions.Contains(operation.Policy.Permission!.Value)))
            {
                var request = operation.Request(name => name == "version" ? "1" : world.Own.Window);
                request.Headers.TryAddWithoutValidation(header, value);
                var answer = await _asker.AskAsync(request, caller);
                Assert.Equal((operation.Id, caller.Name, 403, "cross-site"), (operation.Id, caller.Name, answer.Status, (string?)JsonNode.Parse(answer.Text)!["code"]));
            }
        }

        foreach (var (path, policy) in Forms())
        {
            foreach (var caller in world.Callers.Where(caller => caller.Header == "Cookie" && caller.Permissions.Contains(policy.Permission!.Value)))
            {
                var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
                request.Headers.TryAddWithoutValidation(header, value);
                Assert.Equal((path, caller.Name, 404), (path, caller.Name, (await _asker.AskAsync(request, caller)).Status));
            }
        }

        Assert.NotEmpty(Forms());
    }

    public void Dispose() => _asker.Dispose();

    private static bool ByPeople(EndpointPolicy policy) => policy.Permission is { } permission && !Rights.OfTerminals.Contains(permission);

    private List<(string Path, EndpointPolicy Policy)> Forms() =>
    [
        .. from endpoint in world.Site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") is true
           where endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not null
           let policy = endpoint.Metadata.GetMetadata<EndpointPolicy>()
           where ByPeople(policy)
           select (endpoint.RoutePattern.Parameters.Aggregate(endpoint.RoutePattern.RawText!, (path, parameter) => path.Replace($"{{{parameter.Name}}}", "n2", StringComparison.Ordinal)), policy),
    ];
}
