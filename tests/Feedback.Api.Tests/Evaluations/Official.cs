using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Xunit;

namespace Feedback.Api.Tests.Evaluations;

/// <summary>Somebody of the bureau who signed in and uses the API by the session.</summary>
internal sealed class Official : IDisposable
{
    private static int _numbers;
    private readonly Visitor _visitor;

    private Official(Visitor visitor, string name) => (_visitor, Name) = (visitor, name);

    public string Name { get; }

    public Visitor Browser => _visitor;

    /// <summary>Signs in with roles at a node; with roles of the whole bureau when they name none.</summary>
    public static async Task<Official> SignInAsync(RunningSite site, string grants)
    {
        var name = $"official-{Interlocked.Increment(ref _numbers)}";
        Assert.Equal(AccountOutcome.Done, await site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), GrantText.Read(grants)));
        var visitor = new Visitor(site.Url);
        Assert.Equal(302, (int)(await visitor.SignInAsync(name)).StatusCode);
        return new Official(visitor, name);
    }

    public async Task<(int Status, JsonNode Json)> GetAsync(string path, string language = "en") => await ReadAsync(await _visitor.GetAsync(path, language));

    /// <summary>Does something to an evaluation for a reason.</summary>
    public async Task<(int Status, JsonNode Json)> DoAsync(string window, long version, string act, string reason = "asked by the citizen") =>
        await ReadAsync(await _visitor.PostAsync($"/api/v1/windows/{window}/evaluations/{version}/{act}", "application/json", new JsonObject { ["reason"] = reason }.ToJsonString()));

    public Task<(int Status, JsonNode Json)> ListAsync(string window, string more = "", string language = "en") => GetAsync(
        FormattableString.Invariant($"/api/v1/windows/{window}/evaluations?from={Some.Day(1):yyyy-MM-dd}&to={Some.Day(-1):yyyy-MM-dd}{more}"), language);

    public void Dispose() => _visitor.Dispose();

    private static async Task<(int, JsonNode)> ReadAsync(HttpResponseMessage answer) => ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>())!);
}
