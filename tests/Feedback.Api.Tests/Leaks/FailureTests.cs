using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Feedback.Api.Tests.Access.Matrix;
using Feedback.Domain.Access;
using Feedback.Grains.Organisation;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Feedback.Api.Tests.Leaks;

/// <summary>What callers hear when something breaks inside.</summary>
public sealed partial class FailureTests : IAsyncLifetime
{
    private readonly AccessWorld _world = new(services => services.Replace(ServiceDescriptor.Singleton<IBureau>(provider => new BrokenBureau(provider.GetRequiredService<Bureau>()))));

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_failure_tells_nothing_of_what_is_inside()
    {
        await AssertSilenceAsync("en", "Something went wrong here.");
        await AssertSilenceAsync("zh-CN", "系统内部出错。");
    }

    private async Task AssertSilenceAsync(string language, string words)
    {
        using var asker = new Asker(_world.Site.Url);
        var (bureau, failed) = ((BrokenBureau)_world.Site.Service<IBureau>(), 0);
        bureau.Broken = true;

        foreach (var operation in _world.Operations)
        {
            foreach (var caller in _world.Callers)
                await CheckAsync(operation.Id, operation.Request(name => name == "version" ? "1" : "n1"), caller);
        }

        foreach (var path in Pages())
            await CheckAsync(path, new HttpRequestMessage(HttpMethod.Get, path), _world.Callers.First(caller => caller is { Everywhere: true } && caller.Permissions.Contains(Permission.ReadFigures)));

        bureau.Broken = false;
        Assert.True(failed > 20, $"Only {failed} requests failed.");

        async Task CheckAsync(string what, HttpRequestMessage request, AccessCaller caller)
        {
            request.Headers.Add("Accept-Language", language);
            Answered answer;
            try
            {
                answer = await asker.AskAsync(request, caller);
            }
            catch (HttpRequestException)
            {
                // An answer that had begun already is cut off, and tells nothing either.
                return;
            }

            Assert.False(Inside().IsMatch(answer.Text) && !what.EndsWith(".json", StringComparison.Ordinal), $"{what} tells: {answer}");
            if (answer.Status != 500)
                return;
            failed++;
            Assert.Equal("unexpected", (string?)JsonNode.Parse(answer.Text)!["code"]);
            Assert.Contains(words, answer.Text, StringComparison.Ordinal);
        }
    }

    private IEnumerable<string> Pages() =>
        from endpoint in _world.Site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") is true && endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not null
        where endpoint.RoutePattern.RawText!.StartsWith("/nodes", StringComparison.Ordinal)
        select endpoint.RoutePattern.RawText!.Replace("{node}", "n1", StringComparison.Ordinal).Replace("{window}", "n1", StringComparison.Ordinal);

    // Names of types, traces, statements, files, and what was planted.
    [GeneratedRegex(@"planted|\w+Exception\b|\bat Feedback\.|\bMicrosoft\.|\bOrleans\b|\bSELECT\b|/var/|/tmp/|\.cs\b|\.db\b|Password")]
    private static partial Regex Inside();
}
