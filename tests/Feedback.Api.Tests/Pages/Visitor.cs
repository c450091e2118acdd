using System.Net;
using System.Text.RegularExpressions;

namespace Feedback.Api.Tests.Pages;

/// <summary>Somebody with a browser, as far as HTTP goes: keeps cookies, follows no redirect by itself.</summary>
internal sealed partial class Visitor(Uri site) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = site };

    public static string PasswordOf(string name) => "the password of " + name;

    public Task<HttpResponseMessage> GetAsync(string path, string language = "en")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return _http.SendAsync(request);
    }

    public async Task<string> TextAsync(string path, string language = "en") =>
        WebUtility.HtmlDecode(await (await GetAsync(path, language)).Content.ReadAsStringAsync());

    /// <summary>Fills in the form of sign-in and sends it.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string name, string? password = null, string back = "/nodes")
    {
        var seal = SealOf(await (await GetAsync("/sign-in")).Content.ReadAsStringAsync());
        return await PostAsync("/sign-in", ("form", seal), ("name", name), ("password", password ?? PasswordOf(name)), ("back", back));
    }

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => PostInAsync("en", path, fields);

    public Task<HttpResponseMessage> PostInAsync(string language, string path, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return _http.SendAsync(request);
    }

    /// <summary>Sends anything instead of a form. It is asked first: a server may refuse a large body by its length and hang up.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string mediaType, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body), Headers = { ExpectContinue = true } };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return _http.SendAsync(request);
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public static string SealOf(string page) => Seal().Match(page).Groups[1].Value;

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
    private static partial Regex Seal();
}
