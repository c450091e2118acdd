using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>What citizens bring to the office becomes a case, once.</summary>
[Collection(OneSite.Name)]
public sealed class CaseFilingTests(RunningSite site)
{
    [Fact]
    public async Task Whoever_files_a_case_owns_it_and_hands_on_its_number_its_digits_and_its_address()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");

        var answer = await officer.PostAsync("cases", CaseWorker.Filing(hall.Window));

        Assert.Equal(201, answer.Status);
        var (id, number) = ((string)answer.Json["id"]!, (string)answer.Json["number"]!);
        Assert.Equal(($"/api/v1/cases/{id}", $"\"{answer.Json["version"]}\""), (answer.Headers.Location!.OriginalString, answer.Headers.ETag!.Tag));
        Assert.Matches("^[0-9]{8}-[0-9]{7}-[0-9]$", number);
        Assert.Matches("^[0-9]{6}$", (string)answer.Json["queryCode"]!);
        Assert.EndsWith((string)answer.Json["trackingCode"]!, (string)answer.Json["tracking"]!, StringComparison.Ordinal);
        var shown = (await officer.GetAsync("cases/" + number)).Json;
        Assert.Equal((id, officer.Name, "registered", hall.Id), ((string)shown["id"]!, (string)shown["owner"]!, (string)shown["stage"]!, (string)shown["lead"]!["id"]!));
    }

    [Fact]
    public async Task The_same_id_sent_twice_opens_one_case_and_with_other_words_none()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var filing = CaseWorker.Filing(hall.Window);
        var first = await officer.PostAsync("cases", filing);

        var (again, other) = (await officer.PostAsync("cases", filing), await officer.PostAsync("cases", filing.With(("words", "换了说法"))));

        Assert.Equal((201, 200, first.Text), (first.Status, again.Status, again.Text));
        Assert.Equal((409, "case-exists"), (other.Status, other.Code));
        Assert.Single((await officer.GetAsync($"cases?node={hall.Id}")).Json["cases"]!.AsArray());
    }

    [Theory]
    [InlineData("kind", "\"bad-rating\"", "kind-unknown")]
    [InlineData("kind", "\"hotline-order\"", "kind-unknown")]
    [InlineData("channel", "\"automatic\"", "word-unknown")]
    [InlineData("category", "\"no-such\"", "category-unknown")]
    [InlineData("words", "\"\"", "text-empty")]
    [InlineData("words", "\" \"", "words-missing")]
    [InlineData("words", "7", "text-expected")]
    [InlineData("contact", "\"a\\u0000b\"", "text-invalid")]
    [InlineData("about", "\"s-7\"", "list-expected")]
    [InlineData("about", "[\"13912345678\"]", "member-personal")]
    [InlineData("about", "[\"s-nobody-at-all\"]", "staff-unknown")]
    [InlineData("occurredAt", "\"yesterday\"", "time-invalid")]
    [InlineData("id", "null", "text-expected")]
    [InlineData("owner", "\"li\"", "member-unknown")]
    public async Task What_cannot_be_taken_is_refused_by_name_and_opens_nothing(string member, string value, string code)
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");

        var answer = await officer.PostAsync("cases", CaseWorker.Filing(hall.Window).With((member, JsonNode.Parse(value))));

        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.StartsWith(member, answer.Field, StringComparison.Ordinal);
        Assert.Empty((await officer.GetAsync($"cases?node={hall.Id}")).Json["cases"]!.AsArray());
    }

    [Fact]
    public async Task Words_that_are_too_long_are_refused_before_anything_is_kept()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        Assert.Equal("text-too-long", (await officer.PostAsync("cases", CaseWorker.Filing(hall.Window, new string('长', 10_001)))).Code);
        Assert.Equal(201, (await officer.PostAsync("cases", CaseWorker.Filing(hall.Window, new string('长', 10_000)))).Status);
    }

    [Fact]
    public async Task A_node_elsewhere_looks_like_one_that_does_not_exist()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var (foreign, missing) = (await officer.PostAsync("cases", CaseWorker.Filing(site.ForeignHall.Window)), await officer.PostAsync("cases", CaseWorker.Filing("n999999")));
        Assert.Equal((404, missing.Text.Replace("n999999", site.ForeignHall.Window, StringComparison.Ordinal)), (foreign.Status, foreign.Text));
    }

    [Fact]
    public async Task A_program_files_within_its_scope_what_then_waits_for_an_owner()
    {
        var hall = await site.NewHallAsync();
        var secret = KeyIssue.NewSecret(KeyPurpose.Read);
        await KeyIssue.ApiTokenAsync(site.Bureau, new NodeId(hall.Id), secret, site.Clock, [Permission.FileCases]);

        var filed = await FileAsync(secret, CaseWorker.Filing(hall.Window));
        var elsewhere = await FileAsync(secret, CaseWorker.Filing(site.ForeignHall.Window));

        Assert.Equal((201, 404), (filed.Status, elsewhere.Status));
        using var supervisor = await CaseWorker.SignInAsync(site, $"supervisor@{hall.Id}");
        Assert.Null((await supervisor.GetAsync("cases/" + filed.Json["id"])).Json["owner"]);
    }

    [Fact]
    public async Task What_a_program_hands_on_names_only_who_is_registered_and_keeps_the_rest_with_the_words()
    {
        var (hall, staff) = (await site.NewHallAsync(), await site.NewStaffAsync());
        var secret = KeyIssue.NewSecret(KeyPurpose.Read);
        await KeyIssue.ApiTokenAsync(site.Bureau, new NodeId(hall.Id), secret, site.Clock, [Permission.FileCases]);

        var filed = await FileAsync(secret, CaseWorker.Filing(hall.Window).With(("about", new JsonArray("s-nobody-at-all", staff))));

        Assert.Equal(201, filed.Status);
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var shown = (await officer.GetAsync("cases/" + filed.Json["id"])).Json;
        Assert.Equal([staff], shown["about"]!.AsArray().Select(code => (string)code!));
        Assert.Equal("等了三个小时，无人接待\n\nabout: s-nobody-at-all", (string)shown["texts"]![0]!["text"]!);
    }

    private async Task<Answer> FileAsync(string token, JsonObject filing)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/cases") { Content = new StringContent(filing.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return await site.Client.SendAsync(request);
    }
}
