using Feedback.Api.Tests.Support;
using Feedback.Silo.SelfTest;
using Xunit;

namespace Feedback.Api.Tests.SelfTest;

/// <summary>What the self-test says about certificates.</summary>
public sealed class TlsTests
{
    [Theory]
    [InlineData(90, "tls-days", "Pass")]
    [InlineData(10, "tls-soon", "Warn")]
    [InlineData(-2, "tls-expired", "Fail")]
    public async Task The_days_left_are_told(int days, string code, string verdict)
    {
        var made = MadeCertificate.For(days);
        await using var service = await StandIn.StartAsync(certificate: made.Own);

        var findings = await service.LookAsync(made);

        Assert.Equal((code, verdict), (findings["tls-days"].Code, findings["tls-days"].Verdict.ToString()));
        Assert.Equal(("tls-name-fits", "tls-chain-known"), (findings["tls-name"].Code, findings["tls-chain"].Code));
    }

    [Fact]
    public async Task An_issuer_that_devices_do_not_know_fails_and_the_rest_is_still_looked_at()
    {
        await using var service = await StandIn.StartAsync(certificate: MadeCertificate.For().Own);

        var findings = await service.LookAsync(MadeCertificate.For());

        Assert.Equal(Verdict.Fail, findings["tls-chain"].Verdict);
        Assert.Equal("health-other", findings["health"].Code);
    }

    [Fact]
    public async Task An_issuer_that_is_out_of_date_fails()
    {
        var made = MadeCertificate.ByIssuerOutOfDate();
        await using var service = await StandIn.StartAsync(certificate: made.Own);

        var findings = await service.LookAsync(made);

        Assert.Equal((Verdict.Fail, Verdict.Pass), (findings["tls-chain"].Verdict, findings["tls-days"].Verdict));
        Assert.Contains("NotTimeValid", findings["tls-chain"].Values[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_for_another_name_fails()
    {
        var made = MadeCertificate.For(90, false, "other.example");
        await using var service = await StandIn.StartAsync(certificate: made.Own);

        var finding = (await service.LookAsync(made))["tls-name"];

        Assert.Equal((Verdict.Fail, "other.example"), (finding.Verdict, finding.Values[0]));
    }

    [Fact]
    public async Task A_port_without_encryption_fails_and_nothing_more_is_asked()
    {
        await using var plain = await StandIn.StartAsync();

        var findings = await StandIn.LookAsync(new Target(new UriBuilder(plain.Url) { Scheme = "https" }.Uri, plain.Url.Port, []));

        Assert.Equal(["address-local", "tcp-open", "tls-none"], findings.Values.Select(finding => finding.Code));
    }
}
