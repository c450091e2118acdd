using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Feedback.TestSupport.Running;

namespace Feedback.System.Tests.Support;

/// <summary>The demo's accounts, each with a browser of its own, as far as HTTP goes. The server asks for no second factor.</summary>
internal sealed partial class DemoPeople(DemoData data, Uri url) : IDisposable
{
    private readonly Dictionary<string, HttpClient> _browsers = [];

    /// <summary>Somebody who signed in.</summary>
    /// <param name="account">The account's name in <c>demo.json</c>.</param>
    public async Task<HttpClient> SignedInAsync(string account)
    {
        if (_browsers.TryGetValue(account, out var known))
            return known;
        var browser = _browsers[account] = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = url };
        var seal = Seal().Match(await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["form"] = seal, ["name"] = account, ["password"] = await PasswordOfAsync(account) });
        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        return answer.StatusCode == HttpStatusCode.Redirect ? browser : throw new InvalidOperationException($"{account} cannot sign in.");
    }

    /// <summary>What the account's password is.</summary>
    public async Task<string> PasswordOfAsync(string account)
    {
        var demo = JsonNode.Parse(await File.ReadAllTextAsync(data["demo.json"]))!;
        return (string)demo["accounts"]!.AsArray().Append(demo["admin"]!.DeepClone()).First(known => (string?)known!["name"] == account)!["password"]!;
    }

    public void Dispose()
    {
        foreach (var browser in _browsers.Values)
            browser.Dispose();
    }

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex Seal();
}
