using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Evaluations;

[Collection(OneSite.Name)]
public sealed class ErasureTests(RunningSite site)
{
    [Fact]
    public async Task What_is_erased_can_be_read_by_nobody_and_every_figure_stays()
    {
        var hall = await site.NewHallAsync();
        var pushed = Some.Evaluation(hall.Window, 1).With(("matter", "2026-JT-000124"), ("comment", "call 13812345678"));
        var first = await site.Client.PushAsync(pushed);
        await site.Client.PushAsync(Some.Evaluation(hall.Window, 5).With(("comment", "stays")));
        using var security = await Official.SignInAsync(site, "security-administrator");
        using var officer = await Official.SignInAsync(site, $"case-officer@{hall.Id}");
        var before = (await site.Client.FiguresAsync(hall.Window)).ToJsonString();

        var (status, erased) = await security.DoAsync(hall.Window, 1, "erase");

        Assert.Equal((200, true), (status, (bool)erased["changed"]!));
        var list = (await officer.ListAsync(hall.Window)).Json["evaluations"]!;
        Assert.Equal((null, "erased", null, "erased"), ((string?)list[1]!["comment"], (string)list[1]!["commentState"]!, (string?)list[1]!["matter"], (string)list[1]!["matterState"]!));
        Assert.Equal("stays", (string?)list[0]!["comment"]);
        var told = (await officer.DoAsync(hall.Window, 1, "unmask", "is anything left of it?")).Json;
        Assert.Equal((null, null), ((string?)told["matter"], (string?)told["comment"]));
        Assert.Equal(before, (await site.Client.FiguresAsync(hall.Window)).ToJsonString());
        Assert.Equal((200, first.Text), (await site.Client.PushAsync(pushed) is var again ? (again.Status, again.Text) : default));
        Assert.True((await site.VerifyAsync()).IsClean);
        Assert.False((bool)(await security.DoAsync(hall.Window, 1, "erase")).Json["changed"]!);
    }

    [Fact]
    public async Task A_finished_matter_is_erased_alike()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Matter(hall.Window), Client.Matters);
        using var security = await Official.SignInAsync(site, "security-administrator");

        Assert.True((bool)(await security.DoAsync(hall.Window, 1, "erase")).Json["changed"]!);

        Assert.Equal(404, (await security.DoAsync(hall.Window, 2, "erase")).Status);
        Assert.Null((string?)(await security.GetAsync($"/api/v1/windows/{hall.Window}/evaluations/1/export")).Json["matter"]);
    }

    [Fact]
    public async Task Everything_that_is_kept_about_a_person_is_exported()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window, 2).With(("matter", "2026-JT-000125"), ("comment", "call 13812345678")));
        using var security = await Official.SignInAsync(site, "security-administrator");
        using var supervisor = await Official.SignInAsync(site, $"supervisor@{hall.Id}");
        using var officer = await Official.SignInAsync(site, $"case-officer@{hall.Id}");
        using var outside = await Official.SignInAsync(site, $"supervisor@{site.District}");
        Assert.Equal(200, (await outside.DoAsync(hall.Window, 1, "exclude")).Status);
        await officer.DoAsync(hall.Window, 1, "unmask", "checking a complaint");

        var (status, told) = await security.GetAsync($"/api/v1/windows/{hall.Window}/evaluations/1/export");

        Assert.Equal((200, "2026-JT-000125", "call 13812345678"), (status, (string?)told["matter"], (string?)told["comment"]));
        Assert.Equal((2, "evaluation.accepted"), ((int)told["event"]!["claim"]!["grade"]!, (string)told["event"]!["kind"]!));
        Assert.Equal("evaluation.excluded", (string?)Assert.Single(told["later"]!.AsArray())!["event"]!["kind"]);
        Assert.Equal("account:" + officer.Name, (string?)Assert.Single(told["unmasked"]!.AsArray())!["by"]);
        Assert.Equal(404, (await security.GetAsync($"/api/v1/windows/{hall.Window}/evaluations/2/export")).Status);
        var alerts = (await supervisor.GetAsync("/api/v1/alerts")).Json["alerts"]!.AsArray();
        Assert.Equal(
            [("subject-exported", "account:" + security.Name, "export"), ("identity-unmasked", "account:" + officer.Name, "checking a complaint")],
            alerts.Select(one => ((string?)one!["kind"], (string?)one["by"], (string?)one["reason"])));
        Assert.DoesNotContain("2026-JT-000125", alerts.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("case-officer")]
    [InlineData("hall-manager")]
    [InlineData("supervisor")]
    [InlineData("system-administrator")]
    public async Task Nobody_but_the_security_administrator_erases_or_exports(string role)
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window).With(("comment", "stays")));
        using var somebody = await Official.SignInAsync(site, role);

        Assert.Equal((403, 403), ((await somebody.DoAsync(hall.Window, 1, "erase")).Status, (await somebody.GetAsync($"/api/v1/windows/{hall.Window}/evaluations/1/export")).Status));
    }
}
