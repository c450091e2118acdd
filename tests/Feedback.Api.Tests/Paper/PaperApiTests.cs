using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Evaluations;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Xunit;

namespace Feedback.Api.Tests.Paper;

/// <summary>Batches of printed forms over REST.</summary>
[Collection(OneSite.Name)]
public sealed class PaperApiTests(RunningSite site)
{
    [Fact]
    public async Task A_batch_goes_from_its_opening_to_its_closing_and_its_forms_are_evaluations()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var batch = await clerk.OpenAsync(hall.Window, collected: 3);

        var keyed = await clerk.KeyAsync(batch, PaperClerk.Form(1, 5, "服务很好，谢谢"), PaperClerk.Form(2, 1));
        Assert.Equal((200, 2, 0), (keyed.Status, (int)keyed.Json["stored"]!, keyed.Json["refused"]!.AsArray().Count));
        Assert.Equal(200, (await clerk.PostAsync(batch + "/spoilt", new JsonObject { ["form"] = 3, ["reason"] = "blank" })).Status);
        var view = (await clerk.GetAsync(batch)).Json;
        Assert.Equal((2, 1, 0), ((int)view["valid"]!, (int)view["spoilt"]!, (int)view["difference"]!));
        Assert.Equal((3, 20, 0.15), ((int)view["returnRate"]!["count"]!, (int)view["returnRate"]!["of"]!, (double)view["returnRate"]!["value"]!));
        Assert.Equal((2, 3), ((int)view["validRate"]!["count"]!, (int)view["validRate"]!["of"]!));

        var drawn = (int)Assert.Single(view["toRecheck"]!.AsArray())!;
        Assert.Equal("paper-recheck-left", (string?)(await clerk.PostAsync(batch + "/close", new JsonObject(), "*")).Json["code"]);
        Assert.Equal(200, (await clerk.RecheckAsync(batch, drawn == 1 ? PaperClerk.Form(1, 5, "服务很好，谢谢") : PaperClerk.Form(2, 1))).Status);
        var closed = await clerk.PostAsync(batch + "/close", new JsonObject(), "*");
        Assert.Equal((200, "account:" + clerk.Name, null), (closed.Status, (string?)closed.Json["closing"]!["by"], (string?)closed.Json["closing"]!["reason"]));
        Assert.Equal("paper-closed", (string?)(await clerk.KeyAsync(batch, PaperClerk.Form(4))).Json["code"]);

        using var official = await Official.SignInAsync(site, $"case-officer@{hall.Id}");
        var list = (await official.ListAsync(hall.Window)).Json["evaluations"]!.AsArray();
        Assert.Equal(["paper", "paper"], list.Select(one => (string?)one!["channel"]));
        await site.VerifyAsync();
    }

    [Fact]
    public async Task A_form_keyed_twice_counts_once_and_another_under_its_number_is_refused_in_the_readers_language()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var batch = await clerk.OpenAsync(hall.Window);
        await clerk.KeyAsync(batch, PaperClerk.Form(1));

        Assert.Equal((0, 1), ((int)(await clerk.KeyAsync(batch, PaperClerk.Form(1))).Json["repeated"]! - 1, (int)(await clerk.GetAsync(batch)).Json["valid"]!));
        var other = await clerk.PostAsync(batch + "/forms", new JsonObject { ["forms"] = new JsonArray(PaperClerk.Form(1, 2)) }, language: "zh-CN");
        Assert.Equal((409, "paper-form-keyed", "第 1 号表格已录入，且内容不同。请核对编号，或予以更正。"), (other.Status, (string?)other.Json["code"], (string?)other.Json["title"]));
        Assert.Equal(1, await EvaluationsAsync(hall.Window));
    }

    [Fact]
    public async Task Where_some_forms_are_stored_the_others_are_told_one_by_one()
    {
        var hall = await site.NewHallAsync(windows: 2);
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var batch = await clerk.OpenAsync(hall.Id);
        JsonObject good = PaperClerk.Form(1), byCode = PaperClerk.Form(2), nowhere = PaperClerk.Form(3), foreign = PaperClerk.Form(4), late = PaperClerk.Form(5);
        good["window"] = hall.Window;
        byCode["window"] = "w-2";
        foreign["window"] = site.ForeignHall.Window;
        (late["window"], late["day"]) = (hall.Window, PaperClerk.Day(8));

        var answer = await clerk.KeyAsync(batch, good, byCode, nowhere, foreign, late);

        Assert.Equal((200, 2), (answer.Status, (int)answer.Json["stored"]!));
        Assert.Equal(
            [(3, "member-missing"), (4, "paper-window-elsewhere"), (5, "paper-day-outside")],
            answer.Json["refused"]!.AsArray().Select(one => ((int)one!["form"]!, (string)one["code"]!)));
        Assert.Equal(1, await EvaluationsAsync(hall.Windows[1]));
    }

    [Fact]
    public async Task A_difference_is_told_with_both_readings_and_a_correction_excludes_what_was_mistyped()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var batch = await clerk.OpenAsync(hall.Window, collected: 1);
        await clerk.KeyAsync(batch, PaperClerk.Form(1, 5));
        var recheck = await clerk.RecheckAsync(batch, PaperClerk.Form(1, 2));
        var dispute = Assert.Single(recheck.Json["disputes"]!.AsArray())!;
        Assert.Equal((5, 2, "dimensions.attitude"), ((int)dispute["first"]!["grade"]!, (int)dispute["second"]!["grade"]!, (string)dispute["fields"]![1]!));
        Assert.Equal("paper-disputed", (string?)(await clerk.PostAsync(batch + "/close", new JsonObject(), "*")).Json["code"]);

        Assert.Equal(428, (await clerk.PostAsync(batch + "/solutions", PaperClerk.Form(1, 2))).Status);
        Assert.Equal(412, (await clerk.PostAsync(batch + "/solutions", PaperClerk.Form(1, 2), "\"1\"")).Status);
        var solved = await clerk.PostAsync(batch + "/solutions", PaperClerk.Form(1, 2), recheck.Tag);
        Assert.Equal((200, 0, 1), (solved.Status, solved.Json["disputes"]!.AsArray().Count, (int)solved.Json["valid"]!));
        Assert.Equal(200, (await clerk.PostAsync(batch + "/close", new JsonObject(), solved.Tag)).Status);

        var events = (await site.Service<IJournal>().ReadAsync(StreamName.Window(new NodeId(hall.Window)), 0, 100)).SelectMany(EventText.Read).Select(one => one.Happened).ToList();
        Assert.Equal([5, 2], events.OfType<EvaluationAccepted>().Select(one => (int)one.Evaluation.Grade!));
        Assert.Equal("paper-mistyped", Assert.Single(events.OfType<EvaluationExcluded>()).Reason);
    }

    [Fact]
    public async Task Nobody_excludes_a_rating_by_correcting_a_form_alone_but_who_may_exclude_it_from_outside()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var batch = await clerk.OpenAsync(hall.Window, collected: 1);
        await clerk.KeyAsync(batch, PaperClerk.Form(1, 3));
        var own = await clerk.PostAsync(batch + "/rechecks", PaperClerk.Form(1, 5), language: "zh-CN");
        Assert.Equal((409, "第 1 号表格由您首次录入，或两次由同一人录入：请由另一人复录。"), (own.Status, (string?)own.Json["title"]));
        var alone = await clerk.PostAsync(batch + "/solutions", PaperClerk.Form(1, 5), "*");
        Assert.Equal((409, "paper-form-undisputed"), (alone.Status, (string?)alone.Json["code"]));
        Assert.Equal(1, await EvaluationsAsync(hall.Window));

        using var inside = await PaperClerk.SignInAsync(site, hall.Id, "supervisor");
        Assert.Equal("paper-form-undisputed", (string?)(await inside.PostAsync(batch + "/solutions", PaperClerk.Form(1, 5), "*")).Json["code"]);
        using var supervisor = await PaperClerk.SignInAsync(site, site.District.Value, "supervisor");
        Assert.Equal(200, (await supervisor.PostAsync(batch + "/solutions", PaperClerk.Form(1, 5), "*")).Status);
        Assert.Equal(2, await EvaluationsAsync(hall.Window));
    }

    [Fact]
    public async Task Whoever_keyed_a_form_first_does_not_say_that_they_were_right_and_who_read_it_otherwise_does()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var batch = await clerk.OpenAsync(hall.Window, collected: 1);
        await clerk.KeyAsync(batch, PaperClerk.Form(1, 5));
        await clerk.RecheckAsync(batch, PaperClerk.Form(1, 2));

        var keep = new JsonObject { ["form"] = 1, ["keep"] = true };
        var own = await clerk.PostAsync(batch + "/solutions", keep, "*", language: "zh-CN");
        Assert.Equal(
            (409, "paper-keep-own", "第 1 号表格由您首次录入，而另一人录入的不同：首次录入是否正确，须由复录人或第三人确认。"),
            (own.Status, (string?)own.Json["code"], (string?)own.Json["title"]));
        Assert.Equal("paper-keep-own", (string?)(await clerk.PostAsync(batch + "/solutions", PaperClerk.Form(1, 5), "*")).Json["code"]);
        var other = await clerk.SendAsync(batch + "/solutions", new StringContent(keep.ToJsonString(), Encoding.UTF8, "application/json"), "*", by: clerk.Other);
        Assert.Equal((200, 0), (other.Status, other.Json["disputes"]!.AsArray().Count));
        Assert.Equal(1, await EvaluationsAsync(hall.Window));
    }

    [Fact]
    public async Task Counts_that_differ_need_a_reason_that_stays()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var batch = await clerk.OpenAsync(hall.Window, collected: 2);
        await clerk.PostAsync(batch + "/spoilt", new JsonObject { ["form"] = 1, ["reason"] = "torn" });

        var refused = await clerk.PostAsync(batch + "/close", new JsonObject(), "*");
        Assert.Equal((409, "paper-difference"), (refused.Status, (string?)refused.Json["code"]));
        Assert.Equal(400, (await clerk.PostAsync(batch + "/close", new JsonObject { ["reason"] = "ask 13812345678" }, "*")).Status);
        Assert.Equal(200, (await clerk.PostAsync(batch + "/close", new JsonObject { ["reason"] = "雨中遗失一张" }, "*")).Status);
        var listed = (await clerk.GetAsync("?node=" + hall.Id)).Json["batches"]!.AsArray().Single(one => "/" + (string)one!["id"]! == batch)!;
        Assert.Equal((1, "雨中遗失一张"), ((int)listed["difference"]!, (string?)listed["closing"]!["reason"]));
    }

    [Theory]
    [InlineData("{\"form\":1}", "member-missing", "forms[0].grade")]
    [InlineData("{\"form\":1,\"grade\":6}", "grade-out-of-range", "forms[0].grade")]
    [InlineData("{\"form\":0,\"grade\":5}", "count-invalid", "form")]
    [InlineData("{\"form\":21,\"grade\":5}", "count-invalid", "form")]
    [InlineData("{\"form\":1.5,\"grade\":5}", "count-invalid", "forms[0].form")]
    [InlineData("{\"form\":1,\"grade\":5,\"dimensions\":{\"beauty\":5}}", "dimension-unknown", "dimensions.beauty")]
    [InlineData("{\"form\":1,\"grade\":5,\"dimensions\":[5]}", "object-expected", "dimensions")]
    [InlineData("{\"form\":1,\"grade\":5,\"comment\":\"\\u0000\"}", "text-invalid", "forms[0].comment")]
    [InlineData("{\"form\":1,\"grade\":5,\"comment\":\"\\ud800\"}", "text-invalid", "forms[0].comment")]
    [InlineData("{\"form\":1,\"grade\":5,\"day\":\"today\"}", "day-invalid", "forms[0].day")]
    [InlineData("{\"form\":1,\"grade\":5,\"origin\":\"default\"}", "member-unknown", "origin")]
    [InlineData("5", "object-expected", null)]
    public async Task What_is_no_form_is_refused_by_name(string form, string code, string? field)
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var batch = await clerk.OpenAsync(hall.Window);
        var answer = await clerk.SendAsync(batch + "/forms", new StringContent($"{{\"forms\":[{form}]}}", Encoding.UTF8, "application/json"));
        Assert.Equal((code, field), ((string?)answer.Json["code"], (string?)answer.Json["field"]));
        Assert.Equal(0, await EvaluationsAsync(hall.Window));
    }

    [Fact]
    public async Task A_file_is_keyed_whole_or_not_at_all_and_the_same_once_more_changes_nothing()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var batch = await clerk.OpenAsync(hall.Window);
        var broken = await FileAsync("编号,总体评价,服务态度,意见,废票\n1,5,4,很好,\n2,优秀,,,\n");
        Assert.Equal((200, 0, 3L, "总体评价"), (broken.Status, (int)broken.Json["stored"]!, (long)broken.Json["errors"]![0]!["row"]!, (string?)broken.Json["errors"]![0]!["column"]));
        Assert.Equal(0, await EvaluationsAsync(hall.Window));

        const string Good = "编号,总体评价,服务态度,意见,废票\n1,5,4,很好,\n2,不满意,2,,\n3,,,,空白\n99,5,,,\n";
        var (first, again) = (await FileAsync(Good), await FileAsync(Good));
        Assert.Equal((2, 0, 1), ((int)first.Json["stored"]!, (int)first.Json["repeated"]!, (int)first.Json["spoilt"]!));
        Assert.Equal((99, "count-invalid"), ((int)first.Json["refused"]![0]!["form"]!, (string?)first.Json["refused"]![0]!["code"]));
        Assert.Equal((0, 2, 1), ((int)again.Json["stored"]!, (int)again.Json["repeated"]!, (int)again.Json["spoilt"]!));
        Assert.Equal(2, await EvaluationsAsync(hall.Window));
        Assert.Equal("file-missing", (string?)(await FileAsync("")).Json["code"]);
        Assert.Equal(415, (await clerk.SendAsync(batch + "/file", new StringContent(Good, Encoding.UTF8, "text/plain"))).Status);

        Task<(int Status, JsonNode Json, string? Tag)> FileAsync(string text) => clerk.SendAsync(batch + "/file", new StringContent(text, Encoding.UTF8, "text/csv"));
    }

    [Fact]
    public async Task Nobody_at_a_window_keys_the_forms_about_themselves_and_nobody_pretends_to_be_paper()
    {
        var hall = await site.NewHallAsync();
        using var staff = await Official.SignInAsync(site, $"window-staff@{hall.Window}");
        Assert.Equal(403, (await staff.GetAsync(PaperClerk.Path)).Status);

        var pushed = await site.Client.PushAsync(Some.Evaluation(hall.Window, 5).With(("source", "paper:p1-1"), ("id", "1")));
        Assert.Equal((400, "source-reserved"), (pushed.Status, (string?)pushed.Json["code"]));
    }

    [Fact]
    public async Task Comments_of_forms_are_erased_like_those_of_every_evaluation()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await PaperClerk.SignInAsync(site, hall.Id);
        var batch = await clerk.OpenAsync(hall.Window);
        await clerk.KeyAsync(batch, PaperClerk.Form(1, 5, "请回电 13812345678"));
        using var security = await Official.SignInAsync(site, "security-administrator");
        var erased = await security.DoAsync(hall.Window, 1, "erase");
        Assert.Equal(200, erased.Status);

        // Nothing is left to compare with: the same number and answers are the same form.
        Assert.Equal(1, (int)(await clerk.KeyAsync(batch, PaperClerk.Form(1, 5, "other words"))).Json["repeated"]!);
        var recheck = await clerk.RecheckAsync(batch, PaperClerk.Form(1, 5, "other words"));
        Assert.Empty(recheck.Json["disputes"]!.AsArray());
        await site.VerifyAsync();
    }

    private async Task<int> EvaluationsAsync(string window) =>
        (await site.Service<IJournal>().ReadAsync(StreamName.Window(new NodeId(window)), 0, 1000)).SelectMany(EventText.Read).Count(one => one.Happened is EvaluationAccepted);
}
