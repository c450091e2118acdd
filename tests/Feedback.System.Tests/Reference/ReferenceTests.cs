using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.System.Tests.Support;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Reference;

/// <summary>The reference of the API: every example in it works on a fresh demo just as it says.</summary>
public sealed class ReferenceTests
{
    // Whoever reads asks for a key's worth of figures; a stream is opened and not waited for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("v1")]
    [InlineData("v1.zh")]
    public async Task Every_documented_example_gets_the_documented_answer(string language)
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve", "--second-factor", "optional", "--public-figures");
        using var nobody = new HttpClient { BaseAddress = server.Url, Timeout = Patience };
        using var people = new DemoPeople(data, server.Url);
        var document = JsonNode.Parse(await nobody.GetStringAsync(new Uri($"/openapi/{language}.json", UriKind.Relative)))!;
        var ordersToken = await OrdersTokenAsync(people);
        var (sent, wrong) = (0, new List<string>());

        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                var answers = AnswersOf(operation!);
                Assert.True(answers.Count > 0, $"{method} {path} has no example.");
                foreach (var (name, status, media, expected) in answers)
                {
                    using var request = RequestOf(method, path, operation!, name);
                    Authorize(request, operation!, data.DeviceKey, path.StartsWith("/api/v1/orders", StringComparison.Ordinal) ? ordersToken : data.ApiToken);
                    var http = (string?)operation!["x-demo-account"] is { } account ? await people.SignedInAsync(account) : nobody;
                    using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    if (await Record.ExceptionAsync(() => AssertAsSaidAsync($"{path} {name}", status, media, expected, response)) is { } difference)
                        wrong.Add(difference.Message);
                    sent++;
                }

                AssertEveryRequestHasItsAnswer($"{method} {path}", operation!, answers.Select(answer => answer.Name));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(sent >= 25, $"Only {sent} examples were found.");
    }

    [Fact]
    public async Task Operations_that_need_a_key_say_which_and_are_refused_without_it()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");
        using var http = new HttpClient { BaseAddress = server.Url };
        var document = JsonNode.Parse(await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)))!;

        Assert.Equal(["deviceKey", "session", "token"], document["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key).Order());
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                using var request = RequestOf(method, path, operation!, AnswersOf(operation!)[0].Name);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                Assert.Equal((path, operation!["security"] is not null), (path, (int)response.StatusCode == 401));
            }
        }
    }

    [Fact]
    public async Task The_page_speaks_the_readers_language_and_loads_nothing_from_elsewhere()
    {
        using var data = await DemoData.CreateAsync();
        await using var server = await data.StartAsync("serve");
        using var http = new HttpClient { BaseAddress = server.Url };

        foreach (var (language, title) in new[] { ("zh-CN", "Feedback 接口参考"), ("en", "Feedback API reference") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/docs/api") { Headers = { { "Accept-Language", language } } };
            using var response = await http.SendAsync(request);
            var page = await response.Content.ReadAsStringAsync();
            Assert.Contains($"<title>{title}</title>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
            var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        }

        Assert.False((await http.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative))).Headers.Contains("Content-Security-Policy"));
    }

    private static List<(string Name, string Status, string Media, JsonNode? Answer)> AnswersOf(JsonNode operation) =>
    [
        .. from response in operation["responses"]!.AsObject()
           from content in response.Value!["content"]?.AsObject() ?? []
           from example in content.Value!["examples"]?.AsObject() ?? []
           // What must be stored before it can be repeated or contradicted comes first.
           orderby response.Key switch { "201" => 0, "200" => 1, _ => 2 }
           select (example.Key, response.Key, content.Key, example.Value!["value"]),
    ];

    private static HttpRequestMessage RequestOf(string method, string path, JsonNode operation, string name)
    {
        var (query, headers) = (new List<string>(), new List<(string Name, string Value)>());
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            if ((string?)parameter!["examples"]?[name]?["value"] is not { } value)
                continue;
            if ((string?)parameter["in"] == "path")
                path = path.Replace($"{{{parameter["name"]}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
            else if ((string?)parameter["in"] == "header")
                headers.Add(((string)parameter["name"]!, value));
            else
                query.Add($"{parameter["name"]}={Uri.EscapeDataString(value)}");
        }

        var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), $"{path}?{string.Join('&', query)}");
        foreach (var (header, value) in headers)
            request.Headers.TryAddWithoutValidation(header, value);
        foreach (var (media, content) in operation["requestBody"]?["content"]?.AsObject() ?? [])
        {
            if (content!["examples"]?[name]?["value"] is { } body)
                request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, media);
        }

        return request;
    }

    // The demo's own token reads; the city's hotline has one of its own.
    private static async Task<string> OrdersTokenAsync(DemoPeople people)
    {
        using var body = new StringContent("""{"node":"n1","permissions":["send-orders"]}""", Encoding.UTF8, "application/json");
        using var issued = await (await people.SignedInAsync("security")).PostAsync(new Uri("/api/v1/tokens", UriKind.Relative), body);
        return (string)JsonNode.Parse(await issued.Content.ReadAsStringAsync())!["secret"]!;
    }

    private static void Authorize(HttpRequestMessage request, JsonNode operation, string deviceKey, string token)
    {
        switch (operation["security"]?[0]!.AsObject().Single().Key)
        {
            case "deviceKey": request.Headers.Add("X-Device-Key", deviceKey); break;
            case "token": request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token); break;
        }
    }

    private static async Task AssertAsSaidAsync(string place, string status, string media, JsonNode? expected, HttpResponseMessage response)
    {
        Assert.Equal((place, status, media), (place, ((int)response.StatusCode).ToString(null, null), response.Content.Headers.ContentType?.MediaType));
        if (media is "application/json" or "application/problem+json")
            AssertSameShape(place, expected, JsonNode.Parse(await response.Content.ReadAsStringAsync()));
        else if (media == "text/plain")
            Assert.Equal((string?)expected, await response.Content.ReadAsStringAsync());
    }

    private static void AssertEveryRequestHasItsAnswer(string operation, JsonNode described, IEnumerable<string> answered)
    {
        var requested = from content in described["requestBody"]?["content"]?.AsObject() ?? []
                        from example in content.Value!["examples"]?.AsObject() ?? []
                        select example.Key;
        Assert.Equal((operation, ""), (operation, string.Join(", ", requested.Except(answered))));
    }

    // Every member that is documented is there, and of the same kind; what depends on the data is not compared.
    private static void AssertSameShape(string place, JsonNode? expected, JsonNode? actual)
    {
        switch (expected, actual)
        {
            case (JsonObject said, JsonObject got) when said.ContainsKey("status"):
                Assert.Equal((place, (string?)said["code"], (string?)said["field"]), (place, (string?)got["code"], (string?)got["field"]));
                break;
            case (JsonObject said, JsonObject got) when !IsByCode(place):
                Assert.Equal((place, string.Join(' ', said.Select(member => member.Key))), (place, string.Join(' ', got.Select(member => member.Key))));
                foreach (var (name, value) in said)
                    AssertSameShape($"{place}.{name}", value, got[name]);
                break;
            case (JsonArray said, JsonArray got):
                Assert.True(said.Count == 0 == (got.Count == 0), place);
                foreach (var (one, other) in said.Zip(got))
                    AssertSameShape($"{place}[]", one, other);
                break;
            default:
                Assert.True(expected is null || actual is null || expected.GetValueKind() == actual.GetValueKind(), $"{place}: {actual}");
                break;
        }
    }

    // Dictionaries by grade, channel and code hold whatever was counted.
    private static bool IsByCode(string place) =>
        new[] { "grades", "excluded", "dimensions", "channels", "flags" }.Any(name => place.EndsWith("." + name, StringComparison.Ordinal));
}
