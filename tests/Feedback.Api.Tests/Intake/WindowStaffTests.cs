using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Intake;

[Collection(OneSite.Name)]
public sealed class WindowStaffTests(RunningSite site)
{
    [Fact]
    public async Task Evaluations_are_attributed_to_who_was_signed_in_and_the_others_are_counted_as_not_attributed()
    {
        var (hall, staff) = (await site.NewHallAsync(), await site.NewStaffAsync());
        var signedIn = await SignInAsync(hall.Window, Body(staff, TimeSpan.FromHours(4)));
        var signedOut = await SignInAsync(hall.Path.Replace("/", "%2F", StringComparison.Ordinal) + "%2Fw-1", Body(null, TimeSpan.FromHours(2)));
        await site.Client.PushAsync(Some.Array([
            Some.Evaluation(hall.Window, occurredAt: Some.Time(TimeSpan.FromHours(3))).With(("staff", "somebody-else")),
            Some.Evaluation(hall.Window, occurredAt: Some.Time(TimeSpan.FromHours(5))).With(("staff", staff)),
            Some.Evaluation(hall.Window, occurredAt: Some.Time(TimeSpan.FromHours(1))),
        ]));

        Assert.Equal((200, hall.Window, staff, true), (signedIn.Status, (string?)signedIn.Json["window"], (string?)signedIn.Json["staff"], (bool)signedIn.Json["changed"]!));
        Assert.Equal((200, (string?)null, true), (signedOut.Status, (string?)signedOut.Json["staff"], (bool)signedOut.Json["changed"]!));
        Assert.Equal(2, (int)(await site.Client.FiguresAsync(hall.Window))["flags"]!["not-attributed"]!);
        await site.VerifyAsync();
    }

    [Fact]
    public async Task A_retry_changes_nothing()
    {
        var (hall, body) = (await site.NewHallAsync(), Body(await site.NewStaffAsync(), TimeSpan.FromMinutes(9)));
        await SignInAsync(hall.Window, body);
        var again = await SignInAsync(hall.Window, body);
        Assert.Equal((200, false), (again.Status, (bool)again.Json["changed"]!));
    }

    [Theory]
    [InlineData("{\"staff\":\"nobody\",\"occurredAt\":\"2026-03-02T09:00:00+08:00\"}", "staff-unknown|time-too-old|time-in-future", null)]
    [InlineData("{\"staff\":null}", "member-missing", "occurredAt")]
    [InlineData("{\"occurredAt\":\"2026-03-02T09:00:00+08:00\"}", "member-missing", "staff")]
    [InlineData("{\"staff\":7,\"occurredAt\":\"2026-03-02T09:00:00+08:00\"}", "text-expected", "staff")]
    [InlineData("{\"staff\":null,\"occurredAt\":\"yesterday\"}", "time-invalid", "occurredAt")]
    [InlineData("{\"staff\":null,\"occurredAt\":\"2020-03-02T09:00:00+08:00\"}", "time-too-old", "occurredAt")]
    [InlineData("{\"staff\":null,\"occurredAt\":\"2999-03-02T09:00:00+08:00\"}", "time-in-future", "occurredAt")]
    [InlineData("{\"staff\":null,\"grade\":5}", "member-unknown", "grade")]
    [InlineData("[]", "object-expected", null)]
    public async Task What_cannot_be_taken_is_refused_by_name(string body, string codes, string? field)
    {
        var answer = await site.Client.PushAsync(body, Path((await site.NewHallAsync()).Window));
        Assert.Equal(400, answer.Status);
        Assert.Contains(answer.Code!, codes.Split('|'));
        if (field is not null)
            Assert.Equal(field, answer.Field);
    }

    [Fact]
    public async Task Only_a_key_of_the_window_signs_in_and_foreign_windows_look_like_none()
    {
        var (hall, body) = (await site.NewHallAsync(), Body(null));
        Assert.Equal((401, "key-missing"), await CodeAsync(hall.Window, null));
        Assert.Equal((401, "key-invalid"), await CodeAsync(hall.Window, site.Token));
        Assert.Equal((404, "window-unknown"), await CodeAsync(site.ForeignHall.Window, ""));
        Assert.Equal((404, "window-unknown"), await CodeAsync("n99999", ""));
        Assert.Equal((404, "window-unknown"), await CodeAsync(hall.Id, ""));

        async Task<(int, string?)> CodeAsync(string window, string? key) =>
            await site.Client.PushAsync(body, Path(window), key: key) is var answer ? (answer.Status, answer.Code) : default;
    }

    private Task<Answer> SignInAsync(string window, JsonObject body) => site.Client.PushAsync(body, Path(window));

    private static string Path(string window) => $"/api/v1/windows/{window}/staff";

    private static JsonObject Body(string? staff, TimeSpan ago = default) => new() { ["staff"] = staff, ["occurredAt"] = Some.Time(ago) };
}
