using System.Collections.Immutable;
using Feedback.Domain.Windows;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;

namespace Feedback.Grains.Tests.Windows;

/// <summary>More identities than a window remembers.</summary>
public sealed class ForgottenTests
{
    private static readonly EvaluationClaim InTime = Some.Rating("in-time");
    private static readonly EvaluationClaim Offline = Some.Rating("offline", at: Some.Morning.AddDays(-3));
    private static readonly EvaluationClaim FutureDated = Some.Rating("future", at: Some.Morning.AddYears(3));
    private static readonly EvaluationClaim JustLate = Some.Rating("just-late", at: Some.Morning.AddHours(-1).AddMilliseconds(-1));
    private static readonly EvaluationClaim JustInTime = Some.Rating("just-in-time", at: Some.Morning.AddHours(-1));
    private static readonly EvaluationClaim JustAhead = Some.Rating("just-ahead", at: Some.Morning.AddMinutes(5));
    private static readonly EvaluationClaim TooFarAhead = Some.Rating("too-far-ahead", at: Some.Morning.AddMinutes(5).AddMilliseconds(1));
    private static readonly WindowClaim[] Early = [InTime, Offline, FutureDated, JustLate, JustInTime, JustAhead, TooFarAhead, Some.Finished()];

    [Fact]
    public async Task Identities_that_memory_forgot_are_found_in_their_span_or_among_the_late_ones()
    {
        await using var site = await Site.OpenAsync();
        var first = await site.Silo.SubmitAsync(Places.Window, [.. Early]);
        await FillAsync(site.Silo, KnownIds.Capacity);

        var again = await site.Silo.SubmitAsync(Places.Window, [.. Early]);
        var silo = await site.CrashAndRestartAsync();
        var afterACrash = await silo.SubmitAsync(Places.Window, [.. Early]);

        Assert.All(first, result => Assert.Equal(ClaimStatus.Accepted, result.Status));
        Assert.Equal(first.Select(result => result with { Status = ClaimStatus.Repeated }).ToArray(), again.ToArray());
        Assert.Equal(again.ToArray(), afterACrash.ToArray());
        Assert.Equal(Early.Length + KnownIds.Capacity, (await silo.EventsAsync(Places.Window)).Count);
    }

    [Fact]
    public async Task A_memory_that_was_saved_and_taken_up_again_knows_what_it_forgot()
    {
        await using var site = await Site.OpenAsync();
        var first = await site.Silo.SubmitAsync(Places.Window, [.. Early]);
        await FillAsync(site.Silo, KnownIds.Capacity);
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10)); // days and state are saved
        var silo = await site.CrashAndRestartAsync();

        var again = await silo.SubmitAsync(Places.Window, [.. Early]);

        Assert.Equal(first.Select(result => result with { Status = ClaimStatus.Repeated }).ToArray(), again.ToArray());
    }

    [Fact]
    public async Task The_journal_is_asked_only_while_memory_cannot_hold_the_answer()
    {
        await using var site = await Site.OpenAsync();
        var filled = await FillAsync(site.Silo, KnownIds.Capacity);
        Assert.Equal(0, site.Silo.Journal.LookUps); // nothing is forgotten yet

        await site.Silo.SubmitAsync(Places.Window, Some.Rating("one-more"));
        Assert.Equal(0, site.Silo.Journal.LookUps);
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("and-one"));
        Assert.Equal(0, site.Silo.Journal.LookUps); // it is none of those forgotten
        await site.Silo.SubmitAsync(Places.Window, filled[0]);
        Assert.Equal(1, site.Silo.Journal.LookUps); // and this one is

        await site.Silo.JumpAsync(TimeSpan.FromMinutes(6));
        await site.Silo.SubmitAsync(Places.Window, [.. Some.Ratings(20, "later", Some.Morning.AddMinutes(6))]);
        Assert.Equal(1, site.Silo.Journal.LookUps); // five minutes on nothing forgotten can be meant

        await site.Silo.SubmitAsync(Places.Window, [.. filled[..20]]);
        Assert.Equal(2, site.Silo.Journal.LookUps); // one look-up for a batch
    }

    [Fact]
    public async Task A_backlog_from_before_the_first_row_is_not_looked_for_in_rows()
    {
        await using var site = await Site.OpenAsync();
        await FillAsync(site.Silo, KnownIds.Capacity + 1);
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10)); // days and state are saved
        // What was forgotten is known by its times alone now.
        var silo = await site.CrashAndRestartAsync();

        await silo.SubmitAsync(Places.Window, [.. Enumerable.Range(1, 50).Select(day => Some.Rating($"day-{day}", at: Some.Morning.AddDays(-day)))]);
        Assert.Equal(0, silo.Journal.LookUps);

        // Within an hour of the first row it may lie in it.
        await silo.SubmitAsync(Places.Window, Some.Rating("hour", at: Some.Morning.AddHours(-1)));
        Assert.Equal(1, silo.Journal.LookUps);
    }

    private static async Task<ImmutableArray<WindowClaim>> FillAsync(RunningSilo silo, int claims)
    {
        var filled = Some.Ratings(claims, "fill");
        foreach (var some in filled.Chunk(500))
            await silo.SubmitAsync(Places.Window, [.. some]);
        return filled;
    }
}
