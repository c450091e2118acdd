using System.Text.Json.Nodes;
using Feedback.Api.Tests.Cases;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Keys;
using Xunit;

namespace Feedback.Api.Tests.Open311;

[Collection(OneSite.Name)]
public sealed class AccessTests(RunningSite site)
{
    [Theory]
    [InlineData("requests.xml")]
    [InlineData("requests/20260302-0415926-7.xml")]
    public async Task Without_a_good_key_nothing_is_told_and_all_refusals_are_403(string path)
    {
        var (nobody, wrong, device, unfit) = (
            await site.Client.GetAsync(Open311Client.Root + path, token: null),
            await site.Client.GetAsync(Open311Client.Root + path + "?api_key=nonsense", token: null),
            await site.Client.GetAsync(Open311Client.Root + path, site.DeviceKey),
            await site.Client.GetAsync(Open311Client.Root + path, site.Token));

        Assert.All(new[] { nobody, wrong, device, unfit }, answer =>
        {
            Assert.Equal(403, answer.Status);
            Assert.Equal("403", answer.Xml().Element("error")!.Element("code")!.Value);
            Assert.Contains("api_key", answer.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_token_that_only_reads_cannot_file_and_one_that_only_files_cannot_read()
    {
        var hall = await site.NewHallAsync();
        var (reads, files) = (await Open311Client.OpenAsync(site, hall.Id, Permission.ReadCases), await Open311Client.OpenAsync(site, hall.Id, Permission.FileCases));

        Assert.Equal((403, 201), ((await reads.PostAsync(Open311Client.Complaint(hall.Window))).Status, (await files.PostAsync(Open311Client.Complaint(hall.Window))).Status));
        Assert.Equal((200, 403), ((await reads.GetAsync("requests.json")).Status, (await files.GetAsync("requests.json")).Status));
    }

    [Fact]
    public async Task The_key_may_be_sent_in_the_form_the_query_or_the_header_until_it_is_revoked()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var fields = Open311Client.Complaint(hall.Window);

        var (inForm, inQuery) = (await client.PostAsync(fields), await SendAsync("?api_key=" + client.Secret, null));
        var inHeader = await SendAsync("", "Bearer " + client.Secret);
        Assert.Equal((201, 201, 201), (inForm.Status, inQuery.Status, inHeader.Status));
        Assert.Equal(200, (await site.Client.GetAsync($"{Open311Client.Root}requests.json?api_key={client.Secret}", token: null)).Status);

        await KeyIssue.RevokeAsync(site.Bureau, client.TokenId, site.Clock);
        Assert.Equal(403, (await client.PostAsync(fields)).Status);

        Task<Answer> SendAsync(string query, string? header)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"{Open311Client.Root}requests.json{query}") { Content = new FormUrlEncodedContent(fields!) };
            if (header is not null)
                request.Headers.TryAddWithoutValidation("Authorization", header);
            return site.Client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Elsewhere_a_key_in_the_query_is_none()
    {
        var answer = await site.Client.GetAsync($"/api/v1/nodes?api_key={site.Token}", token: null);

        Assert.Equal((401, "key-missing"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_token_sees_the_requests_of_its_place_and_the_description_of_its_own_only()
    {
        var (hall, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        var (client, neighbour, stranger) = (
            await Open311Client.OpenAsync(site, hall.Id), await Open311Client.OpenAsync(site, hall.Id), await Open311Client.OpenAsync(site, other.Id));
        var number = await client.FileAsync(Open311Client.Complaint(hall.Window));

        Assert.Equal("等了三个小时，无人理睬。", (string?)(await client.ReadAsync(number))["description"]);
        var seen = await neighbour.ReadAsync(number);
        Assert.Equal((null, "open"), ((string?)seen["description"], (string)seen["status"]!));
        Assert.Contains("description", seen.AsObject().Select(member => member.Key));
        Assert.Empty(await stranger.NumbersAsync(""));
        Assert.Empty(await stranger.NumbersAsync("service_request_id=" + number));
        var (foreign, missing) = (await stranger.GetAsync($"requests/{number}.json"), await stranger.GetAsync("requests/20260302-0415926-7.json"));
        Assert.Equal((404, 404, missing.Text), (foreign.Status, missing.Status, foreign.Text));
    }

    [Fact]
    public async Task Nothing_of_what_lies_above_a_tokens_place_is_named()
    {
        var hall = await site.NewHallAsync();
        var (client, window) = (await Open311Client.OpenAsync(site, hall.Id), await Open311Client.OpenAsync(site, hall.Window));
        var number = await client.FileAsync(Open311Client.Complaint(hall.Window));

        var seen = await window.ReadAsync(number);

        // The hall handles it, and the window is all that this token knows.
        Assert.Equal((null, "Qinghe"), ((string?)seen["agency_responsible"], (string)seen["address"]!));
    }

    [Fact]
    public async Task Another_site_files_nothing_with_the_session_of_somebody_who_signed_in()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        await site.Service<IAccounts>().CreateAsync("open311-visitor", Visitor.PasswordOf("open311-visitor"), [new Grant(Role.CaseOfficer, new NodeId(hall.Id))]);
        using var visitor = new Visitor(site.Url);
        await visitor.SignInAsync("open311-visitor");

        Assert.Equal((403, 201), (await StatusAsync("https://evil.example"), await StatusAsync(null)));
        Assert.Single(await client.NumbersAsync(""));

        async Task<int> StatusAsync(string? origin)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, Open311Client.Root + "requests.xml") { Content = new FormUrlEncodedContent(Open311Client.Complaint(hall.Window)!) };
            if (origin is not null)
                request.Headers.TryAddWithoutValidation("Origin", origin);
            return (int)(await visitor.SendAsync(request)).StatusCode;
        }
    }

    // Every time here is exact, which they are told nowhere.
    [Fact]
    public async Task Whoever_is_complained_of_finds_nothing_of_it_here()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var security = await CaseWorker.SignInAsync(site, "security-administrator");
        using var clerk = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        using var other = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var number = (string)(await other.FileAsync(CaseWorker.Filing(hall.Window).With(("about", new JsonArray(code)))))["number"]!;
        var path = $"../../open311/v2/requests/{number}.json";
        Assert.Equal(200, (await clerk.GetAsync(path)).Status);

        await security.NameStaffAsync(clerk, code);

        Assert.Equal(404, (await clerk.GetAsync(path)).Status);
        Assert.DoesNotContain(number, (await clerk.GetAsync("../../open311/v2/requests.json")).Text, StringComparison.Ordinal);
        Assert.Contains(number, (await other.GetAsync("../../open311/v2/requests.json")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_see_here_what_they_see_elsewhere()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var number = await client.FileAsync(Open311Client.Complaint(hall.Window));

        Assert.Contains(number, await TextForAsync(Role.CaseOfficer), StringComparison.Ordinal);
        Assert.DoesNotContain("三个小时", await TextForAsync(Role.CaseOfficer), StringComparison.Ordinal);
        // Whoever sits at a window sees what they own, and this is not theirs.
        Assert.DoesNotContain(number, await TextForAsync(Role.WindowStaff), StringComparison.Ordinal);

        async Task<string> TextForAsync(Role role)
        {
            var name = $"open311-{role.Word()}-{Some.Id()}";
            await site.Service<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), [new Grant(role, new NodeId(hall.Id))]);
            using var visitor = new Visitor(site.Url);
            await visitor.SignInAsync(name);
            var answer = await visitor.GetAsync(Open311Client.Root + "requests.json");
            Assert.Equal(200, (int)answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }
    }
}
