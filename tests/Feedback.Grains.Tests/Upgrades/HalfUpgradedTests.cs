using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Tallies;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;

namespace Feedback.Grains.Tests.Upgrades;

/// <summary>What a window does while some silo of the cluster is older than it, or newer.</summary>
public sealed class HalfUpgradedTests
{
    [Fact]
    public async Task Only_what_needs_the_upgrade_waits_for_it()
    {
        await using var site = await Site.OpenAsync();
        Refuse(site, "matter.finished", times: 2);

        var told = await site.Silo.SubmitAsync(Places.Window, Some.Rating(), Some.Finished(), Some.Rating("e-2"));

        Assert.Equal([ClaimStatus.Accepted, ClaimStatus.Refused, ClaimStatus.Accepted], told.Select(one => one.Status));
        Assert.True(told[1].Refusal is { Code: "upgrade-under-way", Retryable: true });
        Assert.Equal(["e-1", "e-2"], await site.Silo.IdsAsync(Places.Window));
        Assert.Equal(ClaimStatus.Accepted, (await site.Silo.SubmitAsync(Places.Window, Some.Finished()))[0].Status);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Nothing_more_of_a_batch_is_stored_once_the_window_must_be_read_anew()
    {
        await using var site = await Site.OpenAsync();
        Refuse(site, "matter.finished", times: 1);
        var lastWeek = Some.Morning.AddDays(-7);
        site.Silo.Days.FailFinding(Some.LocalDay(lastWeek));

        var told = await site.Silo.SubmitAsync(Places.Window, Some.Rating("stored", at: lastWeek), Some.Finished(), Some.Rating("behind"));

        Assert.Equal([ClaimStatus.Accepted, ClaimStatus.Elsewhere, ClaimStatus.Elsewhere], told.Select(one => one.Status));
        foreach (var claim in new WindowClaim[] { Some.Finished(), Some.Rating("behind") })
            Assert.Equal(ClaimStatus.Accepted, (await site.Silo.InsistAsync(claim)).Status);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_decision_that_needs_the_upgrade_is_refused_as_such_and_the_window_goes_on()
    {
        await using var site = await Site.OpenAsync();
        Refuse(site, "staff.signed-in", times: 1);

        var refused = await site.Silo.Window(Places.Window).SetStaff(Places.Staff);
        var rated = await site.Silo.SubmitAsync(Places.Window, Some.Rating());
        var done = await site.Silo.Window(Places.Window).SetStaff(Places.Staff);

        Assert.True(refused is { Version: 0, Refusal: { Code: "upgrade-under-way", Retryable: true } });
        Assert.Equal((1, 2), (rated[0].Version, done.Version));
    }

    [Fact]
    public async Task A_stream_with_a_kind_that_is_not_known_is_left_alone_and_others_go_on()
    {
        await using var site = await Site.OpenAsync();
        var stream = StreamName.Window(Places.Window);
        await site.Silo.Journal.WriteAsync(new JournalUnit
        {
            Append = new Append(stream, StreamTail.Of(stream).Next(["""{"kind":"window.dreamt","v":1,"salt":"AAECAwQFBgcICQoLDA0ODw"}"""u8.ToArray()], 0)),
        });

        await Assert.ThrowsAnyAsync<Exception>(() => site.Silo.SubmitAsync(Places.Window, Some.Rating()));
        await Assert.ThrowsAnyAsync<Exception>(() => site.Silo.SubmitAsync(Places.Window, Some.Rating()));

        Assert.Equal(1, (await site.Silo.Journal.HeadsAsync([stream]))[stream]);
        Assert.Equal(ClaimStatus.Accepted, (await site.Silo.SubmitAsync(Places.OtherWindow, Some.Rating(window: Places.OtherWindow)))[0].Status);
    }

    [Fact]
    public async Task A_window_that_begins_to_speak_of_another_epoch_is_asked_for_all_its_days_at_once()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, [.. Some.Ratings(3)]);
        await site.Silo.SoonAsync(() => CountsAsync(3));

        site.Silo.Reports.WindowEpoch = "later";
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("one-more"));
        // Enough for reports to be gathered; nobody looks into what is stored before five seconds have passed.
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(0.2));

        await CountsAsync(4);

        async Task CountsAsync(int ratings) => Assert.Equal(ratings, (await site.Silo.DaysAsync(Places.Hall, Some.March)).Sum(day => day.Tally.Of(CellKind.Graded).Sum(cell => cell.Value)));
    }

    private static void Refuse(Site site, string kind, int times)
    {
        for (var i = 0; i < times; i++)
        {
            site.Silo.Journal.OnNext(
                unit => unit.Append is { Row.Events: var events } && Encoding.UTF8.GetString(events.Span).Contains(kind, StringComparison.Ordinal),
                _ => Task.FromException(new UpgradeUnderWayException(kind + "/1")));
        }
    }
}
