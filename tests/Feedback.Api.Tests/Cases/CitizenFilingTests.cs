using System.Net;
using System.Net.Http.Headers;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Ratings;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Xunit;
using static Feedback.Api.Tests.Cases.FilingCitizen;

namespace Feedback.Api.Tests.Cases;

/// <summary>Citizens file what they have to say.</summary>
[Collection(OneSite.Name)]
public sealed class CitizenFilingTests(RunningSite site)
{
    [Fact]
    public async Task A_form_that_is_sent_twice_is_one_case_and_with_other_words_none()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var path = "/file?at=" + hall.Window;
        var id = IdOf(await citizen.TextAsync(path));
        (string, string)[] form = [("id", id), ("kind", "complaint"), ("words", "等了两个小时")];

        var (first, again) = (await citizen.PostAsync(path, form), await citizen.PostAsync(path, form));
        var other = await citizen.PostAsync(path, ("id", id), ("kind", "complaint"), ("words", "又等了两个小时"));

        Assert.Equal((HttpStatusCode.SeeOther, first.Headers.Location), (again.StatusCode, again.Headers.Location));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Contains("This was sent already", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(await citizen.TextAsync(first.Headers.Location!.ToString()), await citizen.TextAsync(again.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task A_printed_code_tells_the_place_and_who_comes_by_the_web_chooses_it()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var page = await citizen.TextAsync("/file");
        var byWeb = await citizen.PostAsync("/file", ("id", IdOf(page)), ("kind", "suggestion"), ("place", hall.Id), ("category", "facilities"), ("words", "多放几把椅子"), ("contact", "13800000000"));
        var byCode = await citizen.FileAsync(hall.Path + "/w-1", "多放几把椅子", kind: "praise");

        var (web, code) = (await IntakeAsync(byWeb.Headers.Location!.ToString()), await IntakeAsync(byCode));
        Assert.Equal((CaseKind.Suggestion, CaseChannel.Web, hall.Id, "facilities", false), (web.Kind, web.Channel, web.Node.Value, web.Category, web.Anonymous));
        Assert.Equal((CaseKind.Praise, CaseChannel.Qr, hall.Window, null, true), (code.Kind, code.Channel, code.Node.Value, code.Category, code.Anonymous));
        Assert.Contains("There is no such place", await citizen.TextAsync("/file?at=n999999"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind", "", "Choose whether it is a complaint")]
    [InlineData("place", "", "Choose the hall or the window")]
    [InlineData("place", "n999999", "Choose the hall or the window")]
    [InlineData("words", "  ", "Please write what you want to say.")]
    public async Task What_is_missing_is_said_at_its_field_and_what_was_written_stays(string field, string value, string said)
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var id = IdOf(await citizen.TextAsync("/file"));
        var form = new Dictionary<string, string> { ["id"] = id, ["kind"] = "complaint", ["place"] = hall.Window, ["words"] = "<script>alert(1)</script>", ["contact"] = "\"><b>x" };
        form[field] = value;

        var answer = await citizen.PostAsync("/file", [.. form.Select(one => (one.Key, one.Value))]);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.InRange((int)answer.StatusCode, 400, 422);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\" id=\"problem\"", page, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"problem", page, StringComparison.Ordinal);
        Assert.Equal(id, IdOf(page));
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>x", page, StringComparison.Ordinal);
        Assert.Contains("&gt;&lt;b&gt;x", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_in_full_length_are_taken_and_longer_ones_are_not()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);

        var filed = await citizen.FileAsync(hall.Window, new string('等', 10_000));
        var answer = await citizen.PostAsync("/file?at=" + hall.Window, ("id", "long"), ("kind", "complaint"), ("words", new string('等', 10_001)));

        Assert.Contains(new string('等', 10_000), await citizen.TextAsync(TrackOf(filed)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("longer than 10,000 characters", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_a_citizen_complains_of_by_their_number_is_named_and_a_number_that_nobody_has_stays_with_the_words()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var citizen = new Visitor(site.Url);
        Assert.Contains("aria-describedby=\"about-hint\"", await citizen.TextAsync("/file?at=" + hall.Window), StringComparison.Ordinal);

        Assert.Equal((code, "无人接待"), await FiledAsync("complaint", code));
        Assert.Equal((code, "无人接待\n\nNumber on the badge: 0417"), await FiledAsync("complaint", $" {code.ToUpperInvariant()}，0417"));
        Assert.Equal(("", "无人接待\n\nNumber on the badge: 0417"), await FiledAsync("question", "0417"));
        // Whoever is praised is kept from nothing.
        Assert.Equal(("", "无人接待\n\nNumber on the badge: " + code), await FiledAsync("praise", code));
        Assert.Equal(("", "无人接待"), await FiledAsync("suggestion", ""));

        async Task<(string About, string? Words)> FiledAsync(string kind, string about)
        {
            var sent = await SendAboutAsync(citizen, hall.Window, kind, "无人接待", about);
            Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
            var (records, id) = (site.Service<CaseRecords>(), site.CaseOf(sent.Headers.Location!.ToString()));
            var found = (await records.FindAsync(id))!;
            var texts = (await records.ReadTextsAsync(found, Clerk, contact: false)).Texts;
            return (string.Join(' ', found.State.Intake.About), Assert.Single(texts, text => text.What == CaseReferences.Text).Text);
        }
    }

    [Fact]
    public async Task What_is_too_long_with_a_number_that_nobody_has_is_told_at_its_field_and_a_number_of_somebody_takes_no_room()
    {
        var (hall, code) = (await site.NewHallAsync(), await site.NewStaffAsync());
        using var citizen = new Visitor(site.Url);
        var words = new string('等', 10_000);

        var refused = await SendAboutAsync(citizen, hall.Window, "complaint", words, "0417");
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("That is too long.", page, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"problem about-hint\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"0417\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAboutAsync(citizen, hall.Window, "complaint", words, code)).StatusCode);
    }

    [Fact]
    public async Task Photos_are_kept_and_files_whose_content_is_something_else_are_refused()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var photo = SomeFile.Png;
        byte[] onlyAHeader = [.. photo[..8], .. "MZ this is a program"u8];

        var kept = await SendAsync(citizen, hall.Window, photo);
        var refused = await SendAsync(citizen, hall.Window, onlyAHeader);

        var attached = (await site.Service<CaseRecords>().FindAsync(site.CaseOf(kept.Headers.Location!.ToString())))!.Timeline.Select(one => one.Happened).OfType<CaseAttached>().Single();
        Assert.Equal(("image/png", photo.Length, "citizen"), (attached.Type, (int)attached.Size, attached.Stamp.By));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("Only JPEG, PNG and WebP", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        // A recording is whole, and is taken by the API; here only photos and papers are.
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(citizen, hall.Window, SomeFile.Wav)).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Another_site_makes_nobodys_browser_file(string header, string value)
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/file?at=" + hall.Window)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("id", "x"), KeyValuePair.Create("kind", "complaint"), KeyValuePair.Create("words", "x")]),
        };
        request.Headers.Add(header, value);

        Assert.Equal(HttpStatusCode.BadRequest, (await citizen.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task The_thanks_for_a_rating_tell_that_bad_ones_are_looked_into_and_lead_to_filing_at_the_window()
    {
        var hall = await site.NewHallAsync();
        using var citizen = new Visitor(site.Url);
        var path = "/rate/" + await site.TokenAsync(hall.Window, "M-thanks");
        var sent = await citizen.PostAsync(path, ("id", IdOf(await citizen.TextAsync(path))), ("grade", "1"));

        var thanks = await citizen.TextAsync(sent.Headers.Location!.ToString());

        Assert.Contains("Ratings of “Dissatisfied” or worse are looked into; what is true is put right within 15 working days.", thanks, StringComparison.Ordinal);
        Assert.Contains($"href=\"/file?at={hall.Window}\"", thanks, StringComparison.Ordinal);
        Assert.Contains("href=\"/track\"", thanks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_poster_is_made_of_an_address_that_no_phone_reaches()
    {
        var hall = await site.NewHallAsync();
        using var visitor = new Visitor(site.Url);

        var poster = await visitor.GetAsync("/file/poster?at=" + hall.Window);

        Assert.False(poster.IsSuccessStatusCode);
        Assert.Contains("nothing to print", await poster.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/file/poster?at=n999999")).StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAboutAsync(Visitor citizen, string window, string kind, string words, string about)
    {
        var path = "/file?at=" + window;
        return await citizen.PostAsync(path, ("id", IdOf(await citizen.TextAsync(path))), ("kind", kind), ("words", words), ("about", about));
    }

    private async Task<CaseIntake> IntakeAsync(string filed) => (await site.Service<CaseRecords>().FindAsync(site.CaseOf(filed)))!.State.Intake;

    private static async Task<HttpResponseMessage> SendAsync(Visitor citizen, string window, byte[] file)
    {
        var path = "/file?at=" + window;
        var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new MultipartFormDataContent
            {
                { new StringContent(IdOf(await citizen.TextAsync(path))), "id" },
                { new StringContent("complaint"), "kind" },
                { new StringContent("地面很滑"), "words" },
                { content, "files", "photo.png" },
            },
        };
        request.Headers.TryAddWithoutValidation("Accept-Language", "en");
        return await citizen.SendAsync(request);
    }
}
