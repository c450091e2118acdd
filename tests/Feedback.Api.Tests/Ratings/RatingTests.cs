using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Ratings;

[Collection(OneSite.Name)]
public sealed class RatingTests(RunningSite site)
{
    [Fact]
    public async Task An_invited_rating_is_counted_with_its_matter()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Matter(hall.Window, "M-1"), Client.Matters);
        await site.Client.PushAsync(Some.Matter(hall.Window, "M-2"), Client.Matters);
        var token = await site.TokenAsync(hall.Window, "M-1");

        var answer = await site.RateAsync(InvitedCitizen.Rating(token, 4).With(
            ("dimensions", new JsonObject { ["attitude"] = 5 }), ("reasons", new JsonArray("waited")), ("comment", "很快"), ("language", "zh-CN")));

        Assert.Equal((201, hall.Window, 3L), (answer.Status, (string?)answer.Json["window"], (long)answer.Json["version"]!));
        Assert.Equal(["window", "version", "digest", "code", "number", "queryCode"], answer.Json.AsObject().Select(member => member.Key));
        var figures = await site.Client.FiguresAsync(hall.Window);
        Assert.Equal((2, 1), ((int)figures["matters"]!["finished"]!, (int)figures["matters"]!["rated"]!));
        Assert.Equal(1, (int)figures["channels"]!["qr"]!);
        Assert.Equal(1, (int)figures["grades"]!["active"]!["4"]!);
        Assert.Equal(0, (int)figures["unattached"]!);
    }

    [Fact]
    public async Task A_matter_is_rated_once_and_only_the_sender_gets_the_receipt_again()
    {
        var hall = await site.NewHallAsync();
        var token = await site.TokenAsync(hall.Window, "M-1");
        var rating = InvitedCitizen.Rating(token, 2, "draw-1").With(("comment", "慢"));

        var (first, again) = (await site.RateAsync(rating), await site.RateAsync(rating));
        Assert.Equal((201, 200, first.Text), (first.Status, again.Status, again.Text));
        foreach (var other in new[]
        {
            rating.With(("grade", 3)), rating.With(("comment", "快")), rating.Without("comment"), rating.With(("id", "draw-2")), rating.Without("id"),
            InvitedCitizen.Rating(await site.TokenAsync(hall.Window, "M-1", Some.Time(TimeSpan.FromMinutes(5))), 5),
        })
        {
            var answer = await site.RateAsync(other);
            Assert.Equal((409, "rated-already"), (answer.Status, answer.Code));
        }

        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task Whoever_holds_the_token_learns_nothing_about_the_grade_by_trying_them_all()
    {
        var hall = await site.NewHallAsync();
        var token = await site.TokenAsync(hall.Window, "M-1");
        await site.RateAsync(InvitedCitizen.Rating(token, 2, "the citizen's own"));

        var answers = new HashSet<string>();
        for (var grade = 1; grade <= 5; grade++)
            answers.Add((await site.RateAsync(InvitedCitizen.Rating(token, grade, "a guess"))).Text);

        Assert.Contains("rated-already", Assert.Single(answers), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_token_and_one_of_another_matter_are_refused_alike()
    {
        var hall = await site.NewHallAsync();
        var token = await site.TokenAsync(hall.Window, "M-1");

        var answers = new List<string>();
        foreach (var forged in new[] { token[..^1] + (token[^1] == 'A' ? 'Q' : 'A'), "A", new string('A', 80), token[4..] })
        {
            var answer = await site.RateAsync(InvitedCitizen.Rating(forged));
            Assert.Equal((400, "invitation-invalid"), (answer.Status, answer.Code));
            answers.Add(answer.Text);
        }

        Assert.Single(answers.Distinct());
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("weight")]
    [InlineData("receivedAt")]
    [InlineData("role")]
    [InlineData("scope")]
    [InlineData("flags")]
    [InlineData("origin")]
    [InlineData("channel")]
    [InlineData("source")]
    [InlineData("matter")]
    [InlineData("staff")]
    [InlineData("serviceItem")]
    [InlineData("occurredAt")]
    public async Task What_the_server_sets_cannot_be_sent(string member)
    {
        var hall = await site.NewHallAsync();

        var answer = await site.RateAsync(InvitedCitizen.Rating(await site.TokenAsync(hall.Window, "M-1")).With((member, Some.Time())));

        Assert.Equal((400, "member-unknown", member), (answer.Status, answer.Code, answer.Field));
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));
    }

    [Theory]
    [InlineData("invitation")]
    [InlineData("window-code")]
    public async Task No_terminal_takes_a_citizens_place(string source)
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(Some.Evaluation(hall.Window).With(("source", source)));

        Assert.Equal((400, "source-reserved", "source"), (answer.Status, answer.Code, answer.Field));
    }

    [Fact]
    public async Task A_printed_windows_code_gives_ratings_without_a_matter_that_are_shown_apart()
    {
        var hall = await site.NewHallAsync();
        var rating = InvitedCitizen.OfWindow(hall.Path + "/w-1", 3);

        var (first, again) = (await site.RateAsync(rating), await site.RateAsync(rating));
        var other = await site.RateAsync(rating.With(("grade", 4)));

        Assert.Equal((201, 200, 409), (first.Status, again.Status, other.Status));
        Assert.Equal("conflict", other.Code);
        var figures = await site.Client.FiguresAsync(hall.Window);
        Assert.Equal((1, 1), ((int)figures["unattached"]!, (int)figures["channels"]!["qr"]!));
    }

    [Fact]
    public async Task A_rating_without_a_token_says_where_and_when()
    {
        var hall = await site.NewHallAsync();
        var rating = InvitedCitizen.OfWindow(hall.Window);

        await RefusedAsync(400, "member-missing", "token", rating.Without("window"));
        await RefusedAsync(400, "member-missing", "id", rating.Without("id"));
        await RefusedAsync(400, "member-missing", "occurredAt", rating.Without("occurredAt"));
        await RefusedAsync(400, "member-missing", "grade", rating.Without("grade"));
        await RefusedAsync(400, "token-or-window", "window", rating.With(("token", await site.TokenAsync(hall.Window, "M-1"))));
        await RefusedAsync(400, "rating-too-old", "occurredAt", rating.With(("occurredAt", Some.Time(TimeSpan.FromDays(4)))));
        await RefusedAsync(404, "window-unknown", "window", rating.With(("window", "n999999")));
        await RefusedAsync(404, "window-unknown", "window", rating.With(("window", hall.Id)));
        await RefusedAsync(400, "dimension-unknown", "dimensions.looks", rating.With(("dimensions", new JsonObject { ["looks"] = 5 })));
        await RefusedAsync(400, "text-too-long", "comment", rating.With(("comment", new string('好', 1001))));

        async Task RefusedAsync(int status, string code, string field, JsonNode body) =>
            Assert.Equal((status, code, field), await site.RateAsync(body) is var answer ? (answer.Status, answer.Code, answer.Field) : default);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task What_another_sites_form_could_send_is_not_taken(string? media)
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(System.Text.Encoding.UTF8.GetBytes(InvitedCitizen.OfWindow(hall.Window).ToJsonString()), InvitedCitizen.Ratings, media, key: null);

        Assert.Equal((415, "media-type-unknown"), (answer.Status, answer.Code));
    }
}
