using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Grains.Accounts;
using Xunit;

namespace Feedback.Api.Tests.Evaluations;

[Collection(OneSite.Name)]
public sealed class EvaluationListTests(RunningSite site)
{
    private const string Comment = "很慢，请回电 138-1234-5678，身份证11010519491231002X";

    [Fact]
    public async Task A_manager_reads_everything_about_an_evaluation_but_who_gave_it()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window, 2).With(
            ("matter", "2026-JT-000123"), ("comment", Comment), ("reasons", new JsonArray("slow")), ("serviceItem", "permit")));
        using var manager = await Official.SignInAsync(site, $"hall-manager@{hall.Id}");

        var (status, page) = await manager.ListAsync(hall.Window);

        Assert.Equal(200, status);
        var one = Assert.Single(page["evaluations"]!.AsArray())!;
        Assert.Equal(
            (1, 2, "active", "terminal", "permit", "slow", false),
            ((int)one["version"]!, (int)one["grade"]!, (string)one["origin"]!, (string)one["channel"]!, (string)one["serviceItem"]!, (string)one["reasons"]![0]!, (bool)one["excluded"]!));
        Assert.Equal(("很慢，请回电 [phone]，身份证[ID number]", "kept"), ((string)one["comment"]!, (string)one["commentState"]!));
        Assert.Equal(("20•••23", "kept"), ((string)one["matter"]!, (string)one["matterState"]!));
        Assert.False((bool)page["commentsAsWritten"]!);
        Assert.DoesNotContain("JT-0001", page.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_that_mask_are_in_the_readers_language()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window).With(("comment", Comment)));
        using var manager = await Official.SignInAsync(site, $"hall-manager@{hall.Id}");

        Assert.Equal("很慢，请回电 〔手机号〕，身份证〔身份证号〕", (string?)(await manager.ListAsync(hall.Window, language: "zh-CN")).Json["evaluations"]![0]!["comment"]);
    }

    [Fact]
    public async Task An_officer_reads_comments_as_they_were_written_and_no_matter()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window).With(("comment", Comment), ("matter", "1234567")));
        using var officer = await Official.SignInAsync(site, $"case-officer@{hall.Id}");

        var page = (await officer.ListAsync(hall.Window)).Json;

        Assert.True((bool)page["commentsAsWritten"]!);
        Assert.Equal((Comment, "•••"), ((string)page["evaluations"]![0]!["comment"]!, (string)page["evaluations"]![0]!["matter"]!));
    }

    [Theory]
    [InlineData("hall-manager")]
    [InlineData("case-officer")]
    public async Task Whoever_was_rated_reads_neither_the_words_nor_who_said_them_nor_exactly_when(string role)
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        var signedIn = new JsonObject { ["staff"] = code, ["occurredAt"] = Some.Time(TimeSpan.FromMinutes(30)) };
        Assert.Equal(200, (await site.Client.PushAsync(signedIn, $"/api/v1/windows/{hall.Window}/staff")).Status);
        await site.Client.PushAsync(Some.Evaluation(hall.Window, 3, occurredAt: Some.Time(TimeSpan.FromMinutes(5))).With(("comment", Comment), ("matter", "2026-JT-000123")));
        using var rated = await Official.SignInAsync(site, $"{role}@{hall.Id}");
        using var other = await Official.SignInAsync(site, $"{role}@{hall.Id}");
        Assert.Equal(AccountOutcome.Done, await site.Service<IAccounts>().SetStaffAsync(rated.Name, code));

        var one = Assert.Single((await rated.ListAsync(hall.Window)).Json["evaluations"]!.AsArray())!;
        Assert.Equal(
            (null, "withheld", null, "withheld", null, null),
            ((string?)one["comment"], (string)one["commentState"]!, (string?)one["matter"], (string)one["matterState"]!, (string?)one["receivedAt"], (string?)one["occurredAt"]));
        Assert.Equal((3, code), ((int)one["grade"]!, (string)one["staff"]!));
        var page = await rated.Browser.TextAsync($"/nodes/{hall.Window}/evaluations?period=7days");
        Assert.Contains("You were rated: what was said is kept from you.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("很慢", page, StringComparison.Ordinal);

        var theirs = Assert.Single((await other.ListAsync(hall.Window)).Json["evaluations"]!.AsArray())!;
        Assert.StartsWith("很慢", (string)theirs["comment"]!, StringComparison.Ordinal);
        Assert.Equal("kept", (string)theirs["matterState"]!);
    }

    [Fact]
    public async Task A_foreign_window_and_one_that_does_not_exist_look_the_same()
    {
        var hall = await site.NewHallAsync();
        using var manager = await Official.SignInAsync(site, $"hall-manager@{hall.Id}");

        var (foreign, missing) = (await manager.ListAsync(site.ForeignHall.Window), await manager.ListAsync("n999999"));

        Assert.Equal((404, "window-unknown", 404, "window-unknown"), (foreign.Status, (string?)foreign.Json["code"], missing.Status, (string?)missing.Json["code"]));
        Assert.Equal(404, (await manager.ListAsync(hall.Id)).Status);
    }

    [Theory]
    [InlineData("window-staff")]
    [InlineData("system-administrator")]
    [InlineData("security-administrator")]
    [InlineData("audit-administrator")]
    [InlineData("publisher")]
    public async Task Nobody_else_reads_single_evaluations(string role)
    {
        var hall = await site.NewHallAsync();
        using var somebody = await Official.SignInAsync(site, role);

        Assert.Equal(403, (await somebody.ListAsync(hall.Window)).Status);
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("oldest")]
    public async Task Pages_follow_each_other_without_gap_or_repeat(string order)
    {
        var hall = await site.NewHallAsync();
        foreach (var rows in Enumerable.Range(0, 23).Chunk(5))
            await site.Client.PushAsync(Some.Array(rows.Select(_ => Some.Evaluation(hall.Window))));
        using var manager = await Official.SignInAsync(site, $"hall-manager@{hall.Id}");

        var (seen, after) = (new List<int>(), (string?)null);
        do
        {
            var page = (await manager.ListAsync(hall.Window, $"&limit=4&order={order}" + (after is null ? "" : "&after=" + after))).Json;
            seen.AddRange(page["evaluations"]!.AsArray().Select(one => (int)one!["version"]!));
            after = page["next"]?.ToJsonString();
        }
        while (after is not null);

        Assert.Equal(order == "oldest" ? Enumerable.Range(1, 23) : Enumerable.Range(1, 23).Reverse(), seen);
    }

    [Fact]
    public async Task Evaluations_of_other_days_are_not_on_the_page()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window));
        using var manager = await Official.SignInAsync(site, $"hall-manager@{hall.Id}");
        string Path(int from, int to) => FormattableString.Invariant($"/api/v1/windows/{hall.Window}/evaluations?from={Some.Day(from):yyyy-MM-dd}&to={Some.Day(to):yyyy-MM-dd}");

        Assert.Empty((await manager.GetAsync(Path(9, 2))).Json["evaluations"]!.AsArray());
        Assert.Empty((await manager.GetAsync(Path(-2, -9))).Json["evaluations"]!.AsArray());
        Assert.Single((await manager.GetAsync(Path(1, -1))).Json["evaluations"]!.AsArray());
    }

    [Theory]
    [InlineData("&limit=0", "count-invalid")]
    [InlineData("&limit=201", "count-invalid")]
    [InlineData("&limit=ten", "count-invalid")]
    [InlineData("&after=-1", "count-invalid")]
    [InlineData("&order=best", "order-unknown")]
    public async Task What_cannot_be_read_is_refused_in_words(string more, string code)
    {
        var hall = await site.NewHallAsync();
        using var manager = await Official.SignInAsync(site, $"hall-manager@{hall.Id}");

        var (status, problem) = await manager.ListAsync(hall.Window, more);

        Assert.Equal((400, code), (status, (string?)problem["code"]));
    }

    [Fact]
    public async Task An_excluded_evaluation_is_shown_as_such_until_it_is_reinstated()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Evaluation(hall.Window));
        using var supervisor = await Official.SignInAsync(site, $"supervisor@{site.District}");

        Assert.True((bool)(await supervisor.DoAsync(hall.Window, 1, "exclude")).Json["changed"]!);
        Assert.True((bool)(await supervisor.ListAsync(hall.Window)).Json["evaluations"]![0]!["excluded"]!);
        Assert.False((bool)(await supervisor.DoAsync(hall.Window, 1, "exclude")).Json["changed"]!);
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));

        Assert.True((bool)(await supervisor.DoAsync(hall.Window, 1, "reinstate")).Json["changed"]!);
        Assert.False((bool)(await supervisor.ListAsync(hall.Window)).Json["evaluations"]![0]!["excluded"]!);
        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
        Assert.Equal(404, (await supervisor.DoAsync(hall.Window, 77, "exclude")).Status);
        Assert.Equal(404, (await supervisor.DoAsync(site.ForeignHall.Window, 1, "exclude")).Status);
    }
}
