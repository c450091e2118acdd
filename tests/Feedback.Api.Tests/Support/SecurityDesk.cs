using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;

namespace Feedback.Api.Tests.Support;

/// <summary>The security administrator of a place, signed in.</summary>
internal sealed class SecurityDesk : IDisposable
{
    private static int _names;

    private SecurityDesk(Visitor visitor, string name) => (Visitor, Name) = (visitor, name);

    public Visitor Visitor { get; }

    public string Name { get; }

    public static async Task<SecurityDesk> OpenAsync(RunningSite site, NodeId? at = null, Role role = Role.SecurityAdministrator)
    {
        var name = $"desk-{Interlocked.Increment(ref _names)}";
        await site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), [new Grant(role, at)]);
        var visitor = new Visitor(site.Url);
        await visitor.SignInAsync(name);
        return new SecurityDesk(visitor, name);
    }

    public async Task<(int Status, JsonNode Json)> GetAsync(string path) => await ReadAsync(await Visitor.GetAsync(path));

    public async Task<(int Status, JsonNode Json)> PostAsync(string path, JsonObject? body = null) =>
        await ReadAsync(await Visitor.PostAsync(path, "application/json", body?.ToJsonString() ?? ""));

    /// <summary>A code's letters.</summary>
    public async Task<string> CodeAsync(string node, params string[] algorithms)
    {
        var body = new JsonObject { ["node"] = node };
        if (algorithms.Length > 0)
            body["algorithms"] = new JsonArray([.. algorithms.Select(word => JsonValue.Create(word))]);
        return (string)(await PostAsync("/api/v1/enrolment-codes", body)).Json["codes"]![0]!["letters"]!;
    }

    public void Dispose() => Visitor.Dispose();

    private static async Task<(int, JsonNode)> ReadAsync(HttpResponseMessage response) =>
        ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
}
