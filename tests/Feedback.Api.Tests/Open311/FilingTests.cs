using System.Net.Http.Headers;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Xunit;

namespace Feedback.Api.Tests.Open311;

[Collection(OneSite.Name)]
public sealed class FilingTests(RunningSite site)
{
    [Theory]
    [InlineData("service_code", null, 400, "'service_code'")]
    [InlineData("service_code", "nonsense", 404, "service_code 'nonsense'")]
    [InlineData("service_code", "bad-rating", 404, "service_code 'bad-rating'")]
    [InlineData("description", null, 400, "'description'")]
    [InlineData("description", "   ", 400, "'description'")]
    [InlineData("address_id", null, 400, "address_id")]
    [InlineData("address_id", "n999999", 400, "'n999999'")]
    [InlineData("attribute[occurred_at]", "yesterday", 400, "'attribute[occurred_at]'")]
    public async Task What_is_missing_or_wrong_is_told_by_the_name_of_the_field(string field, string? value, int status, string words)
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var fields = Open311Client.Complaint(hall.Window);
        fields[field] = value;

        var json = await client.PostAsync(fields);
        var xml = await client.PostAsync(fields, "xml");

        Assert.Equal((status, status), (json.Status, (int)json.Json[0]!["code"]!));
        Assert.Contains(words, (string)json.Json[0]!["description"]!, StringComparison.Ordinal);
        Assert.Equal((string)json.Json[0]!["description"]!, xml.Xml().Element("error")!.Element("description")!.Value);
        Assert.Empty(await client.NumbersAsync(""));
    }

    [Theory]
    [InlineData("lat", "long")]
    [InlineData("address_string", "address_string")]
    public async Task Coordinates_and_streets_alone_name_no_office(string one, string other)
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var fields = Open311Client.Complaint(hall.Window);
        fields["address_id"] = null;
        (fields[one], fields[other]) = ("30.27", "120.15");

        var answer = await client.PostAsync(fields);

        Assert.Equal(400, answer.Status);
        Assert.Contains("as address_id", (string)answer.Json[0]!["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_of_elsewhere_is_refused_like_one_that_does_not_exist()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);

        var foreign = await client.PostAsync(Open311Client.Complaint(site.ForeignHall.Window));
        var missing = await client.PostAsync(Open311Client.Complaint("n999999"));

        Assert.Equal(missing.Text.Replace("n999999", site.ForeignHall.Window, StringComparison.Ordinal), foreign.Text);
        Assert.Equal(400, foreign.Status);
    }

    [Fact]
    public async Task Everything_that_was_sent_is_kept_with_the_case()
    {
        var (hall, staff) = (await site.NewHallAsync(), await site.NewStaffAsync());
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var number = await client.FileAsync(new()
        {
            ["service_code"] = "suggestion",
            ["description"] = "请增加座椅",
            ["attribute[place]"] = hall.Window,
            ["attribute[occurred_at]"] = "2026-11-20T09:30:00+08:00",
            ["attribute[about]"] = $"S7, {staff}, 王芳",
            ["attribute[colour]"] = "红",
            ["address_string"] = "中山路 1 号",
            ["lat"] = "30.27",
            ["long"] = "120.15",
            ["media_url"] = "http://127.0.0.1:1/photo.jpg",
            ["first_name"] = "三",
            ["last_name"] = "张",
            ["phone"] = "13800000000",
            ["email"] = "zhang@example.org",
        });

        var (records, row) = (site.Service<CaseRecords>(), await site.Service<ICaseStore>().FindAsync(number));
        var found = (await records.FindAsync(row!.Id))!;
        var texts = (await records.ReadTextsAsync(found, Open311Client.ClerkOf(hall), contact: true)).Texts.ToDictionary(text => text.What, text => text.Text);

        Assert.Equal(
            "请增加座椅\n\naddress_string: 中山路 1 号\nlat, long: 30.27, 120.15\nmedia_url: http://127.0.0.1:1/photo.jpg\nattribute[colour]: 红\n\nattribute[about]: S7, 王芳", texts[CaseReferences.Text]);
        Assert.Equal("张三, 13800000000, zhang@example.org", texts[CaseReferences.Contact]);
        var intake = found.State.Intake;
        Assert.Equal((CaseKind.Suggestion, CaseChannel.Api, hall.Window, false), (intake.Kind, intake.Channel, intake.Node.Value, intake.Anonymous));
        // Nobody is named by what nobody has, and what a citizen wrote is not lost.
        Assert.Equal(staff, string.Join(' ', intake.About));
        Assert.Equal("2026-11-20T09:30:00.000+08:00", intake.OccurredAt.ToString());
    }

    [Fact]
    public async Task A_code_that_nobody_has_is_refused_only_where_there_is_no_room_for_it_beside_the_words()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var fields = Open311Client.Complaint(hall.Window);
        (fields["description"], fields["attribute[about]"]) = (new string('x', 9_990), "s-nobody");

        var refused = await client.PostAsync(fields);

        Assert.Equal(400, refused.Status);
        Assert.Contains("'s-nobody'", (string)refused.Json[0]!["description"]!, StringComparison.Ordinal);
        Assert.Contains("'attribute[about]'", (string)refused.Json[0]!["description"]!, StringComparison.Ordinal);
        Assert.Empty(await client.NumbersAsync(""));
        fields["attribute[about]"] = null;
        Assert.Equal(201, (await client.PostAsync(fields)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_is_sent_again_with_its_id_is_filed_once(bool inHeader)
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);

        var (first, again) = (await SendAsync("once"), await SendAsync("once"));
        var other = await SendAsync("twice");
        var changed = await SendAsync("once", "something else");

        Assert.Equal((201, 201, first.Text), (first.Status, again.Status, again.Text));
        Assert.NotEqual(first.Text, other.Text);
        Assert.Equal(400, changed.Status);
        Assert.Equal(2, (await client.NumbersAsync("")).Count);

        Task<Answer> SendAsync(string id, string? description = null)
        {
            var fields = Open311Client.Complaint(hall.Window);
            fields["description"] = description ?? fields["description"];
            fields["api_key"] = client.Secret;
            if (!inHeader)
                fields["client_request_id"] = id;
            var form = new FormUrlEncodedContent(fields!);
            var request = new HttpRequestMessage(HttpMethod.Post, Open311Client.Root + "requests.json") { Content = form };
            if (inHeader)
                request.Headers.TryAddWithoutValidation("Idempotency-Key", id);
            return site.Client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Without_an_id_two_requests_are_two()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);

        Assert.NotEqual(await client.FileAsync(Open311Client.Complaint(hall.Window)), await client.FileAsync(Open311Client.Complaint(hall.Window)));
    }

    [Fact]
    public async Task Only_a_small_form_is_read()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var fields = Open311Client.Complaint(hall.Window);
        fields["description"] = new string('x', 200 * 1024);
        var many = new FormUrlEncodedContent(Enumerable.Range(0, 100).Select(n => KeyValuePair.Create($"attribute[{n}]", "x")));

        Assert.Equal(400, (await client.PostAsync(fields)).Status);
        Assert.Equal(400, (await client.PostAsync(many)).Status);
        using var json = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json"));
        var refused = await client.PostAsync(json);
        Assert.Equal(400, refused.Status);
        Assert.Contains("application/x-www-form-urlencoded", (string)refused.Json[0]!["description"]!, StringComparison.Ordinal);
    }
}
