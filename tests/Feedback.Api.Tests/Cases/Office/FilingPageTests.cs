using System.Net;
using System.Text.RegularExpressions;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Cases.Office;

[Collection(OneSite.Name)]
public sealed partial class FilingPageTests(RunningSite site)
{
    [Fact]
    public async Task Whoever_registers_a_matter_owns_it_and_gets_its_number_and_code_once()
    {
        var hall = await site.NewHallAsync();
        using var window = await Clerk.SignInAsync(site, $"window-staff@{hall.Window}");
        var page = (await window.OpenAsync("/cases/new")).Text;
        (string, string)[] form =
        [
            ("form", Visitor.SealOf(page)), ("request", Request().Match(page).Groups[1].Value), ("kind", "complaint"), ("channel", "window"),
            ("place", hall.Window), ("words", "排队两小时"), ("contact", "13812345678"), ("occurred", "2026-03-02T09:30"), ("language", "zh-CN"),
        ];

        var card = await Clerk.ReadAsync(await window.SendAsync("/cases/new", form));
        var again = await Clerk.ReadAsync(await window.SendAsync("/cases/new", form));

        Assert.Equal(HttpStatusCode.OK, card.Status);
        var number = Number().Match(card.Text).Groups[1].Value;
        Assert.Matches("id=\"query-code\">\\d{6}<", card.Text);
        Assert.Contains(number, again.Text, StringComparison.Ordinal);
        var board = (await window.OpenAsync("/cases")).Text;
        Assert.Contains(number, board, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(board, "data-case="));
        Assert.Contains(window.Name, board, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_in_the_pages_language_and_nothing_that_was_typed_is_lost()
    {
        var hall = await site.NewHallAsync();
        using var window = await Clerk.SignInAsync(site, $"window-staff@{hall.Window}");
        var seal = await window.SealAsync("/cases/new");

        var foreign = await SendAsync(("place", site.ForeignHall.Window), ("about", ""));
        var stranger = await SendAsync(("place", hall.Window), ("about", "no-such-code"));

        Assert.Contains(">what the citizen said</textarea>", foreign, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", foreign, StringComparison.Ordinal);
        Assert.Contains("There is no member of staff 'no-such-code'.", stranger, StringComparison.Ordinal);

        Task<string> SendAsync(params (string, string)[] fields) => SendInAsync(window, "en", seal, fields);
    }

    [Theory]
    [InlineData("en", "'When it happened' must be a day")]
    [InlineData("zh-CN", "“发生时间”应为日期")]
    public async Task What_is_wrong_is_called_as_on_the_form(string language, string words)
    {
        var hall = await site.NewHallAsync();
        using var window = await Clerk.SignInAsync(site, $"window-staff@{hall.Window}");

        var page = await SendInAsync(window, language, await window.SealAsync("/cases/new"), ("place", hall.Window), ("occurred", "yesterday"));

        Assert.Contains(words, page, StringComparison.Ordinal);
    }

    private static async Task<string> SendInAsync(Clerk clerk, string language, string seal, params (string, string)[] fields) => (await Clerk.ReadAsync(await clerk.Browser.PostInAsync(
        language, "/cases/new", [("form", seal), ("request", Some.Id()), ("kind", "complaint"), ("channel", "phone"), ("words", "what the citizen said"), .. fields]))).Text;

    [GeneratedRegex("name=\"request\" value=\"([^\"]+)\"")]
    private static partial Regex Request();

    [GeneratedRegex("id=\"number\">([^<]+)<")]
    private static partial Regex Number();
}
