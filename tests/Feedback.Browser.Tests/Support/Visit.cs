using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Feedback.Browser.Tests.Support;

/// <summary>A page in a browser profile of its own, which notes whatever goes wrong in it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly Uri _site;
    private readonly List<string> _troubles = [];
    private int _refusal;

    public Visit(IPage page, Uri site)
    {
        (Page, _site) = (page, site);
        page.Console += (_, message) => Note(message.Type is "error" or "warning" && !IsRefusal(message.Text), message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.Request += (_, request) => Note(!request.Url.StartsWith(site.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal), "outside: " + request.Url);
        page.Response += (_, response) => Note(response.Status >= 500, $"{response.Status} {response.Url}");
    }

    public IPage Page { get; }

    public string Path => new Uri(Page.Url).PathAndQuery;

    public Task GoAsync(string path) => Page.GotoAsync(new Uri(_site, path).ToString());

    public async Task SignInAsync(string name, string password)
    {
        await GoAsync("/sign-in");
        await Page.FillAsync("#name", name);
        await Page.FillAsync("#password", password);
        await Page.ClickAsync("form.stack button");
    }

    /// <summary>The text of the first element, its spaces as a reader sees them.</summary>
    public Task<string> TextAsync(string selector) => Page.Locator(selector).First.InnerTextAsync();

    /// <summary>Waits until the first element of a selector holds a text, its spaces as a reader sees them.</summary>
    public Task SeesAsync(string selector, string text) =>
        Assertions.Expect(Page.Locator(selector).First).ToContainTextAsync(text, new() { Timeout = Browsing.PatienceMilliseconds });

    /// <summary>From now on a page may be refused with a status, which the browser notes: the test wants it so.</summary>
    public void AllowRefusal(int status) => Volatile.Write(ref _refusal, status);

    /// <summary>The page needs no scrolling sideways, and has no barrier that axe knows.</summary>
    public async Task AssertFitsAsync()
    {
        Assert.True(await Page.Locator("html").EvaluateAsync<bool>("element => element.scrollWidth <= element.clientWidth"), Path);
        var violations = (await Page.RunAxe()).Violations;
        Assert.True(violations.Length == 0, Path + "\n" + string.Join('\n', violations.Select(one => $"{one.Id}: {one.Help} {string.Join(" | ", one.Nodes.Select(node => node.Html))}")));
    }

    /// <summary>Nothing was asked of other sites, nothing was refused by the policy, and no script failed.</summary>
    public void AssertClean()
    {
        lock (_troubles)
            Assert.Empty(_troubles);
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private bool IsRefusal(string text) =>
        text.StartsWith($"Failed to load resource: the server responded with a status of {Volatile.Read(ref _refusal)} ", StringComparison.Ordinal);

    private void Note(bool trouble, string text)
    {
        if (!trouble)
            return;
        lock (_troubles)
            _troubles.Add(text);
    }
}
