using System.Text;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Xunit;

namespace Feedback.Api.Tests.Policies;

/// <summary>Documents that are no policies and years that are no calendars: each is refused by the member and the mend, and changes nothing.</summary>
[Collection(OneSite.Name)]
public sealed class UglyPolicyTests(RunningSite site)
{
    [Theory]
    [InlineData("feedback", "", "json-malformed", null)]
    [InlineData("feedback", "{", "json-malformed", null)]
    [InlineData("feedback", "null", "object-expected", null)]
    [InlineData("feedback", "[]", "object-expected", null)]
    [InlineData("feedback", "\"{}\"", "object-expected", null)]
    [InlineData("feedback", """{"attempts":0}""", "count-invalid", "attempts")]
    [InlineData("feedback", """{"attempts":21}""", "count-invalid", "attempts")]
    [InlineData("feedback", """{"attempts":3.5}""", "count-invalid", "attempts")]
    [InlineData("feedback", """{"attempts":1e400}""", "count-invalid", "attempts")]
    [InlineData("feedback", """{"attempts":"3"}""", "count-invalid", "attempts")]
    [InlineData("feedback", """{"attempts":3,"attempts":4}""", "policy-member-twice", "attempts")]
    [InlineData("feedback", """{"attempt":3}""", "policy-member-unknown", "attempt")]
    [InlineData("feedback", """{"":3}""", "policy-member-unknown", "")]
    [InlineData("feedback", """{"\ud800":3}""", "policy-name", "text")]
    [InlineData("reopen", """{"within":"30h"}""", "policy-limit-days", "within")]
    [InlineData("reopen", """{"within":30}""", "time-limit-invalid", "within")]
    [InlineData("reopen", """{"within":"0d"}""", "time-limit-invalid", "within")]
    [InlineData("reopen", """{"within":"-3d"}""", "time-limit-invalid", "within")]
    [InlineData("reopen", """{"within":"99999d"}""", "time-limit-invalid", "within")]
    [InlineData("reopen", """{"within":"３０d"}""", "time-limit-invalid", "within")]
    [InlineData("reopen", """{"within":"\udc00"}""", "time-limit-invalid", "within")]
    [InlineData("case-limits", """{"rules":{}}""", "policy-list", "rules")]
    [InlineData("case-limits", """{"rules":[5]}""", "policy-object", "rules[0]")]
    [InlineData("case-limits", """{"rules":[{"limits":{}}]}""", "policy-member-missing", "rules[0].kind")]
    [InlineData("case-limits", """{"rules":[{"kind":"quarrel"}]}""", "policy-word", "rules[0].kind")]
    [InlineData("case-limits", """{"rules":[{"kind":"praise"},{"kind":"praise"}]}""", "policy-twice", "rules[1]")]
    [InlineData("case-limits", """{"rules":[{"kind":"praise","limits":{"lunch":"1h"}}]}""", "policy-member-unknown", "rules[0].limits.lunch")]
    [InlineData("case-limits", """{"rules":[{"kind":"praise","limits":{"first-response":"soon"}}]}""", "time-limit-invalid", "rules[0].limits.first-response")]
    [InlineData("case-limits", """{"warnBefore":"100%"}""", "policy-warn", "warnBefore")]
    [InlineData("case-limits", """{"escalation":[{"to":"mayor"}]}""", "policy-word", "escalation[0].to")]
    [InlineData("bad-rating", """{"opensUpTo":3}""", "count-invalid", "opensUpTo")]
    [InlineData("bad-rating", """{"verifiedBy":"\ud83d"}""", "policy-word", "verifiedBy")]
    [InlineData("hotline", """{"extensionBeforeExpiry":"perhaps"}""", "policy-word", "extensionBeforeExpiry")]
    [InlineData("routing", """{"routes":[{"category":"fees","lead":"the hall"}]}""", "policy-node", "routes[0].lead")]
    [InlineData("routing", """{"routes":[{"category":"fees","lead":"n999999"}]}""", "node-unknown", "routes")]
    [InlineData("categories", """{"categories":[{"code":"a b","zh":"一","en":"A"}]}""", "policy-code", "categories[0].code")]
    [InlineData("categories", """{"categories":[{"code":"a","zh":"一","en":"A","parent":"a"}]}""", "policy-parent-circle", "categories[0].parent")]
    [InlineData("categories", """{"categories":[{"code":"a","zh":"一","en":"A","parent":"b"}]}""", "policy-parent-unknown", "categories[0].parent")]
    [InlineData("default-rule", """{"used":1}""", "policy-word", "used")]
    [InlineData("default-rule", """{"days":366}""", "count-invalid", "days")]
    [InlineData("default-rule", """{"grade":"3"}""", "count-invalid", "grade")]
    [InlineData("acceptance-notice", """{"zh":""}""", "policy-text", "zh")]
    [InlineData("acceptance-notice", """{"zh":"告\u0000知"}""", "policy-text", "zh")]
    [InlineData("acceptance-notice", """{"zh":"告\n知"}""", "policy-text", "zh")]
    [InlineData("acceptance-notice", """{"zh":"\ud800"}""", "policy-text", "zh")]
    public async Task A_document_that_is_none_is_refused_by_its_member(string subject, string body, string code, string? field)
    {
        var hall = await site.NewHallAsync();
        using var desk = await PolicyDesk.OpenAsync(site);
        var before = await HeadAsync();

        var answers = new[] { "en", "zh-CN" }.Select(language => desk.PutAsync($"policies/{subject}?node={hall.Id}", body, language)).ToList();

        foreach (var answer in await Task.WhenAll(answers))
            Assert.Equal((code, field, answer.Status is 400 or 404), (answer.Code, answer.Field, true));
        Assert.NotEqual((await answers[0]).Title, (await answers[1]).Title);
        Assert.Contains((await answers[1]).Title, letter => letter is >= '\u4e00' and <= '\u9fff');
        Assert.Equal(before, await HeadAsync());
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        var hall = await site.NewHallAsync();
        using var desk = await PolicyDesk.OpenAsync(site);
        byte[] body = [.. Encoding.UTF8.GetBytes("{\"zh\":\""), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}")];

        Assert.Equal((400, "text-invalid"), (await desk.PutAsync($"policies/acceptance-notice?node={hall.Id}", body)) is var answer ? (answer.Status, answer.Code) : default);
    }

    [Theory]
    [InlineData("weather", "node={0}", 404, "policy-subject-unknown", "subject")]
    [InlineData("Feedback", "node={0}", 404, "policy-subject-unknown", "subject")]
    [InlineData("feedback", "", 400, "member-missing", "node")]
    [InlineData("feedback", "node=n999999", 404, "node-unknown", "node")]
    [InlineData("feedback", "node={0}&from=tomorrow", 400, "day-invalid", "from")]
    [InlineData("feedback", "node={0}&from=2026-02-30", 400, "day-invalid", "from")]
    [InlineData("feedback", "node={0}&from=2026-01-01", 400, "policy-in-past", "from")]
    public async Task A_place_subject_or_day_that_is_none_is_refused(string subject, string query, int status, string code, string field)
    {
        var hall = await site.NewHallAsync();
        using var desk = await PolicyDesk.OpenAsync(site);
        var before = await HeadAsync();

        var answer = await desk.PutAsync($"policies/{subject}?{string.Format(null, query, hall.Id)}", """{"attempts":4}""");

        Assert.Equal((status, code, field), (answer.Status, answer.Code, answer.Field));
        Assert.Equal(before, await HeadAsync());
    }

    [Theory]
    [InlineData("2091", """[]""", "object-expected", null)]
    [InlineData("2091", """{"holidays":[{"day":"2091-01-01"}]}""", "member-missing", "source")]
    [InlineData("2091", """{"source":"x"}""", "member-missing", "holidays")]
    [InlineData("2091", """{"source":" ","holidays":[{"day":"2091-01-01"}]}""", "policy-text", "source")]
    [InlineData("2091", """{"source":"x","holidays":[]}""", "calendar-empty", "holidays")]
    [InlineData("2091", """{"source":"x","holidays":"2091-01-01"}""", "list-expected", "holidays")]
    [InlineData("2091", """{"source":"x","holidays":["2091-01-01"]}""", "object-expected", "holidays[0]")]
    [InlineData("2091", """{"source":"x","holidays":[{"day":"1.1.2091"}]}""", "day-invalid", "holidays[0].day")]
    [InlineData("2091", """{"source":"x","holidays":[{"day":"2091-02-29"}]}""", "day-invalid", "holidays[0].day")]
    [InlineData("2091", """{"source":"x","holidays":[{"zh":"元旦"}]}""", "member-missing", "holidays[0].day")]
    [InlineData("2091", """{"source":"x","holidays":[{"day":"2091-01-01","name":"元旦"}]}""", "member-unknown", "holidays[0].name")]
    [InlineData("2091", """{"source":"x","holidays":[{"day":"2091-01-01"},{"day":"2091-01-01"}]}""", "calendar-day-twice", "holidays")]
    [InlineData("2091", """{"source":"x","holidays":[{"day":"2091-01-06"}],"workdays":["2091-01-06"]}""", "calendar-day-twice", "workdays")]
    [InlineData("2091", """{"source":"x","holidays":[{"day":"2092-01-01"}]}""", "calendar-day-outside", "holidays")]
    [InlineData("2091", """{"source":"x","holidays":[{"day":"2090-11-30"}]}""", "calendar-day-outside", "holidays")]
    [InlineData("2091", """{"source":"x","holidays":[{"day":"2091-01-01"}],"workdays":["2091-01-05"]}""", "calendar-workday-ordinary", "workdays")]
    [InlineData("2091", """{"source":"x","source":"y","holidays":[{"day":"2091-01-01"}]}""", "member-twice", "source")]
    [InlineData("2091", """{"source":"x\u0000","holidays":[{"day":"2091-01-01"}]}""", "text-invalid", "source")]
    [InlineData("1949", """{"source":"x","holidays":[{"day":"1949-10-01"}]}""", "count-invalid", "year")]
    [InlineData("99999", """{"source":"x","holidays":[{"day":"2091-01-01"}]}""", "count-invalid", "year")]
    [InlineData("next", """{"source":"x","holidays":[{"day":"2091-01-01"}]}""", "count-invalid", "year")]
    public async Task A_year_that_is_none_is_refused_by_its_member(string year, string body, string code, string? field)
    {
        using var desk = await PolicyDesk.OpenAsync(site);
        var before = await HeadAsync();

        var (english, chinese) = (await desk.PutAsync("calendars/" + year, body), await desk.PutAsync("calendars/" + year, body, "zh-CN"));

        Assert.Equal((400, code, field), (english.Status, english.Code, english.Field));
        Assert.Equal((400, code, field), (chinese.Status, chinese.Code, chinese.Field));
        Assert.NotEqual(english.Title, chinese.Title);
        Assert.Equal(before, await HeadAsync());
    }

    private async Task<long> HeadAsync() => (await site.Service<IJournal>().HeadsAsync([StreamName.Policies])).Values.Single();
}
