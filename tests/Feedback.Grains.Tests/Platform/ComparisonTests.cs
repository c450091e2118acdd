using System.Collections.Immutable;
using Feedback.Domain.Platform;
using Feedback.Grains.Notices;
using Feedback.Grains.Platform;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Platform.PlatformSite;

namespace Feedback.Grains.Tests.Platform;

/// <summary>What the platform says that it has, beside what it took.</summary>
public sealed class ComparisonTests
{
    private static readonly PlatformSettings Counted = Usual with
    {
        Counts = new PlatformCounts(new Uri("https://platform.example.org/counts"), "day", ImmutableDictionary<PlatformKind, string>.Empty.Add(PlatformKind.Evaluations, "n"), 2),
    };

    [Fact]
    public async Task Yesterday_is_compared_once_after_the_hour_and_is_equal_or_different()
    {
        await using var site = await OpenAsync(Counted);
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(3));
        await site.SendAllAsync();
        site.Platform.Counts = day => day == Some.Monday ? 3 : 7;
        await CompareAsync(site);
        // Monday morning: of March there is only Sunday before.
        Assert.Equal([Some.Monday.AddDays(-1)], site.Platform.Asked);

        await site.Silo.JumpAsync(TimeSpan.FromHours(16));
        await CompareAsync(site);
        Assert.Single(site.Platform.Asked);
        await site.Silo.JumpAsync(TimeSpan.FromHours(1));
        await CompareAsync(site);
        await CompareAsync(site);

        Assert.Equal([Some.Monday.AddDays(-1), Some.Monday, Some.Monday.AddDays(-1)], site.Platform.Asked);
        var days = await site.Store.DaysAsync(Some.March);
        Assert.Equal([(0L, 7L, false), (3L, 3L, true)], days.Select(day => (day.OursThen!.Value, day.Theirs!.Value, day.IsEqual!.Value)));
    }

    [Fact]
    public async Task What_comes_late_makes_no_day_different_that_was_equal_when_it_was_compared()
    {
        await using var site = await OpenAsync(Counted);
        await site.Silo.SubmitAsync(Places.Window, Some.Ratings(3));
        await site.SendAllAsync();
        site.Platform.Counts = day => day == Some.Monday ? 3 : 0;
        await site.Silo.JumpAsync(TimeSpan.FromHours(17));
        await CompareAsync(site);

        await site.Silo.SubmitAsync(Places.Window, Some.Rating("late"));
        await site.SendAllAsync();

        var monday = (await site.Store.DaysAsync(Some.Monday))[0];
        Assert.Equal((4, 3, true), (monday.Ours, monday.OursThen, monday.IsEqual));
    }

    [Fact]
    public async Task A_platform_that_does_not_tell_is_asked_again_and_nothing_is_kept()
    {
        await using var site = await OpenAsync(Counted);

        await Assert.ThrowsAsync<DeliveryException>(() => CompareAsync(site));

        Assert.Empty(await site.Store.DaysAsync(Some.March));
        site.Platform.Counts = _ => 0;
        await CompareAsync(site);
        Assert.True(Assert.Single(await site.Store.DaysAsync(Some.March)).IsEqual);
    }

    private static async Task CompareAsync(PlatformSite site)
    {
        var comparison = site.Silo.Get<PlatformComparison>();
        while (await comparison.StepAsync(CancellationToken.None))
        {
        }
    }
}
