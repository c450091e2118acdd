using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;

namespace Feedback.Api.Tests.Policies;

/// <summary>Somebody who signed in to read or set policies.</summary>
internal sealed class PolicyDesk : IDisposable
{
    private static int _names;
    private readonly Visitor _visitor;

    private PolicyDesk(Visitor visitor, string name) => (_visitor, Name) = (visitor, name);

    public string Name { get; }

    /// <summary>The local day so many days from now.</summary>
    public static string DayText(int ahead) => Some.Day(-ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static async Task<PolicyDesk> OpenAsync(RunningSite site, string? at = null, Role role = Role.SystemAdministrator)
    {
        var name = $"policy-desk-{Interlocked.Increment(ref _names)}";
        await site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), [new Grant(role, at is null ? null : new NodeId(at))]);
        var visitor = new Visitor(site.Url);
        await visitor.SignInAsync(name);
        return new PolicyDesk(visitor, name);
    }

    public async Task<Answer> GetAsync(string path, string language = "en") => await ReadAsync(await _visitor.GetAsync("/api/v1/" + path, language));

    /// <summary>A policy as a reader is told it.</summary>
    public async Task<JsonNode> PolicyAsync(string subject, string node, int ahead = 0)
    {
        var answer = await GetAsync($"policies/{subject}?node={node}&day={DayText(ahead)}");
        return answer.Json["policy"] ?? throw new InvalidOperationException(answer.Text);
    }

    public Task<Answer> PutAsync(string path, string body, string language = "en", string? ifMatch = null) =>
        PutAsync(path, Encoding.UTF8.GetBytes(body), language, ifMatch);

    public async Task<Answer> PutAsync(string path, byte[] body, string language = "en", string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/" + path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await ReadAsync(await _visitor.SendAsync(request));
    }

    public void Dispose() => _visitor.Dispose();

    private static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), response.Headers);
}
