using System.Text.Json.Nodes;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Cluster;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

[Collection(OneSite.Name)]
public sealed class ClusterPageTests(RunningSite site)
{
    [Fact]
    public async Task A_system_administrator_of_the_whole_bureau_is_told_how_the_silo_fares()
    {
        using var admin = await SignedInAsync(null);
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window, 4));

        var report = JsonNode.Parse(await admin.TextAsync("/api/v1/cluster"))!;

        var silo = Assert.Single(report["silos"]!.AsArray())!;
        Assert.Equal(("active", SiloVitals.Version, null), ((string?)silo["status"], (string?)silo["version"], (string?)silo["silent"]));
        var figures = silo["figures"]!;
        Assert.InRange((int)figures["windows"]!, 1, int.MaxValue);
        Assert.InRange((int)figures["tallies"]!, 1, int.MaxValue);
        Assert.Equal(8192, (int)figures["journalMostWaiting"]!);
        Assert.NotNull(figures["committedAt"]);
        Assert.Null(figures["failingSince"]);
        Assert.Equal((1, 1), ((int)report["sums"]!["active"]!, (int)report["sums"]!["answering"]!));
    }

    [Theory]
    [InlineData("en", "active", "Windows / months held")]
    [InlineData("zh", "运行中", "窗口 / 月度汇总")]
    public async Task The_page_shows_it_in_the_readers_language_and_the_frame_leads_there(string language, string status, string head)
    {
        using var admin = await SignedInAsync(null);

        var page = await admin.TextAsync("/cluster", language);

        Assert.Contains($">{status}</span>", page, StringComparison.Ordinal);
        Assert.Contains(head, page, StringComparison.Ordinal);
        Assert.Contains("href=\"/cluster\"", await admin.TextAsync("/account", language), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_administers_one_hall_only_is_led_nowhere_and_finds_nothing_there()
    {
        using var admin = await SignedInAsync((await site.NewHallAsync()).Id);

        Assert.Equal(404, (int)(await admin.GetAsync("/cluster")).StatusCode);
        Assert.Equal(403, (int)(await admin.GetAsync("/api/v1/cluster")).StatusCode);
        Assert.DoesNotContain("href=\"/cluster\"", await admin.TextAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_answers_under_its_address_and_under_no_other()
    {
        var (grains, here) = (site.Service<IGrainFactory>(), site.Service<ILocalSiloDetails>().SiloAddress);

        Assert.Equal(SiloVitals.Version, (await grains.GetGrain<ISiloGrain>(here.ToParsableString()).Report()).Version);
        var gone = SiloAddress.New(here.Endpoint, here.Generation - 1);
        await Assert.ThrowsAsync<SiloGoneException>(() => grains.GetGrain<ISiloGrain>(gone.ToParsableString()).Report());
    }

    private async Task<Visitor> SignedInAsync(string? hall)
    {
        var name = "operator-" + Some.Id();
        var grants = GrantText.Read(Role.SystemAdministrator.Word() + (hall is null ? "" : "@" + hall));
        Assert.Equal(AccountOutcome.Done, await site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), grants));
        var visitor = new Visitor(site.Url);
        await visitor.SignInAsync(name);
        return visitor;
    }
}
