using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>Whoever is complained of is known by the staff code of their own account.</summary>
[Collection(OneSite.Name)]
public sealed class OwnStaffTests(RunningSite site)
{
    // What the service does by itself is asked for by nobody.
    private static readonly string[] OfTheService = ["absorb", "close-imported", "warn", "escalate", "attach"];

    private static readonly string[] WithWords = ["note-progress", "appeal", "handle", "give-feedback", "dispute", "call-back", "city-call-back", "reopen"];

    [Fact]
    public async Task Whoever_is_complained_of_does_nothing_with_the_complaint_and_reads_nothing_of_it_and_another_works_on()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var security = await CaseWorker.SignInAsync(site, "security-administrator");
        using var clerk = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id} supervisor@{hall.Id}");
        using var other = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        using var head = await CaseWorker.SignInAsync(site, $"hall-manager@{hall.Id} case-officer@{hall.Id}");
        var id = (string)(await other.FileAsync(About(hall.Window, code)))["id"]!;
        var file = (string)(await other.SendFileAsync($"cases/{id}/files", SomeFile.Png, "image/png")).Json["file"]!["file"]!;
        Assert.Contains("三个小时", (await clerk.GetAsync("cases/" + id)).Text, StringComparison.Ordinal);

        // Known from the next request on.
        await security.NameStaffAsync(clerk, code);
        await IsKeptFromAsync(clerk, hall, id, file);
        var refused = await clerk.PostAsync("cases", About(hall.Window, code));
        Assert.Equal((403, "recused", "about"), (refused.Status, refused.Code, refused.Field));
        Assert.NotNull((await clerk.FileAsync(About(hall.Window, await site.NewStaffAsync())))["id"]);
        Assert.Equal((400, "owner-recused"), CodeOf(await supervisor.StepAsync(id, "name-owner", new JsonObject { ["owner"] = clerk.Name })));

        // Who leads them is known some seconds after the account was opened.
        await Wait.ForAsync<JsonNode>("the head is recused", async () =>
            (await head.GetAsync("cases/" + id)).Json is var json && (string?)json["withheld"] == "recused" ? json : null);
        await IsKeptFromAsync(head, hall, id, file);

        await other.AnswerAsync(id);
        Assert.Contains("三个小时", (await other.GetAsync("cases/" + id)).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await other.PostAsync($"cases/{id}/contact", Reason())).Status);
        await IsKeptFromAsync(clerk, hall, id, file);

        await security.NameStaffAsync(clerk, null);
        Assert.Contains("三个小时", (await clerk.GetAsync("cases/" + id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_was_rated_badly_does_nothing_with_the_rating_and_another_looks_into_it()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var security = await CaseWorker.SignInAsync(site, "security-administrator");
        using var clerk = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id} supervisor@{hall.Id}");
        using var other = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        await security.NameStaffAsync(clerk, code);
        var signedIn = new JsonObject { ["staff"] = code, ["occurredAt"] = Some.Time(TimeSpan.FromMinutes(30)) };
        Assert.Equal(200, (await site.Client.PushAsync(signedIn, $"/api/v1/windows/{hall.Window}/staff")).Status);
        await site.Client.PushAsync(Some.Evaluation(hall.Window, grade: 1, occurredAt: Some.Time(TimeSpan.FromMinutes(5))).With(("comment", "等了三个小时，无人接待")));

        var opened = await Wait.ForAsync<JsonNode>("the bad rating is a case", async () =>
            (await other.GetAsync($"cases?node={hall.Id}&kind=bad-rating")).Json["cases"]!.AsArray().FirstOrDefault());
        var id = (string)opened["id"]!;
        Assert.Null((string?)(await other.GetAsync("cases/" + id)).Json["withheld"]);

        await IsKeptFromAsync(clerk, hall, id, null);
        Assert.Equal(1, (int)(await other.GetAsync("cases/" + id)).Json["rating"]!["grade"]!);
        Assert.Null((await clerk.GetAsync("cases/" + id)).Json["rating"]);
        var rating = $"windows/{hall.Window}/evaluations/{await VersionAsync(other, hall)}";
        foreach (var act in new[] { "unmask", "exclude", "reinstate" })
            Assert.Equal((act, 403, "recused"), await clerk.PostAsync($"{rating}/{act}", Reason()) is var answer ? (act, answer.Status, answer.Code) : default);
        Assert.Equal(200, (await other.PostAsync($"{rating}/unmask", Reason())).Status);

        // By default a rating is looked into outside of the unit that was rated, and nobody else is offered that.
        using var outside = await CaseWorker.SignInAsync(site, $"case-officer@{site.District}");
        Assert.DoesNotContain("verify", StepsOf(await other.GetAsync("cases/" + id)));
        Assert.Equal((403, "verify-inside"), CodeOf(await other.StepAsync(id, "verify", new JsonObject { ["finding"] = "true" })));
        Assert.Contains("verify", StepsOf(await outside.GetAsync("cases/" + id)));
        await outside.DoAsync(id, "verify", new JsonObject { ["finding"] = "true" });
        await IsKeptFromAsync(clerk, hall, id, null);
    }

    [Fact]
    public async Task Whoever_is_named_in_a_bad_ratings_case_is_not_told_in_the_list_of_ratings_what_was_said()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var security = await CaseWorker.SignInAsync(site, "security-administrator");
        using var clerk = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var other = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        await security.NameStaffAsync(clerk, code);
        await site.Client.PushAsync(Some.Evaluation(hall.Window, grade: 1).With(("comment", "等了三个小时，无人接待")));
        var opened = await Wait.ForAsync<JsonNode>("the bad rating is a case", async () =>
            (await other.GetAsync($"cases?node={hall.Id}&kind=bad-rating")).Json["cases"]!.AsArray().FirstOrDefault());
        var list = $"windows/{hall.Window}/evaluations?from={Some.Day(1):yyyy-MM-dd}&to={Some.Day(-1):yyyy-MM-dd}";
        Assert.Contains("三个小时", (await clerk.GetAsync(list)).Text, StringComparison.Ordinal);

        await other.DoAsync((string)opened["id"]!, "name-persons", new JsonObject { ["about"] = new JsonArray(code) });

        Assert.DoesNotContain("三个小时", (await clerk.GetAsync(list)).Text, StringComparison.Ordinal);
        Assert.Contains("三个小时", (await other.GetAsync(list)).Text, StringComparison.Ordinal);
        Assert.Equal((403, "recused"), CodeOf(await clerk.PostAsync($"windows/{hall.Window}/evaluations/{await VersionAsync(other, hall)}/unmask", Reason())));
    }

    [Fact]
    public async Task Whoever_is_named_later_does_nothing_more_with_the_case_and_owns_it_no_more()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var security = await CaseWorker.SignInAsync(site, "security-administrator");
        using var clerk = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        await security.NameStaffAsync(clerk, code);
        var id = (string)(await clerk.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        Assert.Contains("三个小时", (await clerk.GetAsync("cases/" + id)).Text, StringComparison.Ordinal);

        // Whose account has which code is known some seconds after it was told: naming them once more takes the case from them then.
        var named = await Wait.ForAsync<JsonNode>("the owner is recused", async () =>
            await supervisor.DoAsync(id, "name-persons", new JsonObject { ["about"] = new JsonArray(code) }) is var json && (string?)json["owner"] is null ? json : null);

        Assert.Equal([code], named["about"]!.AsArray().Select(one => (string)one!));
        Assert.Equal(["persons-named", "owner-released"], named["timeline"]!.AsArray().Select(one => (string)one!["what"]!).Where(what => what is "persons-named" or "owner-released"));
        Assert.Equal(code, (string?)named["timeline"]!.AsArray().First(one => (string)one!["what"]! == "persons-named")!["details"]!["staff"]);
        await IsKeptFromAsync(clerk, hall, id, null);
        Assert.DoesNotContain(code, (await clerk.GetAsync("cases/" + id)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leads_those_complained_of_in_a_merged_case_is_kept_from_the_one_that_goes_on()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var head = await CaseWorker.SignInAsync(site, $"hall-manager@{hall.Id} case-officer@{hall.Id}");
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var theirs = (string)(await head.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var about = (string)(await officer.FileAsync(About(hall.Window, code)))["id"]!;
        Assert.Equal(head.Name, OwnerOf(await officer.GetAsync("cases/" + theirs)));
        // Who leads them is known some seconds after the account was opened.
        await IsWithheldAsync(about);

        await officer.DoAsync(about, "merge", new JsonObject { ["into"] = theirs });

        await IsWithheldAsync(theirs);
        await IsKeptFromAsync(head, hall, theirs, null);
        Assert.Null(OwnerOf(await officer.GetAsync("cases/" + theirs)));

        Task<JsonNode> IsWithheldAsync(string id) => Wait.ForAsync<JsonNode>("the head is recused", async () =>
            (await head.GetAsync("cases/" + id)).Json is var json && (string?)json["withheld"] == "recused" ? json : null);

        static string? OwnerOf(Answer answer) => (string?)answer.Json["owner"];
    }

    [Fact]
    public async Task A_leader_who_is_complained_of_is_not_their_own_superior_but_the_next_one_above_is()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var security = await CaseWorker.SignInAsync(site, "security-administrator");
        using var head = await CaseWorker.SignInAsync(site, $"hall-manager@{hall.Id}");
        using var above = await CaseWorker.SignInAsync(site, $"district-manager@{site.District}");
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        await security.NameStaffAsync(head, code);
        var id = (string)(await officer.FileAsync(About(hall.Window, code)))["id"]!;

        await IsKeptFromAsync(head, hall, id, null);
        await Wait.ForAsync<JsonNode>("the district's head is recused", async () =>
            (await above.GetAsync("cases/" + id)).Json is var json && (string?)json["withheld"] == "recused" ? json : null);
        Assert.Contains("三个小时", (await officer.GetAsync("cases/" + id)).Text, StringComparison.Ordinal);

        // Of a complaint about somebody else there the head is the superior, and the district's head is not.
        var beside = (string)(await officer.FileAsync(About(hall.Window, await site.NewStaffAsync())))["id"]!;
        await Wait.ForAsync<JsonNode>("the head is recused", async () =>
            (await head.GetAsync("cases/" + beside)).Json is var json && (string?)json["withheld"] == "recused" ? json : null);
        Assert.Contains("三个小时", (await above.GetAsync("cases/" + beside)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_complained_of_is_told_days_only_and_no_grade_and_finds_the_case_in_no_list()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var security = await CaseWorker.SignInAsync(site, "security-administrator");
        using var clerk = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var other = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{site.District}");
        await security.NameStaffAsync(clerk, code);
        var before = (string)(await other.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        var filed = await other.FileAsync(About(hall.Window, code));
        var (id, number) = ((string)filed["id"]!, (string)filed["number"]!);
        var after = (string)(await other.FileAsync(CaseWorker.Filing(hall.Window)))["id"]!;
        await other.AnswerAsync(id);
        Assert.Contains(id, (await other.GetAsync($"cases/{after}/duplicates")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(id, (await clerk.GetAsync($"cases/{after}/duplicates")).Text, StringComparison.Ordinal);
        Assert.Empty((await clerk.GetAsync($"cases/{id}/duplicates")).Json["candidates"]!.AsArray());
        await supervisor.DoAsync(id, "call-back", new JsonObject { ["reached"] = true, ["solved"] = true, ["grade"] = 2 });
        await other.DoAsync(id, "close");

        var (shown, theirs) = (await clerk.GetAsync("cases/" + id), await other.GetAsync("cases/" + id));
        Assert.Equal("recused", (string?)shown.Json["withheld"]);
        Assert.NotNull(shown.Json["closedAt"]);
        Assert.All(TimesIn(shown.Json), time => Assert.Equal(TimeSpan.Zero, time));
        Assert.Contains(TimesIn(theirs.Json), time => time != TimeSpan.Zero);
        Assert.All(shown.Json["clocks"]!.AsArray(), clock => Assert.Empty(clock!["explanationZh"]!.AsArray()));
        Assert.Equal(["2"], GradesIn(theirs.Json));
        Assert.Empty(GradesIn(shown.Json));

        Assert.Equal([after, id, before], await IdsAsync(other, "cases?node=" + hall.Id));
        Assert.Equal([after, before], await IdsAsync(clerk, "cases?node=" + hall.Id));
        Assert.Empty(await IdsAsync(clerk, "cases?q=" + number));
        // Nor does a place between two pages tell it.
        var next = (string)(await clerk.GetAsync($"cases?node={hall.Id}&limit=1")).Json["next"]!;
        Assert.EndsWith(after, next, StringComparison.Ordinal);
        var last = (await clerk.GetAsync($"cases?node={hall.Id}&limit=1&after={next}")).Json;
        Assert.Equal((before, false), ((string)Assert.Single(last["cases"]!.AsArray())!["id"]!, (bool)last["more"]!));
    }

    private static async Task<string[]> IdsAsync(CaseWorker worker, string path) =>
        [.. (await worker.GetAsync(path)).Json["cases"]!.AsArray().Select(one => (string)one!["id"]!)];

    private static IEnumerable<string> GradesIn(JsonNode answer) => answer["timeline"]!.AsArray().Select(one => (string?)one!["details"]!["grade"]).OfType<string>();

    // The times of day in China of all instants that an answer tells.
    private static IEnumerable<TimeSpan> TimesIn(JsonNode answer) => Regex.Matches(answer.ToJsonString(), "\"(\\d{4}-\\d\\d-\\d\\dT[^\"]+)\"")
        .Select(match => DateTimeOffset.Parse(Regex.Unescape(match.Groups[1].Value), CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(8)).TimeOfDay);

    private static async Task<long> VersionAsync(CaseWorker worker, OpenHall hall) =>
        (long)Assert.Single((await worker.GetAsync($"windows/{hall.Window}/evaluations?from={Some.Day(1):yyyy-MM-dd}&to={Some.Day(-1):yyyy-MM-dd}")).Json["evaluations"]!.AsArray())!["version"]!;

    private static async Task IsKeptFromAsync(CaseWorker worker, OpenHall hall, string id, string? file)
    {
        var shown = await worker.GetAsync("cases/" + id);
        Assert.Equal("recused", (string?)shown.Json["withheld"]);
        Assert.Empty(shown.Json["texts"]!.AsArray());
        Assert.Empty(shown.Json["steps"]!.AsArray());
        Assert.DoesNotContain("三个小时", shown.Text, StringComparison.Ordinal);
        Assert.Equal((403, "recused"), CodeOf(await worker.PostAsync($"cases/{id}/contact", Reason())));
        Assert.Equal((403, "recused"), CodeOf(await worker.SendFileAsync($"cases/{id}/files", SomeFile.Png, "image/png")));
        if (file is not null)
            Assert.Equal((403, "recused"), CodeOf(await worker.GetAsync($"cases/{id}/files/{file}")));
        Assert.DoesNotContain(id, (await worker.GetAsync($"cases?node={hall.Id}&q=三个小时")).Text, StringComparison.Ordinal);
        foreach (var step in CaseTable.Steps.Select(row => row.Word).Except(OfTheService))
            Assert.Equal((step, 403, "recused"), await worker.StepAsync(id, step, Everything(worker, hall, id, step)) is var answer ? (step, answer.Status, answer.Code) : default);
    }

    // All that any step asks for; words only where it takes any.
    private static JsonObject Everything(CaseWorker worker, OpenHall hall, string id, string step) => new()
    {
        ["lead"] = hall.Id,
        ["owner"] = worker.Name,
        ["about"] = new JsonArray(),
        ["category"] = "other",
        ["into"] = id,
        ["finding"] = "not",
        ["upheld"] = true,
        ["result"] = "done",
        ["channel"] = "phone",
        ["outcome"] = "reached",
        ["reached"] = true,
        ["solved"] = true,
        ["grade"] = 5,
        ["for"] = "overdue",
        ["clock"] = "completion",
        ["limit"] = "9wd",
        ["granted"] = true,
        ["told"] = true,
        ["reason"] = "须进一步核实",
        ["words"] = WithWords.Contains(step) ? "已说明" : null,
    };

    private static JsonObject About(string window, string code) => CaseWorker.Filing(window).With(("about", new JsonArray(code)));

    private static JsonObject Reason() => new() { ["reason"] = "回访投诉人核实情况，需电话联系" };

    private static IEnumerable<string> StepsOf(Answer answer) => answer.Json["steps"]!.AsArray().Select(step => (string)step!);

    private static (int, string?) CodeOf(Answer answer) => (answer.Status, answer.Code);
}
