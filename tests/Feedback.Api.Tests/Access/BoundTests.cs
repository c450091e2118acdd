using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Access;
using Feedback.Api.Limits;
using Feedback.Api.Tests.Access.Matrix;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Feedback.Api.Tests.Access;

/// <summary>Every operation that takes a body bounds it, and every list its pages.</summary>
[Collection(OneAccessWorld.Name)]
public sealed class BoundTests(AccessWorld world) : IDisposable
{
    private const int LargestItem = 64 * 1024;
    private readonly Asker _asker = new(world.Site.Url);

    [Fact]
    public async Task Every_body_is_bounded_in_depth_and_size_and_must_be_plain_JSON()
    {
        var tried = 0;
        foreach (var operation in world.Operations.Where(operation => operation.Body is not null))
        {
            var deep = string.Concat(Enumerable.Repeat("[", 17)) + string.Concat(Enumerable.Repeat("]", 17));
            await ExpectAsync(operation, 400, "json-malformed", body => body.Insert(1, $"\"deep\":{deep},"));
            await ExpectAsync(operation, 400, "json-malformed", _ => "{");
            await ExpectAsync(operation, 413, "body-too-large", body => body.PadRight(LargestItem + 1));
            // Only pushes, the city's orders and lists of matters take arrays, and only they read more of one.
            if (!operation.Id.StartsWith("push-", StringComparison.Ordinal) && operation.Id is not ("orders-send" or "matters-told" or "hotline-figures-tell"))
                await ExpectAsync(operation, 413, "body-too-large", body => ("[" + body).PadRight(LargestItem + 1));
            await ExpectAsync(operation, 415, "media-type-unknown", body => body, content => content.Headers.ContentType = new MediaTypeHeaderValue("text/plain"));
            await ExpectAsync(operation, 415, "encoding-unknown", body => body, content => content.Headers.ContentEncoding.Add("gzip"));
            tried++;
        }

        Assert.True(tried >= 3, $"Only {tried} operations take a body.");
    }

    [Fact]
    public async Task Every_list_answers_pages_of_200_at_most()
    {
        var lists = world.Operations.Where(operation => operation.HasParameter("limit")).ToList();
        Assert.NotEmpty(lists);
        foreach (var list in lists)
        {
            foreach (var (limit, status) in new[] { ("200", 200), ("201", 400), ("0", 400), ("-1", 400), ("x", 400), ("99999999999999999999", 400) })
            {
                var ids = await world.IdsAtHomeAsync(list);
                var answer = await _asker.AskAsync(list.Request(name => ids[name], query: name => name == "limit" ? limit : null), CallerOf(list));
                Assert.True(answer.Status == status, $"{list.Id} with limit={limit}: {answer}");
            }
        }
    }

    // What citizens send in waves, and where nothing can be guessed. Whoever opens another endpoint decides, and says so here or there.
    private static readonly string[] NothingToGuess = ["rate", "rate-form", "rate-window-form", "file-form", "track-step", "/sign-out", "open311-nowhere"];

    [Fact]
    public void Every_open_endpoint_that_takes_something_bounds_the_tries_of_secrets() =>
        Assert.Empty(
            from endpoint in world.Site.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<EndpointPolicy>()?.OpenBecause is not null
            where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.All(method => method is "GET" or "HEAD") is false
            where endpoint.Metadata.GetMetadata<TriesSecrets>() is null
            let name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.RoutePattern.RawText!
            where !NothingToGuess.Contains(name)
            select $"{name}: mark it .TriesSecrets(), or name it among what holds nothing to guess");

    public void Dispose() => _asker.Dispose();

    private async Task ExpectAsync(Operation operation, int status, string code, Func<string, string> amend, Action<HttpContent>? describe = null)
    {
        var ids = await world.IdsAtHomeAsync(operation);
        var request = operation.Request(name => ids[name]);
        var media = request.Content!.Headers.ContentType;
        request.Content = new StringContent(amend(await request.Content.ReadAsStringAsync()), Encoding.UTF8);
        request.Content.Headers.ContentType = media;
        describe?.Invoke(request.Content);
        var answer = await _asker.AskAsync(request, CallerOf(operation));
        Assert.True(answer.Status == status && (string?)JsonNode.Parse(answer.Text)!["code"] == code, $"{operation.Id}, {status} {code} expected: {answer}");
    }

    private AccessCaller CallerOf(Operation operation) =>
        world.Callers.First(caller => caller.RefusedWith(operation.Policy) is null);
}
