using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>Somebody of the office who signed in and works with cases by the API.</summary>
internal sealed class CaseWorker : IDisposable
{
    private static int _numbers;
    private readonly Visitor _visitor;

    private CaseWorker(Visitor visitor, string name) => (_visitor, Name) = (visitor, name);

    public string Name { get; }

    /// <summary>Signs in with roles, such as <c>case-officer@n3</c>.</summary>
    public static async Task<CaseWorker> SignInAsync(RunningSite site, string grants)
    {
        var name = $"case-worker-{Interlocked.Increment(ref _numbers)}";
        Assert.Equal(AccountOutcome.Done, await site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), GrantText.Read(grants)));
        var visitor = new Visitor(site.Url);
        Assert.Equal(302, (int)(await visitor.SignInAsync(name)).StatusCode);
        return new CaseWorker(visitor, name);
    }

    /// <summary>What a citizen brings to a node.</summary>
    public static JsonObject Filing(string node, string words = "等了三个小时，无人接待", string? contact = "13912345678", string kind = "complaint", string? id = null) => new()
    {
        ["id"] = id ?? Some.Id(),
        ["kind"] = kind,
        ["channel"] = "window",
        ["node"] = node,
        ["category"] = "attitude",
        ["words"] = words,
        ["contact"] = contact,
    };

    /// <summary>Files something: its id, number and codes.</summary>
    public async Task<JsonNode> FileAsync(JsonObject filing)
    {
        var answer = await PostAsync("cases", filing);
        Assert.True(answer.Status == 201, answer.Text);
        return answer.Json;
    }

    public Task<Answer> GetAsync(string path, string language = "en") => SendAsync(HttpMethod.Get, path, null, null, language);

    public Task<Answer> PostAsync(string path, JsonNode body, string? ifMatch = null, string language = "en") =>
        SendAsync(HttpMethod.Post, path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), ifMatch, language);

    /// <summary>Says which member of staff somebody is; null for none.</summary>
    public async Task NameStaffAsync(CaseWorker worker, string? code)
    {
        var body = new StringContent(new JsonObject { ["staff"] = code }.ToJsonString(), Encoding.UTF8, "application/json");
        var answer = await SendAsync(HttpMethod.Put, $"accounts/{worker.Name}/staff", body, null, "en");
        Assert.True(answer.Status == 204, answer.Text);
    }

    /// <summary>Does a step on the version that is there.</summary>
    public Task<Answer> StepAsync(string id, string step, JsonObject? input = null, string ifMatch = "*") => PostAsync($"cases/{id}/steps/{step}", input ?? [], ifMatch);

    /// <summary>Does steps that are possible.</summary>
    public async Task<JsonNode> DoAsync(string id, string step, JsonObject? input = null)
    {
        var answer = await StepAsync(id, step, input);
        Assert.True(answer.Status == 200, $"{step}: {answer.Text}");
        return answer.Json;
    }

    /// <summary>Answers the citizen of a case, who can be reached.</summary>
    public async Task AnswerAsync(string id, string words = "已向当班人员核实并致歉。")
    {
        await DoAsync(id, "handle", new JsonObject { ["result"] = "done", ["words"] = "谈话提醒" });
        await DoAsync(id, "give-feedback", new JsonObject { ["channel"] = "phone", ["outcome"] = "reached", ["words"] = words });
    }

    /// <summary>Sends a file.</summary>
    public Task<Answer> SendFileAsync(string path, byte[] content, string type)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return SendAsync(HttpMethod.Post, path, body, null, "en");
    }

    public Task<HttpResponseMessage> OpenAsync(string path) => _visitor.GetAsync("/api/v1/" + path);

    public void Dispose() => _visitor.Dispose();

    private async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content, string? ifMatch, string language)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path) { Content = content };
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        // A server may refuse a large body by its length alone and hang up: so it is asked before the body is sent.
        request.Headers.ExpectContinue = content?.Headers.ContentLength > 1024 * 1024;
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await _visitor.SendAsync(request);
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), response.Headers);
    }
}
