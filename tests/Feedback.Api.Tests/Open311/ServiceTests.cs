using System.Collections;
using System.Globalization;
using System.Resources;
using Feedback.Api.Problems;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Xunit;

namespace Feedback.Api.Tests.Open311;

[Collection(OneSite.Name)]
public sealed class ServiceTests(RunningSite site)
{
    [Theory]
    [InlineData("services.json", null, "Complaint: Attitude", "Service at the window")]
    [InlineData("services.json", "zh-CN", "投诉：服务态度", "窗口服务")]
    [InlineData("services.json?locale=zh_CN", "en", "投诉：服务态度", "窗口服务")]
    public async Task Services_are_named_in_the_language_that_is_asked_for(string path, string? language, string name, string group)
    {
        var services = (await site.Client.GetAsync(Open311Client.Root + path, token: null, language)).Json.AsArray();

        var service = services.Single(one => (string)one!["service_code"]! == "complaint.attitude")!;
        Assert.Equal((name, group, true, "realtime"), ((string)service["service_name"]!, (string)service["group"]!, (bool)service["metadata"]!, (string)service["type"]!));
        Assert.Contains("服务态度", (string)service["keywords"]!, StringComparison.Ordinal);
        Assert.Equal(["complaint", "suggestion", "question", "praise"], services.Select(one => (string)one!["service_code"]!).Where(code => !code.Contains('.', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task XML_and_JSON_tell_the_same_services()
    {
        var json = (await site.Client.GetAsync(Open311Client.Root + "services.json", token: null)).Json.AsArray();
        var xml = (await site.Client.GetAsync(Open311Client.Root + "services.xml", token: null)).Xml();

        Assert.Equal(
            json.Select(one => string.Join('|', one!.AsObject().Select(member => $"{member.Key}={member.Value}"))),
            xml.Elements("service").Select(one => string.Join('|', one.Elements().Select(member => $"{member.Name}={member.Value}"))));
    }

    [Fact]
    public async Task Every_service_that_is_listed_has_a_definition()
    {
        var services = (await site.Client.GetAsync(Open311Client.Root + "services.json", token: null)).Json.AsArray();

        foreach (var code in services.Select(one => (string)one!["service_code"]!))
        {
            var definition = (await site.Client.GetAsync($"{Open311Client.Root}services/{code}.json", token: null)).Json;
            Assert.Equal(code, (string)definition["service_code"]!);
            Assert.Equal([1, 2, 3], definition["attributes"]!.AsArray().Select(attribute => (int)attribute!["order"]!));
        }
    }

    [Theory]
    [InlineData("services/nonsense.json", 404, "service_code 'nonsense'")]
    [InlineData("services/bad-rating.json", 404, "service_code 'bad-rating'")]
    [InlineData("services/complaint.nonsense.json", 404, "service_code 'complaint.nonsense'")]
    [InlineData("tokens/nonsense.json", 404, "no such request")]
    [InlineData("services/complaint", 404, ".xml or .json")]
    [InlineData("services", 404, ".xml or .json")]
    [InlineData("services.html", 404, ".xml or .json")]
    public async Task What_does_not_exist_is_answered_by_the_list_of_errors(string path, int status, string words)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Open311Client.Root + path);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");

        var answer = await site.Client.SendAsync(request);

        Assert.Equal((status, "application/json"), (answer.Status, answer.MediaType));
        Assert.Equal(status, (int)answer.Json[0]!["code"]!);
        Assert.Contains(words, (string)answer.Json[0]!["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_in_XML_has_the_form_of_the_specification()
    {
        var answer = await site.Client.GetAsync(Open311Client.Root + "services/nonsense.xml", token: null, "zh");

        Assert.Equal((404, "text/xml"), (answer.Status, answer.MediaType));
        var error = answer.Xml().Element("error")!;
        Assert.Equal(("errors", "404"), (answer.Xml().Name.LocalName, error.Element("code")!.Value));
        Assert.StartsWith("没有 service_code“nonsense”", error.Element("description")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_word_is_there_in_both_languages()
    {
        var texts = new ResourceManager("Feedback.Api.Open311.Open311Words", typeof(Problem).Assembly);
        var (english, chinese) = (NamesIn(""), NamesIn("zh"));

        Assert.Equal(english, chinese);
        var needed = Enum.GetValues<CaseStage>().Select(stage => "stage-" + stage.Word()).Concat(Enum.GetValues<CaseEnding>().Select(ending => "ended-" + ending.Word()));
        Assert.Empty(needed.Except(english));

        List<string> NamesIn(string language) =>
            [.. texts.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!.Cast<DictionaryEntry>().Select(entry => (string)entry.Key).Order(StringComparer.Ordinal)];
    }
}
