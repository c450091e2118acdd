using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Xunit;

namespace Feedback.Api.Tests.Ratings;

[Collection(OneSite.Name)]
public sealed class InvitationTests(RunningSite site)
{
    [Fact]
    public async Task A_counter_gets_a_token_and_is_told_why_there_is_no_link()
    {
        var hall = await site.NewHallAsync();

        var answer = await site.InviteAsync(hall.Path + "/w-1", new JsonObject { ["matter"] = "M-1", ["serviceItem"] = "permit", ["language"] = "en", ["occurredAt"] = "2026-11-23T09:30:00+08:00".Replace("2026-11-23", Some.Day(1).ToString("yyyy-MM-dd"), StringComparison.Ordinal) });

        Assert.Equal((200, true), (answer.Status, answer.Headers.CacheControl!.NoStore));
        Assert.Equal(Some.Day(-6).ToString("yyyy-MM-dd") + "T09:30:00+08:00", (string?)answer.Json["expiresAt"]);
        Assert.Null(answer.Json["url"]);
        Assert.Null(answer.Json["qr"]);
        Assert.StartsWith("There is no link", (string?)answer.Json["noLink"], StringComparison.Ordinal);
        Assert.DoesNotContain("M-1", System.Text.Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars((string?)answer.Json["token"])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_request_gets_the_same_token_and_stores_nothing()
    {
        var hall = await site.NewHallAsync();
        var at = Some.Time();

        Assert.Equal(await site.TokenAsync(hall.Window, "M-1", at), await site.TokenAsync(hall.Window, "M-1", at));
        Assert.NotEqual(await site.TokenAsync(hall.Window, "M-1", at), await site.TokenAsync(hall.Window, "M-2", at));
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));
        Assert.Equal(1, (long)(await site.RateAsync(InvitedCitizen.Rating(await site.TokenAsync(hall.Window, "M-1", at)))).Json["version"]!);
    }

    [Fact]
    public async Task A_window_outside_the_keys_scope_looks_like_one_that_is_missing()
    {
        var body = new JsonObject { ["matter"] = "M-1" };
        var (foreign, missing) = (await site.InviteAsync(site.ForeignHall.Window, body), await site.InviteAsync("n999999", body));

        Assert.Equal((404, "window-unknown"), (foreign.Status, foreign.Code));
        Assert.Equal(missing.Text.Replace("n999999", site.ForeignHall.Window, StringComparison.Ordinal), foreign.Text);
    }

    [Fact]
    public async Task Nobody_invites_without_a_terminals_key()
    {
        var hall = await site.NewHallAsync();
        var token = (await site.NewKeyAsync(KeyPurpose.Read, new NodeId(hall.Id))).Secret;
        var path = $"/api/v1/windows/{hall.Window}/invite";

        Assert.Equal("key-missing", (await site.Client.PushAsync(new JsonObject { ["matter"] = "M-1" }, path, key: null)).Code);
        Assert.Equal("key-invalid", (await site.Client.PushAsync(new JsonObject { ["matter"] = "M-1" }, path, key: token)).Code);
    }

    [Theory]
    [InlineData("{}", "member-missing", "matter")]
    [InlineData("[]", "object-expected", null)]
    [InlineData("""{"matter":""}""", "text-empty", "matter")]
    [InlineData("""{"matter":"M-1","grade":5}""", "member-unknown", "grade")]
    [InlineData("""{"matter":"M-1","matter":"M-2"}""", "member-twice", "matter")]
    [InlineData("""{"matter":"M-1","occurredAt":"2026-11-23"}""", "time-invalid", "occurredAt")]
    [InlineData("""{"matter":"M-1","occurredAt":"2012-11-23T09:30:00+08:00"}""", "time-too-old", "occurredAt")]
    [InlineData("""{"matter":"M-1","occurredAt":"2112-11-23T09:30:00+08:00"}""", "time-in-future", "occurredAt")]
    public async Task A_member_that_cannot_be_taken_is_named(string body, string code, string? field)
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(body, $"/api/v1/windows/{hall.Window}/invite");

        Assert.Equal((400, code, field), (answer.Status, answer.Code, answer.Field));
    }

    [Fact]
    public async Task A_visit_that_nobody_could_rate_any_more_is_not_invited()
    {
        var hall = await site.NewHallAsync();

        var answer = await site.InviteAsync(hall.Window, new JsonObject { ["matter"] = "M-1", ["occurredAt"] = Some.Time(TimeSpan.FromDays(8)) });

        Assert.Equal((400, "invitation-late", "occurredAt"), (answer.Status, answer.Code, answer.Field));
    }
}
