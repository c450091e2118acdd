using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Evaluations;

[Collection(OneSite.Name)]
public sealed class UnmaskTests(RunningSite site)
{
    private const string Why = "checking complaint 12 with the citizen";

    [Fact]
    public async Task An_officer_is_told_who_rated_and_supervision_is_told_of_that()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window).With(("matter", "2026-JT-000123"), ("comment", "call 13812345678")));
        using var officer = await Official.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await Official.SignInAsync(site, $"supervisor@{hall.Id}");

        var (status, told) = await officer.DoAsync(hall.Window, 1, "unmask", Why);

        Assert.Equal((200, "2026-JT-000123", "call 13812345678"), (status, (string?)told["matter"], (string?)told["comment"]));
        var alerts = (await supervisor.GetAsync("/api/v1/alerts")).Json;
        var alert = Assert.Single(alerts["alerts"]!.AsArray())!;
        Assert.Equal(
            ("identity-unmasked", "account:" + officer.Name, hall.Window, 1, Why),
            ((string)alert["kind"]!, (string)alert["by"]!, (string)alert["window"]!, (int)alert["evaluation"]!, (string)alert["reason"]!));
        Assert.DoesNotContain("JT-000123", alerts.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", alerts.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_of_other_places_are_not_told()
    {
        var (mine, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        await site.Client.PushAsync(Some.Evaluation(other.Window));
        using var officer = await Official.SignInAsync(site, $"case-officer@{site.District}");
        using var supervisor = await Official.SignInAsync(site, $"supervisor@{mine.Id}");

        Assert.Equal(200, (await officer.DoAsync(other.Window, 1, "unmask", Why)).Status);

        Assert.Empty((await supervisor.GetAsync("/api/v1/alerts")).Json["alerts"]!.AsArray());
    }

    [Fact]
    public async Task Alerts_come_in_pages_newest_first()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Array(Enumerable.Range(0, 5).Select(_ => Some.Evaluation(hall.Window))));
        using var officer = await Official.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await Official.SignInAsync(site, $"supervisor@{hall.Id}");
        for (var version = 1; version <= 5; version++)
            await officer.DoAsync(hall.Window, version, "unmask", Why);

        var first = (await supervisor.GetAsync("/api/v1/alerts?limit=3")).Json;
        var second = (await supervisor.GetAsync($"/api/v1/alerts?limit=3&after={first["next"]!.ToJsonString()}")).Json;

        Assert.Equal([5, 4, 3], first["alerts"]!.AsArray().Select(alert => (int)alert!["evaluation"]!));
        Assert.Equal([2, 1], second["alerts"]!.AsArray().Select(alert => (int)alert!["evaluation"]!));
        Assert.Null(second["next"]);
    }

    [Theory]
    [InlineData("too short")]
    [InlineData("")]
    [InlineData("          ")]
    public async Task Without_a_reason_nobody_is_told_anything(string reason)
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window).With(("matter", "2026-JT-000123")));
        using var officer = await Official.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await Official.SignInAsync(site, $"supervisor@{hall.Id}");

        var (status, problem) = await officer.DoAsync(hall.Window, 1, "unmask", reason);

        Assert.Equal((400, "reason"), (status, (string?)problem["field"]));
        Assert.Empty((await supervisor.GetAsync("/api/v1/alerts")).Json["alerts"]!.AsArray());
    }

    [Fact]
    public async Task A_reason_is_kept_without_the_number_that_somebody_wrote_into_it()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window));
        using var officer = await Official.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await Official.SignInAsync(site, $"supervisor@{hall.Id}");

        await officer.DoAsync(hall.Window, 1, "unmask", "回访 13812345678 的市民投诉");

        Assert.Equal("回访 〔•••〕 的市民投诉", (string?)(await supervisor.GetAsync("/api/v1/alerts")).Json["alerts"]![0]!["reason"]);
    }

    [Theory]
    [InlineData("hall-manager")]
    [InlineData("supervisor")]
    [InlineData("district-manager")]
    [InlineData("security-administrator")]
    public async Task Nobody_but_an_officer_is_told(string role)
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window));
        using var somebody = await Official.SignInAsync(site, role);

        Assert.Equal(403, (await somebody.DoAsync(hall.Window, 1, "unmask", Why)).Status);
    }

    [Fact]
    public async Task An_officer_of_elsewhere_finds_nothing()
    {
        var (mine, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        await site.Client.PushAsync(Some.Evaluation(other.Window));
        using var officer = await Official.SignInAsync(site, $"case-officer@{mine.Id}");

        Assert.Equal((404, 404), ((await officer.DoAsync(other.Window, 1, "unmask", Why)).Status, (await officer.DoAsync(mine.Window, 1, "unmask", Why)).Status));
    }
}
