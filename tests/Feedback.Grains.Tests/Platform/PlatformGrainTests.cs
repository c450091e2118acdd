using Feedback.Grains.Platform;
using Feedback.Grains.Tests.Support;
using Xunit;

namespace Feedback.Grains.Tests.Platform;

/// <summary>The one sender of a site.</summary>
public sealed class PlatformGrainTests
{
    [Fact]
    public async Task It_sends_when_it_is_woken_and_rests_longer_and_longer_while_the_platform_fails()
    {
        await using var site = await PlatformSite.OpenAsync();
        var grain = site.Silo.Get<IGrainFactory>().GetGrain<IPlatformGrain>(IPlatformGrain.Key);
        site.Platform.Answers = number => number <= 2 ? new PlatformAnswer(500, []) : null;
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(2));

        await grain.Wake();
        await Until.HoldsAsync("it fails", async () => (await grain.Report()).Reason is not null);
        var first = await grain.Report();
        Assert.Equal(("it answers 500", 1000), (first.Reason, first.NextAt - first.FailingSince));
        await grain.Wake();
        Assert.Single(site.Platform.Requests);

        await site.Silo.JumpAsync(TimeSpan.FromSeconds(1));
        await grain.Wake();
        await Until.HoldsAsync("it fails again", async () => (await grain.Report()).NextAt - first.NextAt == 2000);
        await site.Silo.JumpAsync(TimeSpan.FromSeconds(2));
        await grain.Wake();
        await Until.HoldsAsync("it is taken", async () => site.Platform.Items.Count == 2 && await grain.Report() == default);
    }

    [Fact]
    public async Task While_the_platform_hangs_ratings_are_taken_as_ever()
    {
        await using var site = await PlatformSite.OpenAsync();
        var grain = site.Silo.Get<IGrainFactory>().GetGrain<IPlatformGrain>(IPlatformGrain.Key);
        var held = site.Platform.Held = new Gate();
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(1));
        await grain.Wake();
        await Until.EndsAsync(held.ReachedAsync());

        var results = await Until.EndsAsync(site.Silo.SubmitAsync(Places.Window, Some.Rating("meanwhile")));

        Assert.Null(Assert.Single(results).Refusal);
        held.Open();
        await Until.HoldsAsync("both are taken", () => site.Platform.Items.Count == 2);
    }
}
