using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Platform;
using Feedback.Grains.Platform;
using Feedback.Silo.Platform;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Platform;

/// <summary>From a terminal to the platform, with the whole service between.</summary>
public sealed class WholeWayTests
{
    [Fact]
    public async Task A_rating_that_is_pushed_reaches_the_platform_and_what_it_refuses_reaches_it_once_it_is_sent_again()
    {
        await using var receiver = await PlatformReceiver.StartAsync();
        receiver.Answers = _ => (500, "");
        var settings = new PlatformSettings
        {
            Items = new Uri(receiver.Url + "/items"),
            AllowPrivate = true,
            Token = [.. Encoding.UTF8.GetBytes("secret")],
            From = new DateOnly(2020, 1, 1),
            Mappings = ImmutableDictionary<PlatformKind, ItemMapping>.Empty.Add(
                PlatformKind.Evaluations, new ItemMapping(PlatformKind.Evaluations, [new FieldRule("stars") { From = SourceFields.Find(PlatformKind.Evaluations, "grade") }])),
        };
        var site = new RunningSite(services => services.AddPlatformCarrier(settings));
        await site.InitializeAsync();
        try
        {
            var hall = await site.NewHallAsync();
            Assert.Equal(201, (await site.Client.PushAsync(Some.Evaluation(hall.Window, id: "e-platform"))).Status);
            using var admin = await SecurityDesk.OpenAsync(site, role: Role.SystemAdministrator);
            await WokenUntilAsync(site, "the platform fails", async () => (string?)(await ReadAsync(admin))["failingWith"] == "it answers 500");
            Assert.Equal(1, (long)(await ReadAsync(admin))["waitingWindows"]!);
            var page = await admin.Visitor.TextAsync("/platform");
            Assert.Contains("the platform takes nothing: it answers 500.", page, StringComparison.Ordinal);
            Assert.Matches("id=\"waiting\">[1-9][0-9]* events of 1 windows", page);

            Assert.Single(receiver.Heard.Select(heard => heard.Headers["Idempotency-Key"].ToString()).Distinct());
            var id = (string)JsonNode.Parse(receiver.Heard.First().Body)!["items"]![0]!["id"]!;
            receiver.Answers = _ => (200, $$"""{"rejected":[{"id":"{{id}}","reason":"unknown window"}]}""");
            await WokenUntilAsync(site, "the rating is refused", async () => (long)(await ReadAsync(admin))["rejected"]! == 1);
            var rejected = (await ReadAsync(admin))["rejectedItems"]![0]!;
            Assert.Equal((id, "unknown window", false), ((string?)rejected["id"], (string?)rejected["reason"], (bool)rejected["again"]!));

            page = await admin.Visitor.TextAsync("/platform");
            Assert.Contains("The platform takes what is sent.", page, StringComparison.Ordinal);
            Assert.Contains("unknown window", page, StringComparison.Ordinal);

            receiver.Answers = _ => (200, "");
            var (status, marked) = await admin.PostAsync($"/api/v1/platform/rejected/{id}/resend");
            Assert.Equal((200, true), (status, (bool)marked["again"]!));
            await WokenUntilAsync(site, "the rating is taken", async () => (long)(await ReadAsync(admin))["rejected"]! == 0);

            var told = await ReadAsync(admin);
            Assert.Equal("""{"stars":5}""", receiver.Items[id]["data"]!.ToJsonString());
            Assert.Equal((0L, 1L, 1), ((long)told["waitingEvents"]!, (long)told["days"]![0]!["ours"]!, (int)told["lastItems"]!));
            Assert.Equal(404, (await admin.PostAsync($"/api/v1/platform/rejected/{id}/resend")).Status);
        }
        finally
        {
            await site.DisposeAsync();
        }
    }

    private static async Task<JsonNode> ReadAsync(SecurityDesk admin) => (await admin.GetAsync("/api/v1/platform")).Json;

    // The ticker would wake it within ten seconds.
    private static Task WokenUntilAsync(RunningSite site, string what, Func<Task<bool>> holds) => Wait.UntilAsync(what, async () =>
    {
        await site.Service<IGrainFactory>().GetGrain<IPlatformGrain>(IPlatformGrain.Key).Wake();
        return await holds();
    });
}
