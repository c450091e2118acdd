using System.Net;
using System.Text.RegularExpressions;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Oidc;

public sealed partial class ProviderSignInTests
{
    [ProviderFact]
    public async Task Whoever_the_bureaus_provider_vouches_for_gets_the_account_that_was_opened_for_them_and_nobody_else_one()
    {
        using var folder = new TemporaryFolder();
        using var provider = await BureauProvider.StartAsync();
        await AddAsync(folder, "anna", "--external", "--role", "window-staff");
        await AddAsync(folder, "carl", "--external", "--role", "security-administrator");
        await AddAsync(folder, "mfa-bela", "--external", "--role", "security-administrator");
        await File.WriteAllTextAsync(folder["secret"], BureauProvider.ClientSecret + "\n");
        await using var server = await FeedbackProcess.StartAsync(
            new Dictionary<string, string?>
            {
                ["FEEDBACK_OIDC_AUTHORITY"] = provider.Issuer.ToString(),
                ["FEEDBACK_OIDC_CLIENT_ID"] = "feedback",
                ["FEEDBACK_OIDC_CLIENT_SECRET_FILE"] = folder["secret"],
            },
            "serve", "--data", folder["data"]);

        // Her role sees nothing but what is released: no second factor is asked for.
        using var anna = new Browser(server.Url);
        Assert.Contains("/sign-in/provider", await anna.TextAsync("/sign-in"), StringComparison.Ordinal);
        Assert.Equal("/released", (await anna.SignInAsync("anna")).Path);
        Assert.Contains("class=\"who\" href=\"/account\">anna<", await anna.TextAsync("/account"), StringComparison.Ordinal);
        using var again = new Browser(server.Url);
        Assert.Equal("/released", (await again.SignInAsync("anna")).Path);

        // The provider asked for a second factor, or ours does.
        using var bela = new Browser(server.Url);
        Assert.Equal("/accounts", (await bela.SignInAsync("mfa-bela")).Path);
        using var carl = new Browser(server.Url);
        Assert.Equal("/sign-in/enrol", (await carl.SignInAsync("carl")).Path);
        Assert.Equal("/sign-in", (await carl.GetAsync("/accounts")).Path);

        // Known there, and nobody here: no account is made.
        using var eve = new Browser(server.Url);
        var turnedAway = await eve.SignInAsync("eve");
        Assert.Equal("/sign-in", turnedAway.Path);
        Assert.Contains("there is no account for you here", turnedAway.Text, StringComparison.Ordinal);
        var listed = (await FeedbackProcess.RunAsync(["users", "list", "--data", folder["data"]])).Output;
        Assert.Equal(3, listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        // Signing out ends our session.
        Assert.Equal("/sign-in", (await anna.PostAsync("/account", "/sign-out")).Path);
        Assert.Equal("/sign-in", (await anna.GetAsync("/account")).Path);

        // An account that was disabled is closed to whoever the provider vouches for, at once.
        Assert.Equal(0, (await FeedbackProcess.RunAsync(["users", "disable", "mfa-bela", "--data", folder["data"]])).Code);
        Assert.Equal("/sign-in", (await bela.GetAsync("/accounts")).Path);
        using var back = new Browser(server.Url);
        Assert.Equal("/sign-in", (await back.SignInAsync("mfa-bela")).Path);
        Assert.DoesNotContain(BureauProvider.ClientSecret, server.Output + server.Errors, StringComparison.Ordinal);
    }

    private static async Task AddAsync(TemporaryFolder folder, params string[] arguments)
    {
        var ended = await FeedbackProcess.RunAsync(["users", "add", .. arguments, "--data", folder["data"]]);
        Assert.True(ended.Code == 0, ended.Errors);
    }

    /// <summary>A page as it came in the end.</summary>
    private sealed record Page(string Path, string Text);

    /// <summary>Somebody with a browser, as far as HTTP goes: follows redirects, and fills in the provider's form.</summary>
    private sealed partial class Browser(Uri site) : IDisposable
    {
        private readonly HttpClient _http = new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { DefaultRequestHeaders = { { "Accept-Language", "en" } } };

        public async Task<Page> GetAsync(string path) => await PageOf(await _http.GetAsync(new Uri(site, path)));

        public async Task<string> TextAsync(string path) => (await GetAsync(path)).Text;

        public async Task<Page> PostAsync(string formOn, string path)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["form"] = Seal().Match(await TextAsync(formOn)).Groups[1].Value });
            return await PageOf(await _http.PostAsync(new Uri(site, path), form));
        }

        /// <summary>Signs in at the provider under a name, whatever it is.</summary>
        public async Task<Page> SignInAsync(string name)
        {
            var page = await GetAsync("/sign-in/provider");
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["login"] = name });
            return await PageOf(await _http.PostAsync(new Uri(Interaction().Match(page.Text).Groups[1].Value), form));
        }

        public void Dispose() => _http.Dispose();

        private static async Task<Page> PageOf(HttpResponseMessage answer)
        {
            using (answer)
                return new Page(answer.RequestMessage!.RequestUri!.AbsolutePath, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        }

        [GeneratedRegex("action=\"(http[^\"]+/interaction/[^\"]+)\"")]
        private static partial Regex Interaction();

        [GeneratedRegex("name=\"form\" value=\"([^\"]+)\"")]
        private static partial Regex Seal();
    }
}
