using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Policies;
using Xunit;

namespace Feedback.Api.Tests.Policies;

/// <summary>Policies are read, set, inherited and planned.</summary>
[Collection(OneSite.Name)]
public sealed class PolicyApiTests(RunningSite site)
{
    [Fact]
    public async Task Where_nothing_was_set_every_subject_has_its_default()
    {
        var hall = await site.NewHallAsync(under: site.ForeignDistrict);
        using var desk = await PolicyDesk.OpenAsync(site);

        var told = (await desk.GetAsync("policies?node=" + hall.Id)).Json;

        Assert.Equal((hall.Id, PolicyDesk.DayText(0)), ((string?)told["node"]!["id"], (string?)told["day"]));
        Assert.Equal(PolicySubjects.All.Select(subject => subject.Word), told["policies"]!.AsArray().Select(policy => (string?)policy!["subject"]));
        Assert.All(told["policies"]!.AsArray(), policy => Assert.Equal(("default", 0, null, null), ((string?)policy!["source"], (int)policy["version"]!, (string?)policy["from"], policy["setAt"])));
        Assert.Equal(
            PolicySubjects.All.Select(subject => System.Text.Json.Nodes.JsonNode.Parse(subject.DefaultText)!.ToJsonString()), told["policies"]!.AsArray().Select(policy => policy!["document"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_policy_that_is_set_for_tomorrow_holds_tomorrow_and_is_planned_today()
    {
        var hall = await site.NewHallAsync();
        using var desk = await PolicyDesk.OpenAsync(site);

        var set = await desk.PutAsync($"policies/reopen?node={hall.Id}", """{ "times": 3 }""");

        Assert.Equal(200, set.Status);
        Assert.Equal((PolicyDesk.DayText(1), """{"within":"30d","times":3}"""), ((string?)set.Json["from"], set.Json["document"]!.ToJsonString()));
        Assert.Equal($"\"{set.Json["version"]}\"", set.Headers.ETag!.Tag);
        var today = await desk.PolicyAsync("reopen", hall.Id);
        Assert.Equal(("default", 2), ((string?)today["source"], (int)today["document"]!["times"]!));
        var planned = Assert.Single(today["planned"]!.AsArray())!;
        Assert.Equal((PolicyDesk.DayText(1), "here", 3, hall.Id), ((string?)planned["from"], (string?)planned["source"], (int)planned["document"]!["times"]!, (string?)planned["setAt"]!["id"]));
        var tomorrow = await desk.PolicyAsync("reopen", hall.Id, ahead: 1);
        Assert.Equal(("here", 3, PolicyDesk.DayText(1), (long)set.Json["version"]!), ((string?)tomorrow["source"], (int)tomorrow["document"]!["times"]!, (string?)tomorrow["from"], (long)tomorrow["version"]!));
        Assert.Empty(tomorrow["planned"]!.AsArray());
    }

    [Fact]
    public async Task A_policy_of_today_holds_at_once_below_its_node_until_a_nearer_one_does()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var desk = await PolicyDesk.OpenAsync(site);

        Assert.Equal(200, (await desk.PutAsync($"policies/feedback?node={hall.Id}&from={PolicyDesk.DayText(0)}", """{"attempts":5}""")).Status);
        Assert.Equal(200, (await desk.PutAsync($"policies/feedback?node={hall.Windows[1]}&from={PolicyDesk.DayText(0)}", """{"attempts":6}""")).Status);

        var (first, second) = (await desk.PolicyAsync("feedback", hall.Windows[0]), await desk.PolicyAsync("feedback", hall.Windows[1]));
        Assert.Equal(("above", 5, hall.Id), ((string?)first["source"], (int)first["document"]!["attempts"]!, (string?)first["setAt"]!["id"]));
        Assert.Equal(("here", 6, hall.Windows[1]), ((string?)second["source"], (int)second["document"]!["attempts"]!, (string?)second["setAt"]!["id"]));
    }

    [Fact]
    public async Task What_is_planned_above_is_planned_here_unless_a_nearer_policy_stays()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var desk = await PolicyDesk.OpenAsync(site);
        await desk.PutAsync($"policies/feedback?node={hall.Windows[1]}&from={PolicyDesk.DayText(0)}", """{"attempts":6}""");
        await desk.PutAsync($"policies/feedback?node={hall.Id}&from={PolicyDesk.DayText(9)}", """{"attempts":7}""");

        Assert.Equal(["7"], (await desk.PolicyAsync("feedback", hall.Windows[0]))["planned"]!.AsArray().Select(planned => planned!["document"]!["attempts"]!.ToString()));
        Assert.Empty((await desk.PolicyAsync("feedback", hall.Windows[1]))["planned"]!.AsArray());
    }

    [Fact]
    public async Task The_same_policy_set_again_is_told_and_appends_nothing()
    {
        var hall = await site.NewHallAsync();
        using var desk = await PolicyDesk.OpenAsync(site);
        var path = $"policies/feedback?node={hall.Id}";

        var first = await desk.PutAsync(path, """{"attempts":8}""");
        var again = await desk.PutAsync(path, """ { "attempts" : 8 } """);

        Assert.Equal((200, first.Text), (again.Status, again.Text));
    }

    [Fact]
    public async Task A_change_of_what_was_changed_meanwhile_is_refused_and_changes_nothing()
    {
        var hall = await site.NewHallAsync();
        using var desk = await PolicyDesk.OpenAsync(site);
        var path = $"policies/feedback?node={hall.Id}";
        var read = (await desk.GetAsync(path)).Headers.ETag!.Tag;

        var first = await desk.PutAsync(path, """{"attempts":4}""", ifMatch: read);
        var second = await desk.PutAsync(path, """{"attempts":5}""", ifMatch: read);
        var odd = await desk.PutAsync(path, """{"attempts":5}""", ifMatch: "\"no tag of ours\"");

        Assert.Equal(200, first.Status);
        Assert.Equal((412, "policy-changed"), (second.Status, second.Code));
        Assert.Equal((412, "policy-changed"), (odd.Status, odd.Code));
        Assert.Equal(4, (int)(await desk.PolicyAsync("feedback", hall.Id, ahead: 1))["document"]!["attempts"]!);
        // A word about what is planned counts as a change, and so does one about a place above.
        Assert.Equal(first.Headers.ETag!.Tag, (await desk.GetAsync(path)).Headers.ETag!.Tag);
        Assert.Equal(200, (await desk.PutAsync(path, """{"attempts":5}""", ifMatch: first.Headers.ETag!.Tag)).Status);
        Assert.Equal((await desk.GetAsync(path)).Headers.ETag!.Tag, (await desk.GetAsync($"policies/feedback?node={hall.Window}")).Headers.ETag!.Tag);
        Assert.Equal(200, (await desk.PutAsync(path, """{"attempts":6}""", ifMatch: "*")).Status);
    }

    [Fact]
    public async Task Two_at_once_with_the_same_tag_never_both_change_it()
    {
        var hall = await site.NewHallAsync();
        using var desk = await PolicyDesk.OpenAsync(site);
        var path = $"policies/feedback?node={hall.Id}";
        var read = (await desk.GetAsync(path)).Headers.ETag!.Tag;

        var answers = await Task.WhenAll(Enumerable.Range(4, 8).Select(attempts => desk.PutAsync(path, $$"""{"attempts":{{attempts}}}""", ifMatch: read)));

        Assert.Equal([200, 412, 412, 412, 412, 412, 412, 412], answers.Select(answer => answer.Status).Order());
        Assert.Equal((int)answers.Single(answer => answer.Status == 200).Json["document"]!["attempts"]!, (int)(await desk.PolicyAsync("feedback", hall.Id, ahead: 1))["document"]!["attempts"]!);
    }

    [Fact]
    public async Task Whoever_reads_figures_reads_policies_and_only_a_system_administrator_sets_them()
    {
        var hall = await site.NewHallAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            using var desk = await PolicyDesk.OpenAsync(site, hall.Id, role);
            var reads = Rights.Of(role).Contains(Permission.ReadFigures) || role == Role.SystemAdministrator;
            Assert.Equal((role, reads ? 200 : 403), (role, (await desk.GetAsync("policies?node=" + hall.Id)).Status));
            Assert.Equal((role, reads ? 200 : 403), (role, (await desk.GetAsync("calendars")).Status));
            Assert.Equal((role, role == Role.SystemAdministrator ? 200 : 403), (role, (await desk.PutAsync($"policies/feedback?node={hall.Id}", """{"attempts":4}""")).Status));
        }
    }
}
