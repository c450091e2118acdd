using System.Net;
using System.Text.RegularExpressions;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Ratings;

[Collection(OneSite.Name)]
public sealed partial class PageTests(RunningSite site)
{
    [Fact]
    public async Task Whatever_the_grade_the_thanks_are_the_same_but_for_the_codes()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var thanks = new HashSet<string>();

        for (var grade = 1; grade <= 5; grade++)
        {
            var address = await RateAsync(citizen, await site.TokenAsync(hall.Window, $"M-{grade}"), grade, grade == 1 ? "慢" : "");
            thanks.Add(Codes().Replace(await citizen.TextAsync(address), "CODE"));
        }

        Assert.Contains("Thank you", Assert.Single(thanks), StringComparison.Ordinal);
        Assert.Equal(5, await site.Client.CountAsync(hall.Window));
    }

    [Theory]
    [InlineData("en", "How was the service?", "Very satisfied", "Thank you", "Your rating is stored unchanged, and it is counted.")]
    [InlineData("zh-CN", "请评价本次服务", "非常满意", "感谢您的评价", "您的评价保存完好，未被改动，并已计入统计。")]
    public async Task A_citizen_rates_is_thanked_and_sees_that_it_is_counted(string language, string asked, string grade, string thanked, string counted)
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var token = await site.TokenAsync(hall.Window, "M-1");

        var page = await citizen.TextAsync("/rate/" + token, language);
        Assert.Contains(asked, page, StringComparison.Ordinal);
        Assert.Contains(grade, page, StringComparison.Ordinal);
        var sent = await citizen.PostInAsync(language, "/rate/" + token, ("id", IdOf(page)), ("grade", "2"), ("dimension-attitude", "4"), ("dimension-style", ""), ("comment", "一\r\n二"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        var thanks = await citizen.TextAsync(sent.Headers.Location!.ToString(), language);
        Assert.Contains(thanked, thanks, StringComparison.Ordinal);
        Assert.Contains(counted, await citizen.TextAsync(Look().Match(thanks).Value, language), StringComparison.Ordinal);

        var figures = await site.Client.FiguresAsync(hall.Window);
        Assert.Equal((1, 1), ((int)figures["grades"]!["active"]!["2"]!, (int)figures["dimensions"]!["attitude"]!["grades"]!["4"]!));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_leads_to_the_same_thanks_and_another_one_to_a_friendly_page()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var token = await site.TokenAsync(hall.Window, "M-1");
        var page = await citizen.TextAsync("/rate/" + token);

        var (first, again) = (await citizen.PostAsync("/rate/" + token, ("id", IdOf(page)), ("grade", "4")), await citizen.PostAsync("/rate/" + token, ("id", IdOf(page)), ("grade", "4")));
        var other = await citizen.PostAsync("/rate/" + token, ("id", IdOf(await citizen.TextAsync("/rate/" + token))), ("grade", "5"));

        Assert.Equal((HttpStatusCode.SeeOther, first.Headers.Location), (again.StatusCode, again.Headers.Location));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Contains("one matter, one rating", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task The_page_of_a_printed_code_gives_one_rating_however_often_it_is_sent()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var page = await citizen.TextAsync("/rate/w/" + hall.Window);
        (string, string)[] form = [("id", IdOf(page)), ("at", At().Match(page).Groups[1].Value), ("grade", "3")];

        Assert.Equal((await citizen.PostAsync("/rate/w/" + hall.Window, form)).Headers.Location, (await citizen.PostAsync("/rate/w/" + hall.Window, form)).Headers.Location);

        var figures = await site.Client.FiguresAsync(hall.Window);
        Assert.Equal((1, 1), ((int)figures["unattached"]!, (int)figures["grades"]!["active"]!["3"]!));
    }

    [Fact]
    public async Task What_is_missing_is_said_and_what_was_written_stays()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var path = "/rate/" + await site.TokenAsync(hall.Window, "M-1");
        var id = IdOf(await citizen.TextAsync(path));

        var answer = await citizen.PostAsync(path, ("id", id), ("comment", "<script>alert(1)</script>"), ("dimension-attitude", "4"));
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Please choose one of the five grades.", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(id, IdOf(page));
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task An_invitation_that_is_forged_or_good_no_more_gets_a_friendly_page()
    {
        using var citizen = new Visitor(site.Url);

        foreach (var answer in new[] { await citizen.GetAsync("/rate/AQEA"), await citizen.PostAsync("/rate/AQEA", ("grade", "5")) })
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Contains("This invitation is good no more", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync("/rate/w/n999999")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync("/thanks/x")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.GetAsync("/counted/x")).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 400)]
    [InlineData("Sec-Fetch-Site", "same-site", 400)]
    [InlineData("Origin", "https://evil.example", 400)]
    [InlineData("Origin", "null", 400)]
    [InlineData("Origin", null, 303)]
    public async Task Another_site_makes_nobodys_browser_rate(string header, string? value, int status)
    {
        var hall = await site.NewHallAsync();
        var token = await site.TokenAsync(hall.Window, "M-1");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rate/" + token) { Content = new FormUrlEncodedContent([KeyValuePair.Create("grade", "1")]) };
        request.Headers.Add(header, value ?? site.Url.GetLeftPart(UriPartial.Authority));
        using var visitor = new Visitor(site.Url);

        Assert.Equal(status, (int)(await visitor.SendAsync(request)).StatusCode);
        Assert.Equal(status == 303 ? 1 : 0, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task Citizens_pages_are_kept_nowhere_and_allow_nothing_from_elsewhere()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var token = await site.TokenAsync(hall.Window, "M-1");
        var thanks = await RateAsync(citizen, token, 5, "");

        foreach (var path in new[] { "/rate/" + token, "/rate/w/" + hall.Window, thanks, "/counted", thanks.Replace("/thanks/", "/counted/", StringComparison.Ordinal) })
        {
            var answer = await citizen.GetAsync(path);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("noindex, nofollow", answer.Headers.GetValues("X-Robots-Tag").Single());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task By_number_and_query_code_the_page_tells_the_same()
    {
        var hall = await site.NewHallAsync();
        var receipt = (await site.RateAsync(InvitedCitizen.OfWindow(hall.Window))).Json;
        using var citizen = new Visitor(site.Url);

        var right = await citizen.PostAsync("/counted", ("number", $" {receipt["number"]} "), ("code", (string)receipt["queryCode"]!));
        var wrong = await citizen.PostAsync("/counted", ("number", (string)receipt["number"]!), ("code", "x"));

        Assert.Contains("it is counted", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        Assert.Contains("There is no such rating", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> RateAsync(Visitor citizen, string token, int grade, string comment)
    {
        var id = IdOf(await citizen.TextAsync("/rate/" + token));
        return (await citizen.PostAsync("/rate/" + token, ("id", id), ("grade", $"{grade}"), ("comment", comment))).Headers.Location!.ToString();
    }

    private static string IdOf(string page) => Id().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"id\" value=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("name=\"at\" value=\"([^\"]+)\"")]
    private static partial Regex At();

    [GeneratedRegex("/counted/[A-Za-z0-9_-]+")]
    private static partial Regex Look();

    // The code for links, the number and the query code.
    [GeneratedRegex("AQ[A-Za-z0-9_-]{45}|<dd>[0-9]+-[0-9]+</dd>|<dd>[0-9]{6}</dd>")]
    private static partial Regex Codes();
}
