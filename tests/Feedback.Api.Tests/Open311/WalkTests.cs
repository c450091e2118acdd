using System.Xml.Linq;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Xunit;

namespace Feedback.Api.Tests.Open311;

[Collection(OneSite.Name)]
public sealed class WalkTests(RunningSite site)
{
    [Fact]
    public async Task A_client_finds_the_endpoint_files_a_request_and_follows_it_until_it_is_closed_in_XML()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);

        var discovery = (await site.Client.GetAsync("/open311/discovery.xml", token: null)).Xml();
        var endpoint = discovery.Element("endpoints")!.Element("endpoint")!;
        Assert.Equal(("discovery", "http://wiki.open311.org/GeoReport_v2", "production"), (discovery.Name.LocalName, Text(endpoint, "specification"), Text(endpoint, "type")));
        Assert.Equal(["text/xml", "application/json"], endpoint.Element("formats")!.Elements("format").Select(format => format.Value));
        Assert.Equal($"{site.Url.GetLeftPart(UriPartial.Authority)}/open311/v2", Text(endpoint, "url"));

        var services = (await site.Client.GetAsync(Open311Client.Root + "services.xml", token: null)).Xml();
        var service = services.Elements("service").Single(one => Text(one, "service_code") == "complaint.attitude");
        Assert.Equal(("true", "realtime"), (Text(service, "metadata"), Text(service, "type")));
        var definition = (await site.Client.GetAsync(Open311Client.Root + "services/complaint.attitude.xml", token: null)).Xml();
        Assert.Equal(("service_definition", "complaint.attitude"), (definition.Name.LocalName, Text(definition, "service_code")));
        Assert.Equal(["place", "occurred_at", "about"], definition.Element("attributes")!.Elements("attribute").Select(attribute => Text(attribute, "code")));

        var filed = await client.PostAsync(Open311Client.Complaint(hall.Window), "xml");
        Assert.Equal((201, "text/xml"), (filed.Status, filed.MediaType));
        var request = filed.Xml().Element("request")!;
        var number = Text(request, "service_request_id");
        Assert.Null(request.Element("token"));
        Assert.Contains(number, Text(request, "service_notice"), StringComparison.Ordinal);

        var listed = (await client.GetAsync("requests.xml")).Xml();
        Assert.Equal((number, "open"), (Text(listed.Element("request")!, "service_request_id"), Text(listed.Element("request")!, "status")));

        await CloseAsync(hall, number);
        var single = (await client.GetAsync($"requests/{number}.xml")).Xml();
        Assert.Equal("service_requests", single.Name.LocalName);
        Assert.Equal(("closed", "Closed: the citizen says that it is solved."), (Text(single.Element("request")!, "status"), Text(single.Element("request")!, "status_notes")));
    }

    [Fact]
    public async Task The_same_walk_in_JSON_tells_each_stage_in_words()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var number = await client.FileAsync(Open311Client.Complaint(hall.Window));
        var clerk = Open311Client.ClerkOf(hall);

        Assert.Equal(("open", "Registered with whoever received it."), await StatusAsync());
        await Open311Client.DoAsync(site, number, clerk, new NoteProgress(null, Told: false), "已联系窗口");
        Assert.Equal(("open", "Being handled."), await StatusAsync());
        await Open311Client.DoAsync(site, number, clerk, new HandleCase("done"));
        Assert.Equal(("open", "The office says that it is done; the citizen is still to be told."), await StatusAsync());
        await Open311Client.DoAsync(site, number, clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已批评教育，向您致歉。");
        Assert.Equal(("open", "The citizen was told the answer; their word is awaited."), await StatusAsync());
        await Open311Client.DoAsync(site, number, CaseActor.Citizen, new ConfirmCase());

        var closed = await client.ReadAsync(number);
        Assert.Equal(("closed", "Closed: the citizen says that it is solved."), ((string)closed["status"]!, (string)closed["status_notes"]!));
        Assert.Null(closed["expected_datetime"]);
        Assert.Equal("已结案：群众确认已解决。", (string?)(await client.ReadAsync(number, language: "zh"))["status_notes"]);

        async Task<(string, string)> StatusAsync()
        {
            var request = await client.ReadAsync(number);
            Assert.NotNull(request["requested_datetime"]);
            return ((string)request["status"]!, (string)request["status_notes"]!);
        }
    }

    [Fact]
    public async Task A_request_tells_where_it_is_who_handles_it_and_by_when()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var number = await client.FileAsync(Open311Client.Complaint(hall.Window));

        var request = await client.ReadAsync(number);

        Assert.Equal(
            ("complaint.attitude", "Complaint: Attitude", "Qinghe", "Qinghe, Qinghe", hall.Window),
            ((string)request["service_code"]!, (string)request["service_name"]!, (string)request["agency_responsible"]!, (string)request["address"]!, (string)request["address_id"]!));
        Assert.EndsWith("+08:00", (string)request["requested_datetime"]!, StringComparison.Ordinal);
        Assert.True(DateTimeOffset.Parse((string)request["expected_datetime"]!, null) > DateTimeOffset.Parse((string)request["requested_datetime"]!, null));
        Assert.Null(request["lat"]);
        Assert.Null(request["extended_attributes"]);
    }

    [Fact]
    public async Task More_is_told_to_those_who_ask_for_it()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var number = await client.FileAsync(Open311Client.Complaint(hall.Window));
        await Open311Client.DoAsync(site, number, Open311Client.ClerkOf(hall), new HandleCase("done"));

        var more = (await client.ReadAsync(number, "?extended_attributes=true"))["extended_attributes"]!;

        Assert.Equal(("handled", true, null, false), ((string)more["stage"]!, (bool)more["claimed"]!, (bool?)more["confirmed"], (bool)more["overdue"]!));
        Assert.Contains("clock", more.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task The_tracking_code_leads_to_the_number()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var filed = (await client.PostAsync(Open311Client.Complaint(hall.Window))).Json[0]!;
        var token = ((string)filed["service_notice"]!).Split(' ', ',').Single(word => word.Length == 44);

        var found = (await site.Client.GetAsync($"{Open311Client.Root}tokens/{token}.json", token: null)).Json[0]!;
        var other = await site.Client.GetAsync($"{Open311Client.Root}tokens/{token[..^1]}{(token[^1] == 'A' ? 'B' : 'A')}.json", token: null);

        Assert.Equal(((string)filed["service_request_id"]!, token), ((string)found["service_request_id"]!, (string)found["token"]!));
        Assert.Equal(404, other.Status);
    }

    private async Task CloseAsync(OpenHall hall, string number)
    {
        var clerk = Open311Client.ClerkOf(hall);
        await Open311Client.DoAsync(site, number, clerk, new HandleCase("done"));
        await Open311Client.DoAsync(site, number, clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已批评教育，向您致歉。");
        await Open311Client.DoAsync(site, number, CaseActor.Citizen, new ConfirmCase());
    }

    private static string Text(XElement parent, string name) => parent.Element(name)!.Value;
}
