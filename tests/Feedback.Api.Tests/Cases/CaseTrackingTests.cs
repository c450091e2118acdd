using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>What the citizen sees of a case, and does with it.</summary>
[Collection(OneSite.Name)]
public sealed class CaseTrackingTests(RunningSite site)
{
    [Fact]
    public async Task The_citizen_follows_by_code_or_by_number_and_never_reads_who_handles_it()
    {
        var (officer, filed) = await FileAsync();
        using var _ = officer;
        var id = (string)filed["id"]!;
        await officer.DoAsync(id, "note-progress", new JsonObject { ["words"] = "内部：先核对监控" });
        await officer.DoAsync(id, "note-progress", new JsonObject { ["words"] = "正在核实，三日内答复", ["told"] = true });
        await officer.AnswerAsync(id, "窗口已增派人手");

        var byCode = await PostAsync("", new JsonObject { ["code"] = (string)filed["trackingCode"]! });
        var byNumber = await PostAsync("", new JsonObject { ["number"] = (string)filed["number"]!, ["queryCode"] = (string)filed["queryCode"]! });

        Assert.Equal((200, byCode.Text), (byCode.Status, byNumber.Text));
        Assert.All([officer.Name, "account:", "监控", "谈话提醒", "13912345678"], secret => Assert.DoesNotContain(secret, byCode.Text, StringComparison.Ordinal));
        var shown = byCode.Json;
        Assert.Equal(("answered", true, true), ((string)shown["stage"]!, (bool)shown["handled"]!, (bool)shown["answered"]!));
        Assert.Null(shown["solved"]);
        Assert.Equal(
            [("opened", "等了三个小时，无人接待"), ("progressed", "正在核实，三日内答复"), ("handled", null), ("feedback-given", "窗口已增派人手")],
            shown["timeline"]!.AsArray().Select(one => ((string)one!["what"]!, (string?)one["words"])));
        Assert.Equal(["confirm", "dispute"], shown["steps"]!.AsArray().Select(step => (string)step!).Order());
    }

    [Fact]
    public async Task Wrong_codes_and_missing_cases_look_the_same()
    {
        var (officer, filed) = await FileAsync();
        officer.Dispose();
        var wrong = (string)filed["queryCode"]! == "000000" ? "000001" : "000000";

        var answers = new[]
        {
            await PostAsync("", new JsonObject { ["number"] = (string)filed["number"]!, ["queryCode"] = wrong }),
            await PostAsync("", new JsonObject { ["number"] = "20260302-0415926-0", ["queryCode"] = wrong }),
            await PostAsync("", new JsonObject { ["code"] = new string('A', 44) }),
            await PostAsync("/steps", new JsonObject { ["code"] = "x", ["step"] = "urge" }),
        };

        Assert.All(answers, answer => Assert.Equal((404, "lookup-wrong", answers[0].Text), (answer.Status, answer.Code, answer.Text)));
    }

    [Fact]
    public async Task After_five_wrong_tries_not_even_the_right_code_opens_a_number()
    {
        var (officer, filed) = await FileAsync();
        officer.Dispose();
        var wrong = (string)filed["queryCode"]! == "000000" ? "000001" : "000000";
        for (var tries = 0; tries < 5; tries++)
            await PostAsync("", new JsonObject { ["number"] = (string)filed["number"]!, ["queryCode"] = wrong });

        Assert.Equal("lookup-wrong", (await PostAsync("", new JsonObject { ["number"] = (string)filed["number"]!, ["queryCode"] = (string)filed["queryCode"]! })).Code);
        Assert.Equal(200, (await PostAsync("", new JsonObject { ["code"] = (string)filed["trackingCode"]! })).Status);
    }

    [Fact]
    public async Task The_citizen_confirms_reopens_twice_and_then_files_anew()
    {
        var (officer, filed) = await FileAsync("question");
        using var _ = officer;
        var (id, code) = ((string)filed["id"]!, (string)filed["trackingCode"]!);
        await officer.AnswerAsync(id);

        var confirmed = await StepAsync(code, "confirm", new JsonObject { ["grade"] = 5 });
        Assert.Equal(("closed", true), ((string)confirmed.Json["stage"]!, (bool)confirmed.Json["solved"]!));
        for (var times = 0; times < 2; times++)
        {
            var reopened = await StepAsync(code, "reopen", new JsonObject { ["words"] = "又发生了" });
            Assert.Equal(("handling", false), ((string)reopened.Json["stage"]!, (bool)reopened.Json["solved"]!));
            await officer.AnswerAsync(id);
            await StepAsync(code, "confirm");
        }

        var often = await StepAsync(code, "reopen", new JsonObject { ["words"] = "又发生了" });
        Assert.Equal((409, "reopen-often"), (often.Status, often.Code));
        Assert.Equal("closed", (string)(await officer.GetAsync("cases/" + id)).Json["stage"]!);
    }

    [Fact]
    public async Task The_citizen_says_that_it_is_not_solved_and_asks_to_hurry()
    {
        var (officer, filed) = await FileAsync();
        using var _ = officer;
        var (id, code) = ((string)filed["id"]!, (string)filed["trackingCode"]!);

        Assert.Equal((409, "answer-missing"), CodeOf(await StepAsync(code, "confirm")));
        Assert.Equal(200, (await StepAsync(code, "urge")).Status);
        await officer.AnswerAsync(id);
        Assert.Equal("handling", (string)(await StepAsync(code, "dispute", new JsonObject { ["words"] = "还是老样子" })).Json["stage"]!);
        var shown = (await officer.GetAsync("cases/" + id)).Json;
        Assert.Equal((1, false), ((int)shown["urged"]!, (bool)shown["solved"]!));
        Assert.Contains("还是老样子", shown["texts"]!.AsArray().Select(text => (string?)text!["text"]));
    }

    [Fact]
    public async Task Asking_to_hurry_counts_once_a_day_whatever_its_id()
    {
        var (officer, filed) = await FileAsync();
        using var _ = officer;
        var code = (string)filed["trackingCode"]!;

        foreach (var id in new[] { null, "a", "b" })
            Assert.Equal(200, (await StepAsync(code, "urge", new JsonObject { ["id"] = id })).Status);

        Assert.Equal(1, (int)(await officer.GetAsync("cases/" + (string)filed["id"]!)).Json["urged"]!);
    }

    [Fact]
    public async Task A_file_that_the_citizen_sends_again_is_kept_once_and_another_under_its_id_is_refused()
    {
        var (officer, filed) = await FileAsync();
        using var _ = officer;
        var code = (string)filed["trackingCode"]!;

        var (first, again) = (await SendFileAsync(code, SomeFile.Jpeg, "image/jpeg", "f-1"), await SendFileAsync(code, SomeFile.Jpeg, "image/jpeg", "f-1"));
        var other = await SendFileAsync(code, SomeFile.Pdf, "application/pdf", "f-1");
        var tooLong = await SendFileAsync(code, SomeFile.Pdf, "application/pdf", new string('f', 101));

        Assert.Equal((200, first.Text), (again.Status, again.Text));
        Assert.Single(again.Json["files"]!.AsArray());
        Assert.Equal((409, "file-id-taken"), CodeOf(other));
        Assert.Equal((400, "id"), (tooLong.Status, tooLong.Field));
        Assert.Equal(2, (await SendFileAsync(code, SomeFile.Pdf, "application/pdf", "f-2")).Json["files"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("close", "step-unknown", "step")]
    [InlineData("handle", "step-unknown", "step")]
    [InlineData("give-feedback", "step-unknown", "step")]
    public async Task Steps_of_the_office_are_none_of_the_citizens(string step, string code, string field)
    {
        var (officer, filed) = await FileAsync();
        officer.Dispose();
        var answer = await StepAsync((string)filed["trackingCode"]!, step);
        Assert.Equal((400, code, field), (answer.Status, answer.Code, answer.Field));
    }

    [Fact]
    public async Task The_citizen_sends_files_that_are_checked_and_sees_the_own_only()
    {
        var (officer, filed) = await FileAsync();
        using var _ = officer;
        var (id, code) = ((string)filed["id"]!, (string)filed["trackingCode"]!);
        await officer.SendFileAsync($"cases/{id}/files", SomeFile.Pdf, "application/pdf");

        var sent = await SendFileAsync(code, SomeFile.Jpeg, "image/jpeg");
        var disguised = await SendFileAsync(code, SomeFile.Html, "image/jpeg");
        var nobodys = await SendFileAsync(new string('A', 44), SomeFile.Jpeg, "image/jpeg");

        Assert.Equal("image/jpeg", (string)Assert.Single(sent.Json["files"]!.AsArray())!["type"]!);
        Assert.Equal((415, "file-type-refused"), CodeOf(disguised));
        Assert.Equal((404, "lookup-wrong"), CodeOf(nobodys));
        Assert.Equal(2, (await officer.GetAsync("cases/" + id)).Json["files"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_citizen_opens_the_own_files_again_and_none_of_the_office()
    {
        var (officer, filed) = await FileAsync();
        using var _ = officer;
        var (id, code) = ((string)filed["id"]!, (string)filed["trackingCode"]!);
        var offices = (string)(await officer.SendFileAsync($"cases/{id}/files", SomeFile.Pdf, "application/pdf")).Json["file"]!["file"]!;
        var own = (string)(await SendFileAsync(code, SomeFile.Jpeg, "image/jpeg")).Json["files"]![0]!["file"]!;
        var (other, others) = await FileAsync();
        other.Dispose();

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/case-tracking/files/{own}?code={code}");
        using var http = new HttpClient { BaseAddress = site.Url };
        using var response = await http.SendAsync(request);
        Assert.Equal(SomeFile.Jpeg, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/jpeg", "attachment"), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.DispositionType));
        Assert.StartsWith("sandbox", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(response.Headers.CacheControl!.NoStore);

        foreach (var (file, shown, refused) in new[] { (offices, code, "file-unknown"), (own, (string)others["trackingCode"]!, "file-unknown"), (own, new string('A', 44), "lookup-wrong"), (own, "", "lookup-wrong") })
            Assert.Equal((404, refused), CodeOf(await site.Client.GetAsync($"/api/v1/case-tracking/files/{file}?code={shown}", token: null)));
    }

    private async Task<(CaseWorker Officer, JsonNode Filed)> FileAsync(string kind = "complaint")
    {
        var hall = await site.NewHallAsync();
        var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        return (officer, await officer.FileAsync(CaseWorker.Filing(hall.Window, kind: kind)));
    }

    private Task<Answer> StepAsync(string code, string step, JsonObject? more = null)
    {
        var body = more ?? [];
        (body["code"], body["step"]) = (code, step);
        return PostAsync("/steps", body);
    }

    private Task<Answer> PostAsync(string path, JsonObject body) =>
        SendAsync(path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    private Task<Answer> SendFileAsync(string code, byte[] content, string type, string? id = null)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(type);
        return SendAsync("/files?code=" + code + (id is null ? "" : "&id=" + id), body);
    }

    private async Task<Answer> SendAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/case-tracking" + path) { Content = content };
        return await site.Client.SendAsync(request);
    }

    private static (int, string?) CodeOf(Answer answer) => (answer.Status, answer.Code);
}
