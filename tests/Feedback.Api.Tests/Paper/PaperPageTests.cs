using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Feedback.Api.Tests.Cases.Office;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Paper;
using Feedback.Grains.Paper;
using Xunit;

namespace Feedback.Api.Tests.Paper;

/// <summary>The pages of printed forms over HTTP.</summary>
[Collection(OneSite.Name)]
public sealed partial class PaperPageTests(RunningSite site)
{
    [Fact]
    public async Task A_batch_is_opened_once_keyed_form_by_form_checked_and_closed()
    {
        var hall = await site.NewHallAsync();
        using var clerk = await Clerk.SignInAsync(site, $"hall-manager@{hall.Id}");
        using var other = await Clerk.SignInAsync(site, $"hall-manager@{hall.Id}");
        var list = (await clerk.OpenAsync("/paper")).Text;
        (string, string)[] opening =
        [
            ("form", Visitor.SealOf(list)), ("request", Request().Match(list).Groups[1].Value), ("place", hall.Window), ("from", PaperClerk.Day(7)), ("through", PaperClerk.Day(0)),
            ("issued", "5"), ("collected", "2"), ("first", clerk.Name), ("second", other.Name),
        ];
        var (first, again) = (await clerk.SendAsync("/paper", opening), await clerk.SendAsync("/paper", opening));
        var batch = first.Headers.Location!.ToString();
        Assert.Equal($"/paper/p{hall.Window[1..]}-1", batch);
        Assert.Equal(batch, again.Headers.Location!.ToString());

        // The same form with other counts is told of the first batch, and sent once more it opens a second one.
        var differs = await Clerk.ReadAsync(await clerk.SendAsync("/paper", [.. opening.Select(one => one.Item1 == "issued" ? ("issued", "6") : one)]));
        Assert.Equal(HttpStatusCode.Conflict, differs.Status);
        Assert.Contains(batch["/paper/".Length..], differs.Text, StringComparison.Ordinal);
        Assert.NotEqual(Request().Match(list).Groups[1].Value, Request().Match(differs.Text).Groups[1].Value);

        // The number of the next form stands there, and the keyboard waits for its grade.
        var page = (await clerk.OpenAsync(batch)).Text;
        Assert.Contains("name=\"number\" value=\"1\"", page, StringComparison.Ordinal);
        Assert.Matches("<input name=\"grade\"[^>]* autofocus", page);
        var keyed = await KeyAsync(("number", "1"), ("grade", "5"), ("dimension-attitude", "4"), ("comment", "很好"));
        Assert.Contains("Form 1 is stored.", keyed, StringComparison.Ordinal);
        Assert.Contains("name=\"number\" value=\"2\"", keyed, StringComparison.Ordinal);
        Assert.Contains("Form 1 was stored before", await KeyAsync(("number", "1"), ("grade", "5"), ("dimension-attitude", "4"), ("comment", "很好")), StringComparison.Ordinal);
        Assert.Contains("Form 2 is spoilt.", await KeyAsync(("number", "2"), ("grade", ""), ("spoilt", "blank")), StringComparison.Ordinal);

        // Whoever keyed it is shown no number and is refused.
        Assert.Contains("name=\"number\" value=\"\"", (await clerk.OpenAsync(batch + "?mode=recheck")).Text, StringComparison.Ordinal);
        Assert.Contains("somebody else keys it the second time", await KeyAsync(("mode", "recheck"), ("number", "1"), ("grade", "3")), StringComparison.Ordinal);
        page = (await other.OpenAsync(batch + "?mode=recheck")).Text;
        Assert.Contains("name=\"number\" value=\"1\"", page, StringComparison.Ordinal);
        var second = await other.SendAsync(batch + "/key", [("form", Visitor.SealOf(page)), ("mode", "recheck"), ("number", "1"), ("grade", "3"), ("dimension-attitude", "4"), ("comment", "很好")]);
        page = (await other.OpenAsync(second.Headers.Location!.ToString())).Text;
        Assert.Contains("the two keyings differ", page, StringComparison.Ordinal);
        Assert.Contains("the two keyings of these forms differ: 1", await StepAsync("close"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("whoever keyed it the second time says that yours is right", await StepAsync("keep", ("number", "1")), StringComparison.Ordinal);
        var kept = await other.SendAsync(batch + "/keep", [("form", Visitor.SealOf(page)), ("version", Version().Match(page).Groups[1].Value), ("number", "1")]);
        Assert.Contains("Form 1 stays as it was keyed first.", (await other.OpenAsync(kept.Headers.Location!.ToString())).Text, StringComparison.Ordinal);
        Assert.Contains("The batch is closed.", await StepAsync("close"), StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"grade\"", (await clerk.OpenAsync(batch)).Text, StringComparison.Ordinal);
        list = (await clerk.OpenAsync("/paper")).Text;
        Assert.Contains("40.0% <span class=\"soft\">(2 / 5)</span>", list, StringComparison.Ordinal);
        Assert.Contains("50.0% <span class=\"soft\">(1 / 2)</span>", list, StringComparison.Ordinal);

        async Task<string> KeyAsync(params (string, string)[] fields) => await FollowAsync(await clerk.SendAsync(batch + "/key", await SealedAsync(fields)));

        async Task<string> StepAsync(string step, params (string, string)[] fields) => await FollowAsync(await clerk.SendAsync($"{batch}/{step}", await SealedAsync(fields)));

        async Task<(string, string)[]> SealedAsync((string, string)[] fields)
        {
            var now = (await clerk.OpenAsync(batch)).Text;
            return [("form", Visitor.SealOf(now)), ("version", Version().Match(now).Groups[1].Value), .. fields];
        }

        async Task<string> FollowAsync(HttpResponseMessage answer) =>
            answer.StatusCode == HttpStatusCode.Redirect ? (await clerk.OpenAsync(answer.Headers.Location!.ToString())).Text : (await Clerk.ReadAsync(answer)).Text;
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_its_field_and_nothing_that_was_typed_is_lost()
    {
        var (_, clerk, batch) = await OpenAsync();
        using var __ = clerk;
        var seal = Visitor.SealOf((await clerk.OpenAsync(batch)).Text);
        var answer = await Clerk.ReadAsync(await clerk.SendAsync(batch + "/key", [("form", seal), ("number", "1"), ("grade", "7"), ("comment", "typed <b>words</b>"), ("window", "w-1")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Matches("<input name=\"grade\" value=\"7\"[^>]*autofocus[^>]*aria-invalid=\"true\"", answer.Text);
        Assert.Contains("value=\"typed <b>words</b>\"", answer.Text, StringComparison.Ordinal);
        var nowhere = await Clerk.ReadAsync(await clerk.SendAsync(batch + "/key", [("form", seal), ("number", "1"), ("grade", "5"), ("window", site.ForeignHall.Window)]));
        Assert.Matches("<input name=\"window\"[^>]*aria-invalid=\"true\"", nowhere.Text);
        var both = await clerk.SendAsync(batch + "/key", [("form", seal), ("number", "1"), ("grade", "5"), ("spoilt", "blank"), ("window", "w-1")]);
        Assert.Equal(HttpStatusCode.BadRequest, both.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.SendAsync("/paper/p999999-1/key", [("form", seal), ("number", "1")])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await clerk.SendAsync(batch + "/key", [("number", "1"), ("grade", "5")])).StatusCode);
        Assert.Equal(0, (await site.Service<PaperBatches>().FindAsync(new PaperBatchId(batch["/paper/".Length..])))!.Valid);
    }

    [Theory]
    [InlineData("key", "item", "13812345678")]
    [InlineData("close", "reason", "问王某 13812345678")]
    [InlineData("close", "reason", "a\u0001b")]
    public async Task What_tells_of_a_person_or_cannot_be_kept_is_refused_at_its_field(string step, string field, string text) =>
        Assert.Matches($"name=\"{field}\"[^>]*aria-invalid=\"true\"", await RefusedAsync(step, field, text));

    [Theory]
    [InlineData("key", "item")]
    [InlineData("key", "spoilt")]
    [InlineData("key", "comment")]
    [InlineData("close", "reason")]
    public async Task What_no_text_may_hold_is_refused_with_everything_that_came_with_it(string step, string field) =>
        Assert.NotEmpty(await RefusedAsync(step, field, "a\0b"));

    [Fact]
    public async Task The_blank_forms_are_printed_with_the_bureaus_dimensions_in_both_languages_and_their_numbers()
    {
        var (_, clerk, batch) = await OpenAsync();
        using var __ = clerk;
        var (status, text) = await clerk.OpenAsync(batch + "/form?from=2&to=3");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["2", "3"], Form().Matches(text).Select(match => match.Groups[1].Value));
        Assert.Contains("服务态度", text, StringComparison.Ordinal);
        Assert.Contains("Attitude", text, StringComparison.Ordinal);
        Assert.Contains(batch["/paper/".Length..], text, StringComparison.Ordinal);
        Assert.Equal(5, Form().Matches((await clerk.OpenAsync(batch + "/form?from=-3&to=999999")).Text).Count);
    }

    [Fact]
    public async Task A_file_is_keyed_on_the_page_and_what_is_wrong_with_it_is_told_row_by_row()
    {
        var (_, clerk, batch) = await OpenAsync();
        using var __ = clerk;
        Assert.Contains("Row 2:", await SendAsync("form,grade,window\n1,great,w-1\n"), StringComparison.Ordinal);
        Assert.Contains("2 rows: 1 stored, 0 stored before, 1 spoilt.", await SendAsync("form,grade,window,spoilt\n1,4,w-1,\n2,,,torn\n"), StringComparison.Ordinal);

        async Task<string> SendAsync(string csv)
        {
            var seal = Visitor.SealOf((await clerk.OpenAsync(batch)).Text);
            using var request = new HttpRequestMessage(HttpMethod.Post, batch + "/file")
            {
                Content = new MultipartFormDataContent { { new StringContent(seal), "form" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "file", "forms.csv" } },
            };
            request.Headers.TryAddWithoutValidation("Accept-Language", "en");
            return (await Clerk.ReadAsync(await clerk.Browser.SendAsync(request))).Text;
        }
    }

    private async Task<string> RefusedAsync(string step, string field, string text)
    {
        var (_, clerk, batch) = await OpenAsync();
        using var __ = clerk;
        var page = (await clerk.OpenAsync(batch)).Text;
        (string, string)[] form = [("form", Visitor.SealOf(page)), ("version", Version().Match(page).Groups[1].Value), ("number", "1"), ("window", "w-1"), (field, text)];
        var answer = await Clerk.ReadAsync(await clerk.SendAsync($"{batch}/{step}", field == "spoilt" ? form : [.. form, ("grade", "5")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var state = (await site.Service<PaperBatches>().FindAsync(new PaperBatchId(batch["/paper/".Length..])))!;
        Assert.Equal((0, null), (state.Valid, state.Closed));
        return answer.Text;
    }

    private async Task<(OpenHall Hall, Clerk Clerk, string Batch)> OpenAsync()
    {
        var hall = await site.NewHallAsync(windows: 2);
        var clerk = await Clerk.SignInAsync(site, $"hall-manager@{hall.Id}");
        using var other = await PaperClerk.SignInAsync(site, hall.Id);
        return (hall, clerk, "/paper" + await other.OpenAsync(hall.Id, issued: 5, collected: 5));
    }

    [GeneratedRegex("name=\"request\" value=\"([^\"]+)\"")]
    private static partial Regex Request();

    [GeneratedRegex("name=\"version\" value=\"(\\d+)\"")]
    private static partial Regex Version();

    [GeneratedRegex("data-form=\"(\\d+)\"")]
    private static partial Regex Form();
}
