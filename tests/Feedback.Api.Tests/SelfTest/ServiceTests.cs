using Feedback.Api.Addresses;
using Feedback.Api.Tests.Support;
using Feedback.Silo.Hosting;
using Feedback.Silo.SelfTest;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Feedback.Api.Tests.SelfTest;

/// <summary>What the self-test says about the service, set up well and badly.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task The_service_itself_passes_all_but_what_loopback_cannot_give()
    {
        using var folder = new TemporaryFolder();
        var made = MadeCertificate.For();
        made.WritePem(folder["chain.pem"], folder["key.pem"]);
        // Its port is only known later, and is no part of the name that the gates compare.
        var exposure = new Exposure(
            PublicAddress.Parse("https://127.0.0.1", false), new CertificateFiles(folder["chain.pem"], folder["key.pem"], null), []);
        await using var app = await WebSetup.BuildAsync(
            new Site(DataDirectory.Open(folder["data"]), null), "https://127.0.0.1:0;http://127.0.0.1:0", exposure);
        await app.StartAsync();
        var (url, plain) = (new Uri(app.Urls.First(at => at.StartsWith("https", StringComparison.Ordinal))), new Uri(app.Urls.First(at => at.StartsWith("http:", StringComparison.Ordinal))));

        var findings = await StandIn.LookAsync(new Target(url, plain.Port, made.Known));

        Assert.Equal(
            [
                "address-local", "tcp-open", "tls-name-fits", "tls-chain-known", "tls-days", "redirect-leads", "hsts-missing", "host-refused",
                "clock-right", "health-ready", findings["page"].Code, "api-refuses", "scheme-known", "forwarded-ignored",
            ], findings.Values.Select(finding => finding.Code));
        Assert.NotEqual(Verdict.Fail, findings["page"].Verdict);
        await app.StopAsync();
    }

    [Fact]
    public async Task A_service_that_believes_every_stranger_is_found_out()
    {
        await using var gullible = await StandIn.StartAsync(http => http.Response.WriteAsJsonAsync(new SeenConnection(
            http.Request.Headers["X-Forwarded-Proto"].FirstOrDefault() ?? http.Request.Scheme, "x", http.Request.Headers["X-Forwarded-For"].FirstOrDefault() ?? "127.0.0.1")));

        var findings = await gullible.LookAsync();

        Assert.Equal((Verdict.Fail, "forwarded-believed"), (findings["forwarded"].Verdict, findings["forwarded"].Code));
        Assert.Equal("scheme-known", findings["scheme"].Code);
    }

    [Fact]
    public async Task A_service_that_does_not_know_of_its_proxys_encryption_is_found_out()
    {
        var made = MadeCertificate.For();
        await using var unaware = await StandIn.StartAsync(http => http.Request.Path == "/healthz/connection"
            ? http.Response.WriteAsJsonAsync(new SeenConnection("http", "x", "10.0.0.7"))
            : Redirect(http, http.Request.Path), made.Own);

        var findings = await unaware.LookAsync(made);

        Assert.Equal(("scheme-lost", "page-loop"), (findings["scheme"].Code, findings["page"].Code));
        Assert.Contains("--trusted-proxy 10.0.0.7", new SelfTestWords(new("en")).Mend(findings["scheme"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_else_in_the_services_place_is_found_out()
    {
        await using var other = await StandIn.StartAsync(http => http.Response.WriteAsync("<html>welcome</html>"));

        var findings = await other.LookAsync();

        Assert.Equal(
            ("health-other", "api-open", "host-any", "forwarded-untold"),
            (findings["health"].Code, findings["api"].Code, findings["host"].Code, findings["forwarded"].Code));
    }

    [Fact]
    public async Task A_redirect_away_is_found_out()
    {
        await using var away = await StandIn.StartAsync(http => Redirect(http, "https://other.example/"));

        Assert.Equal("page-away", (await away.LookAsync())["page"].Code);
    }

    [Theory]
    [InlineData(0, "Pass")]
    [InlineData(2, "Warn")]
    [InlineData(-2, "Warn")]
    [InlineData(10, "Fail")]
    public async Task Clocks_that_differ_are_told(int minutes, string verdict)
    {
        await using var service = await StandIn.StartAsync();

        Assert.Equal(verdict, (await service.LookAsync(ahead: TimeSpan.FromMinutes(minutes)))["clock"].Verdict.ToString());
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_more_is_asked()
    {
        await using var gone = await StandIn.StartAsync();
        var url = gone.Url;
        await gone.DisposeAsync();

        var findings = await StandIn.LookAsync(new Target(url, url.Port, []));

        Assert.Equal(["address-local", "tcp-closed"], findings.Values.Select(finding => finding.Code));
    }

    private static Task Redirect(HttpContext http, string to)
    {
        http.Response.Redirect(to);
        return Task.CompletedTask;
    }
}
