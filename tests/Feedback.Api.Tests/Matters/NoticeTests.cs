using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Organisation;
using UglyToad.PdfPig;
using Xunit;

namespace Feedback.Api.Tests.Matters;

/// <summary>The acceptance notice as a page and on paper.</summary>
[Collection(OneSite.Name)]
public sealed class NoticeTests(RunningSite site)
{
    [Fact]
    public async Task The_notice_tells_exactly_what_is_missing_in_both_languages_as_a_page_and_as_a_PDF()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        await DiscloseAsync(counter.Item, "《道路运输条例》第二十四条");
        var matter = await counter.AcceptedAsync();
        var path = $"{MatterCounter.Path}/{matter["id"]}/notice";

        var page = await counter.GetAsync(path, "zh-CN");
        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        var style = page.Text[(page.Text.IndexOf("<style>", StringComparison.Ordinal) + 7)..page.Text.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Text, StringComparison.Ordinal);
        string[] told =
        [
            "受理告知单", "道路货物运输经营许可", (string)matter["acceptanceNumber"]!, "营业执照副本", "补正后继续办理", "车辆照片", "容缺受理，可后补", "无犯罪记录证明",
            "告知承诺，以承诺代替", "10个工作日", "待补正材料齐全后起算", "《道路运输条例》第二十四条", "有权查询办理进度", "第二次来办即予办结",
        ];
        var text = WebUtility.HtmlDecode(page.Text);
        Assert.All(told, words => Assert.Contains(words, text, StringComparison.Ordinal));

        var pdf = TextOf(await counter.FileAsync(path + "?format=pdf&language=zh"));
        Assert.All(told, words => Assert.Contains(words, pdf, StringComparison.Ordinal));
        var english = TextOf(await counter.FileAsync(path + "?format=pdf&language=en"));
        string[] translated = ["Acceptancenotice", "Documentsthataremissing", "Roadfreightlicence", "10workingdays", "营业执照副本"];
        Assert.All(translated, words => Assert.Contains(words, english, StringComparison.Ordinal));
        Assert.Equal((400, "notice-format-unknown"), ((await counter.GetAsync(path + "?format=docx")).Status, (await counter.GetAsync(path + "?format=docx")).Code));
        Assert.Equal("language-unknown", (await counter.GetAsync(path + "?language=fr")).Code);
    }

    [Fact]
    public async Task A_matter_with_all_documents_tells_that_nothing_is_missing_and_its_deadline()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var body = counter.Acceptance();
        body["missing"] = null;
        var matter = (await counter.AcceptAsync(body)).Json;
        var text = WebUtility.HtmlDecode((await counter.GetAsync($"{MatterCounter.Path}/{matter["id"]}/notice", "zh-CN")).Text);
        Assert.Contains("材料齐全", text, StringComparison.Ordinal);
        Assert.Contains("期限如何计算", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<table>", text, StringComparison.Ordinal);
        if ((string?)matter["deadline"] is { } deadline)
            Assert.Contains(DateTimeOffset.Parse(deadline, CultureInfo.InvariantCulture).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_holds_the_notice_sees_it_and_how_the_matter_stands_and_nobody_else_does()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        var matter = await counter.AcceptedAsync();
        var path = (string)matter["noticePath"]!;
        var held = await site.Client.GetAsync(path, token: null, language: "zh-CN");
        Assert.Contains("办理中", WebUtility.HtmlDecode(held.Text), StringComparison.Ordinal);
        await counter.StepAsync(matter, new JsonObject { ["step"] = "complete", ["result"] = "granted" });
        Assert.Contains("已办结", WebUtility.HtmlDecode((await site.Client.GetAsync(path, token: null, language: "zh-CN")).Text), StringComparison.Ordinal);

        Assert.Equal(401, (await site.Client.GetAsync($"{MatterCounter.Path}/{matter["id"]}/notice", token: null)).Status);
        var forged = await site.Client.GetAsync(path[..^3] + "AAA", token: null);
        Assert.Equal((404, "matter-unknown"), (forged.Status, forged.Code));
    }

    [Fact]
    public async Task A_notice_tells_what_was_published_when_the_matter_was_accepted()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        await DiscloseAsync(counter.Item, "旧法第一条");
        var matter = await counter.AcceptedAsync();
        await DiscloseAsync(counter.Item, "新法第二条");
        var text = WebUtility.HtmlDecode((await counter.GetAsync($"{MatterCounter.Path}/{matter["id"]}/notice", "zh-CN")).Text);
        Assert.Contains("旧法第一条", text, StringComparison.Ordinal);
        Assert.DoesNotContain("新法第二条", text, StringComparison.Ordinal);
        Assert.Equal("新法第二条", (string?)(await site.Client.GetAsync($"/api/v1/service-items/{counter.Item}/disclosure", token: null)).Json["sections"]!["basis"]![0]!["zh"]);
    }

    [Fact]
    public async Task Its_title_is_the_one_of_the_policy_at_the_hall()
    {
        using var counter = await MatterCounter.OpenAsync(site);
        await site.Bureau.DecideAsync(StreamName.Policies, _ => new Decision([new PolicySet
        {
            Salt = Some.Salt(),
            Node = new NodeId(counter.Hall.Id),
            Subject = PolicySubjects.Notice.Word,
            From = Some.Day(3),
            Text = PolicySubjects.Notice.Write(new NoticePolicy("一次性告知书", "One-time notice")),
        }]));
        var matter = await counter.AcceptedAsync();
        var pdf = await counter.FileAsync($"{MatterCounter.Path}/{matter["id"]}/notice?format=pdf&language=zh");
        using var document = PdfDocument.Open(pdf);
        Assert.Equal("一次性告知书", document.Information.Title);
        Assert.Contains("一次性告知书", TextOf(pdf), StringComparison.Ordinal);
    }

    private Task DiscloseAsync(string item, string basis) => site.Bureau.DecideAsync(StreamName.Catalogue, _ => new Decision([new ServiceItemDisclosed
    {
        Salt = Some.Salt(),
        Code = item,
        Sections = ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>>.Empty
            .Add(DisclosureSection.Basis, [new DisclosedLine(basis, null)]).Add(DisclosureSection.Rights, [new DisclosedLine("有权查询办理进度", null)]),
    }]));

    private static string TextOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return string.Concat(document.GetPages().SelectMany(page => page.Text).Where(character => !char.IsWhiteSpace(character)));
    }
}
