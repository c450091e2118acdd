using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Access;
using Feedback.Api.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Feedback.Api.Tests.Access.Matrix;

/// <summary>One operation of the OpenAPI document, with the policy that guards it and the request of its first good example.</summary>
internal sealed class Operation
{
    private readonly string _path;
    private readonly JsonNode _told;
    private readonly string _example;

    private Operation(string method, string path, JsonNode told, EndpointPolicy policy)
    {
        (Id, Method, _path, _told, Policy) = ((string)told["operationId"]!, new HttpMethod(method.ToUpperInvariant()), path, told, policy);
        _example = GoodExamples(told).FirstOrDefault(name => BodyOf(name).Body is not JsonArray)
            ?? throw new InvalidOperationException($"{Id} has no example of a good request: add one to api/Feedback.Api/Reference/Operations/{Id}.json.");
    }

    public string Id { get; }

    public HttpMethod Method { get; }

    public EndpointPolicy Policy { get; }

    /// <summary>What the document tells of its permission.</summary>
    public string? ToldPermission => (string?)_told["x-permission"];

    /// <summary>What the document tells of it in words.</summary>
    public string? Description => (string?)_told["description"];

    /// <summary>The names of what the request names that lies somewhere.</summary>
    public IReadOnlyList<string> Named => [.. Parameters.Select(parameter => parameter.Name).Concat(MembersOf(Body)).Where(name => Things.Of(name) is not null).Distinct()];

    /// <summary>The names of what is counted within a named thing.</summary>
    public IReadOnlyList<string> Beside => [.. Parameters.Select(parameter => parameter.Name).Where(name => Things.BesideOf(name) is not null)];

    /// <summary>The members of the body that the document tells of, whatever its media type.</summary>
    public IReadOnlyCollection<string> DocumentedMembers { get; private init; } = [];

    /// <summary>The body of the example; null where none is sent, or a file.</summary>
    public JsonNode? Body => BodyOf(_example) is var (media, body) && IsJson(media) ? body : null;

    /// <summary>Whether the document tells of a parameter of that name.</summary>
    public bool HasParameter(string name) => Parameters.Any(parameter => parameter.Name == name);

    private IEnumerable<(string Name, string? Value, bool InPath)> Parameters =>
        from parameter in _told["parameters"]?.AsArray() ?? []
        let name = (string)parameter!["name"]!
        where (string)parameter["in"]! is "path" or "query"
        let inPath = (string)parameter["in"]! == "path"
        select (name, (string?)parameter["examples"]?[_example]?["value"], inPath);

    public static async Task<IReadOnlyList<Operation>> AllAsync(RunningSite site)
    {
        var document = (await site.Client.GetAsync("/openapi/v1.json", token: null)).Json;
        var policies = site.Service<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null)
            .ToDictionary(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName, endpoint => endpoint.Metadata.GetMetadata<EndpointPolicy>()!);
        return
        [
            .. from path in document["paths"]!.AsObject()
               from method in path.Value!.AsObject()
               select new Operation(method.Key, path.Key, method.Value!, policies[(string)method.Value!["operationId"]!])
               {
                   DocumentedMembers = [.. DocumentedIn(document, method.Value!)],
               },
        ];
    }

    /// <summary>Makes the request.</summary>
    /// <param name="idOf">The id that stands for a named thing.</param>
    /// <param name="amend">Changes the body; null for the example's.</param>
    /// <param name="query">A member of the query by its name; null, or null for a name, for the example's.</param>
    public HttpRequestMessage Request(Func<string, string> idOf, Func<JsonNode, JsonNode>? amend = null, Func<string, string?>? query = null)
    {
        var (path, members) = (_path, new List<string>());
        foreach (var (name, example, inPath) in Parameters)
        {
            if (inPath && !Things.Knows(name))
                throw new InvalidOperationException($"{Id} has '{name}' in its path: tell in tests/Feedback.Api.Tests/Access/Matrix/Things.cs what it names.");
            var value = Things.Of(name) is not null || Things.BesideOf(name) is not null ? idOf(name) : query?.Invoke(name) ?? example;
            if (inPath)
                path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value ?? throw new InvalidOperationException($"The example '{_example}' of {Id} has no '{name}'.")), StringComparison.Ordinal);
            else if (value is not null)
                members.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        var request = new HttpRequestMessage(Method, members.Count == 0 ? path : $"{path}?{string.Join('&', members)}");
        foreach (var header in _told["parameters"]?.AsArray().Where(parameter => (string)parameter!["in"]! == "header") ?? [])
        {
            if ((string?)header!["examples"]?[_example]?["value"] is { } value)
                request.Headers.TryAddWithoutValidation((string)header["name"]!, value);
        }

        if (BodyOf(_example) is (var media, { } body))
        {
            if (!IsJson(media))
            {
                request.Content = new StringContent((string)body!, Encoding.UTF8, media);
                return request;
            }

            body = body.DeepClone();
            Fill(body, idOf);
            request.Content = new StringContent((amend is null ? body : amend(body)).ToJsonString(), Encoding.UTF8, media);
        }

        return request;
    }

    private (string Media, JsonNode? Body) BodyOf(string example) =>
        (from content in _told["requestBody"]?["content"]?.AsObject() ?? []
         let body = content.Value!["examples"]?[example]?["value"]
         where body is not null
         select (content.Key, (JsonNode?)body)).FirstOrDefault(("", null));

    private static bool IsJson(string media) => media.EndsWith("json", StringComparison.Ordinal);

    private static void Fill(JsonNode body, Func<string, string> idOf)
    {
        if (body is JsonArray items)
        {
            foreach (var item in items.OfType<JsonNode>())
                Fill(item, idOf);
        }

        foreach (var (name, value) in body is JsonObject members ? members.ToList() : [])
        {
            if (value is JsonObject or JsonArray)
                Fill(value, idOf);
            else if (Things.Of(name) is not null)
                body[name] = idOf(name);
            else if (Things.FreshOf(name) is { } fresh)
                body[name] = fresh;
        }
    }

    private static IEnumerable<string> MembersOf(JsonNode? body) => body switch
    {
        JsonObject members => members.SelectMany(member => MembersOf(member.Value).Prepend(member.Key)),
        JsonArray items => items.SelectMany(MembersOf),
        _ => [],
    };

    private static IEnumerable<string> DocumentedIn(JsonNode document, JsonNode told) =>
        from content in told["requestBody"]?["content"]?.AsObject() ?? []
        let schema = content.Value!["schema"]
        let name = ((string?)schema?["$ref"])?.Split('/')[^1]
        from member in (name is null ? schema : document["components"]!["schemas"]![name])?["properties"]?.AsObject() ?? []
        select member.Key;

    // What creates comes before what repeats; where only a session succeeds, the request of whoever did not sign in is the good one;
    // where nobody is asked who they are, any will do. One that asks for what is not there asks rightly all the same.
    private static IEnumerable<string> GoodExamples(JsonNode told) =>
        from response in told["responses"]!.AsObject()
        where response.Key[0] == '2' || response.Key is "401" or "404" || told["security"] is null
        orderby response.Key switch { "201" => 0, "401" => 2, _ => response.Key[0] == '2' ? 1 : 3 }
        from content in response.Value!["content"]?.AsObject() ?? []
        from example in content.Value!["examples"]?.AsObject() ?? []
        select example.Key;
}
