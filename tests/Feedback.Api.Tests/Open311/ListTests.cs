using System.Globalization;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Xunit;

namespace Feedback.Api.Tests.Open311;

[Collection(OneSite.Name)]
public sealed class ListTests(RunningSite site)
{
    [Fact]
    public async Task Requests_come_page_by_page_the_last_one_first()
    {
        var (client, numbers) = await FiledAsync("complaint", "suggestion", "question", "praise", "complaint.fees");

        Assert.Equal(numbers.Reverse(), await client.NumbersAsync(""));
        Assert.Equal(numbers.Reverse().Take(2), await client.NumbersAsync("page_size=2"));
        Assert.Equal(numbers.Reverse().Skip(2).Take(2), await client.NumbersAsync("page=2&page_size=2"));
        Assert.Equal(numbers.Take(1), await client.NumbersAsync("page=3&page_size=2"));
        Assert.Empty(await client.NumbersAsync("page=4&page_size=2"));
        Assert.Equal(numbers.Reverse(), await client.NumbersAsync("page=&page_size=&status=&service_code=&start_date="));
    }

    [Fact]
    public async Task Requests_are_chosen_by_their_service()
    {
        var (client, numbers) = await FiledAsync("complaint", "complaint.fees", "suggestion.fees", "complaint.attitude");

        Assert.Equal([numbers[1]], await client.NumbersAsync("service_code=complaint.fees"));
        Assert.Equal([numbers[2], numbers[0]], await client.NumbersAsync("service_code=complaint,suggestion.fees"));
        Assert.Empty(await client.NumbersAsync("service_code=complaint.no-longer-offered"));
    }

    [Fact]
    public async Task Requests_are_chosen_by_number_whatever_else_is_asked()
    {
        var (client, numbers) = await FiledAsync("complaint", "suggestion", "question");

        Assert.Equal([numbers[2], numbers[0]], await client.NumbersAsync($"service_request_id={numbers[2]},{numbers[0]},20260302-0415926-7,nonsense&status=closed&service_code=praise"));
    }

    [Fact]
    public async Task Requests_are_chosen_by_status_and_a_merged_one_is_closed_and_names_the_other()
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var (one, other) = (await client.FileAsync(Open311Client.Complaint(hall.Window)), await client.FileAsync(Open311Client.Complaint(hall.Window)));
        var into = (await site.Service<ICaseStore>().FindAsync(other))!.Id;
        await Open311Client.DoAsync(site, one, Open311Client.ClerkOf(hall), new MergeCase(into, null));

        Assert.Equal([other], await client.NumbersAsync("status=open"));
        Assert.Equal([one], await client.NumbersAsync("status=closed"));
        Assert.Equal(2, (await client.NumbersAsync("status=open,closed")).Count);
        var merged = await client.ReadAsync(one, "?extended_attributes=true");
        Assert.Equal(("closed", $"Merged: it goes on as {other}, whose answer also answers this one."), ((string)merged["status"]!, (string)merged["status_notes"]!));
        Assert.Equal(("merged", other), ((string)merged["extended_attributes"]!["stage"]!, (string)merged["extended_attributes"]!["merged_into"]!));
    }

    [Fact]
    public async Task Requests_are_chosen_by_the_time_of_filing_both_ends_included()
    {
        var (client, numbers) = await FiledAsync("complaint");
        var row = await site.Service<ICaseStore>().FindAsync(numbers[0]);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(row!.OpenedAt);

        Assert.Equal(numbers, await client.NumbersAsync($"start_date={Text(at)}&end_date={Text(at)}"));
        Assert.Equal(numbers, await client.NumbersAsync($"start_date={Text(at.AddDays(-1))}"));
        Assert.Empty(await client.NumbersAsync($"start_date={Text(at.AddMilliseconds(1))}"));
        Assert.Empty(await client.NumbersAsync($"end_date={Text(at.AddMilliseconds(-1))}"));
        // A plus sign that was not escaped is read as one.
        Assert.Equal(numbers, await client.NumbersAsync("start_date=" + at.AddDays(-1).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("status=resolved", 400, "'resolved'")]
    [InlineData("service_code=bad-rating", 404, "'bad-rating'")]
    [InlineData("page=0", 400, "'page'")]
    [InlineData("page=x", 400, "'page'")]
    [InlineData("page=21", 400, "'page'")]
    [InlineData("page_size=1001", 400, "'page_size'")]
    [InlineData("start_date=2026-11-01", 400, "'start_date'")]
    [InlineData("end_date=now", 400, "'end_date'")]
    [InlineData("start_date=2026-01-01T00:00:00Z&end_date=2026-04-02T00:00:00Z", 400, "90 days")]
    [InlineData("start_date=2026-03-01T00:00:00Z&end_date=2026-02-01T00:00:00Z", 400, "end_date")]
    public async Task What_cannot_be_asked_is_told_by_its_name(string query, int status, string words)
    {
        var client = await Open311Client.OpenAsync(site, (await site.NewHallAsync()).Id);

        var answer = await client.GetAsync("requests.json?" + query);

        Assert.Equal(status, answer.Status);
        Assert.Contains(words, (string)answer.Json[0]!["description"]!, StringComparison.Ordinal);
    }

    private async Task<(Open311Client Client, string[] Numbers)> FiledAsync(params string[] services)
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var numbers = new List<string>();
        foreach (var service in services)
        {
            var fields = Open311Client.Complaint(hall.Window);
            fields["service_code"] = service;
            numbers.Add(await client.FileAsync(fields));
        }

        return (client, [.. numbers]);
    }

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
