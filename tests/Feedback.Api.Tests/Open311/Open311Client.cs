using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Keys;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Open311;

/// <summary>Another system that files and follows requests with a token, and the office that handles them.</summary>
internal sealed class Open311Client
{
    public const string Root = "/open311/v2/";

    private readonly RunningSite _site;

    private Open311Client(RunningSite site, string tokenId, string secret) => (_site, TokenId, Secret) = (site, tokenId, secret);

    public string TokenId { get; }

    public string Secret { get; }

    /// <summary>A system with a token of a place.</summary>
    public static async Task<Open311Client> OpenAsync(RunningSite site, string at, params ImmutableArray<Permission> permissions)
    {
        var secret = KeyIssue.NewSecret(KeyPurpose.Read);
        var may = permissions.IsEmpty ? [Permission.FileCases, Permission.ReadCases] : permissions;
        return new Open311Client(site, (await KeyIssue.ApiTokenAsync(site.Bureau, new NodeId(at), secret, site.Clock, may)).Id, secret);
    }

    /// <summary>The fields of a request that can be filed.</summary>
    public static Dictionary<string, string?> Complaint(string at) => new()
    {
        ["service_code"] = "complaint.attitude",
        ["description"] = "等了三个小时，无人理睬。",
        ["address_id"] = at,
    };

    public Task<Answer> GetAsync(string path, string? language = null) => _site.Client.GetAsync(Root + path, Secret, language);

    /// <summary>Files a request; the token goes with the form, as the specification has it.</summary>
    public Task<Answer> PostAsync(Dictionary<string, string?> fields, string format = "json", string? language = null) =>
        PostAsync(new FormUrlEncodedContent(fields.Append(KeyValuePair.Create("api_key", (string?)Secret)).Where(field => field.Value is not null)!), format, language);

    public Task<Answer> PostAsync(HttpContent content, string format = "json", string? language = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Root}requests.{format}") { Content = content };
        if (language is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return _site.Client.SendAsync(request);
    }

    /// <summary>Files a request that must be taken: its number.</summary>
    public async Task<string> FileAsync(Dictionary<string, string?> fields)
    {
        var answer = await PostAsync(fields);
        return answer.Status == 201 ? (string)answer.Json[0]!["service_request_id"]! : throw new InvalidOperationException(answer.Text);
    }

    /// <summary>A request as this system is told it.</summary>
    public async Task<JsonNode> ReadAsync(string number, string more = "", string? language = null) =>
        (await GetAsync($"requests/{number}.json{more}", language)).Json[0]!;

    /// <summary>The numbers that a query gives.</summary>
    public async Task<IReadOnlyList<string>> NumbersAsync(string query) =>
        [.. (await GetAsync("requests.json?" + query)).Json.AsArray().Select(request => (string)request!["service_request_id"]!)];

    /// <summary>Somebody does something to a case of this number, as often as it must be asked for.</summary>
    public static async Task DoAsync(RunningSite site, string number, CaseActor actor, CaseCommand command, string? words = null)
    {
        var id = (await site.Service<ICaseStore>().FindAsync(number))!.Id;
        CaseAnswer answer = default;
        await Wait.UntilAsync("it is decided", async () =>
            (answer = await site.Service<IGrainFactory>().GetGrain<ICaseGrain>(id.Value).Perform(new CaseRequest(command, actor) { Words = words })).Refusal is not { Retryable: true });
        Assert.Null(answer.Refusal);
    }

    /// <summary>Somebody who handles the cases of a hall.</summary>
    public static CaseActor ClerkOf(OpenHall hall) => new("account:li") { Handles = NodeScope.At(new NodeId(hall.Id)), Works = [new NodeId(hall.Id)] };
}

/// <summary>Reads answers in XML.</summary>
internal static class XmlAnswers
{
    public static XElement Xml(this Answer answer) => XDocument.Parse(answer.Text).Root!;
}
