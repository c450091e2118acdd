using System.Text.RegularExpressions;
using Feedback.Api.Tests.Pages;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Api.Tests.Support;

/// <summary>A site as <c>serve</c> runs it: whoever sees more than what is released needs a second factor.</summary>
public sealed partial class StrictSite : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _app = null!;

    public Uri Url { get; private set; } = null!;

    public IAccounts Accounts => _app.Services.GetRequiredService<IAccounts>();

    public ISecondFactors Factors => _app.Services.GetRequiredService<ISecondFactors>();

    public async Task InitializeAsync()
    {
        _app = await WebSetup.BuildAsync(new Site(DataDirectory.Open(_folder.Path), null), "http://127.0.0.1:0");
        await _app.StartAsync();
        Url = new Uri(_app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Somebody who showed the password, and nothing else yet.</summary>
    internal async Task<Visitor> HalfSignedInAsync(string name, string grants)
    {
        Assert.Equal(AccountOutcome.Done, await Accounts.CreateAsync(name, Visitor.PasswordOf(name), GrantText.Read(grants)));
        var visitor = new Visitor(Url);
        await visitor.SignInAsync(name);
        return visitor;
    }

    /// <summary>What an authenticator app makes of the key that a page shows.</summary>
    public static byte[] SecretOn(string page)
    {
        var (bits, held, bytes) = (0, 0, new List<byte>());
        foreach (var letter in Key().Match(page).Groups[1].Value.Where(letter => letter != ' '))
        {
            (held, bits) = ((held << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(held >> bits));
            held &= (1 << bits) - 1;
        }

        return [.. bytes];
    }

    /// <summary>A code of the app, some steps from now.</summary>
    public static string CodeOf(byte[] secret, int stepsOn = 0) =>
        Totp.CodeAt(secret, Totp.StepAt(Wait.Clock.GetUtcNow().ToUnixTimeMilliseconds()) + stepsOn);

    [GeneratedRegex("id=\"key\">([A-Z2-7 ]+)<")]
    private static partial Regex Key();
}
