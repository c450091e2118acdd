using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Windows;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;

namespace Feedback.Grains.Tests.Windows;

/// <summary>Flags as the window decides on them: within one append, from append to append, and after a crash.</summary>
public sealed class FlagTests
{
    private const string Praise = "窗口的小王同志办事效率特别高，态度也好，必须点赞";

    // Two hours before the silo's clock: no terminal's runs ahead here.
    private static readonly DateTimeOffset Early = Some.Morning.AddHours(-2);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whether_ratings_come_together_or_one_by_one_the_same_ones_are_flagged(bool together)
    {
        await using var site = await Site.OpenAsync();
        ImmutableArray<WindowClaim> claims =
        [
            .. Enumerable.Range(0, 12).Select(n => Some.Rating($"burst-{n}", at: Early.AddSeconds(n), grade: Grade.Satisfied)),
            Some.Rating("first", at: Early.AddMinutes(10), matter: "m-1"),
            Some.Rating("second", at: Early.AddMinutes(20), matter: "m-1"),
            Some.Rating("declined", at: Early.AddMinutes(21), matter: "m-2", grade: null, origin: Origin.Declined),
            Some.Rating("after-declining", at: Early.AddMinutes(22), matter: "m-2"),
            Some.Rating("said", at: Early.AddMinutes(30), comment: Praise),
            Some.Rating("said-again", at: Early.AddMinutes(40), comment: Praise + "！"),
        ];

        if (together)
            await site.Silo.SubmitAsync(Places.Window, claims);
        else
        {
            foreach (var claim in claims)
                await site.Silo.SubmitAsync(Places.Window, claim);
        }

        Assert.Equal(
            ["burst-10 burst", "burst-11 burst", "second matter-rated-before", "said-again text-repeated"],
            await FlaggedAsync(site.Silo));
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_window_that_crashed_notices_what_it_would_have_noticed()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window,
        [
            Some.Rating("first", at: Early.AddMinutes(-20), matter: "m-1"),
            Some.Rating("said", at: Early.AddMinutes(-10), comment: Praise),
            .. Enumerable.Range(0, 10).Select(n => Some.Rating($"burst-{n}", at: Early.AddSeconds(n), grade: Grade.Satisfied)),
        ]);
        var silo = await site.CrashAndRestartAsync();

        await silo.SubmitAsync(Places.Window,
            Some.Rating("burst-10", at: Early.AddSeconds(10), grade: Grade.Satisfied, comment: Praise),
            Some.Rating("second", at: Early.AddMinutes(20), matter: "m-1"));

        Assert.Equal(["burst-10 burst text-repeated", "second matter-rated-before"], await FlaggedAsync(silo));
    }

    [Fact]
    public async Task What_was_saved_is_noticed_after_the_next_start_too()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("said", at: Early.AddMinutes(-30), comment: Praise));
        // Comments that are known by their place only are saved, too.
        await site.Silo.DeactivateAsync(site.Silo.Window(Places.Window));
        for (var batch = 0; batch < 4; batch++)
            await site.Silo.SubmitAsync(Places.Window, [.. Enumerable.Range(0, 300).Select(n => Some.Rating($"e-{batch}-{n}", at: Early.AddHours(-30).AddMinutes((batch * 300) + n), grade: Grade.Satisfied))]);
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        var silo = await site.CrashAndRestartAsync();

        await silo.SubmitAsync(Places.Window, Some.Rating("said-again", at: Early, comment: Praise));

        Assert.Equal(["said-again text-repeated"], await FlaggedAsync(silo));
    }

    [Fact]
    public async Task A_comment_that_does_not_open_keeps_no_other_from_being_compared()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("spoilt", at: Early.AddMinutes(-40), comment: "等了很久才轮到我，窗口太少了，希望能够多开几个窗口，少让大家排队等候"));
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("said", at: Early.AddMinutes(-30), comment: Praise));
        await site.CrashAsync();
        SqliteFile.Edit(site.Journal, "update personal set ciphertext = zeroblob(length(ciphertext)) where length(ciphertext) = (select max(length(ciphertext)) from personal)");
        var silo = await site.StartAsync();

        await silo.SubmitAsync(Places.Window, Some.Rating("said-again", at: Early, comment: Praise));

        Assert.Equal(["said-again text-repeated"], await FlaggedAsync(silo));
    }

    [Fact]
    public async Task Praise_beside_a_sign_in_and_from_a_browser_of_staff_is_flagged()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.Window(Places.Window).SetStaff(Places.Staff, Early.AddMinutes(-10).ToUnixTimeMilliseconds());

        await site.Silo.SubmitAsync(Places.Window, Some.Rating("beside", at: Early.AddMinutes(-10).AddSeconds(5)), Some.Rating("later", at: Early.AddMinutes(-5)));
        await site.Silo.Window(Places.Window).Submit(new Submission([Some.Rating("browser", grade: Grade.Dissatisfied)], new Sender(Sender.Public, null, StaffPresent: true)));

        Assert.Equal(["beside staff-suspected", "browser staff-suspected"], await FlaggedAsync(site.Silo));
    }

    [Fact]
    public async Task A_flagged_rating_counts_and_its_flag_is_counted_too()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("first", matter: "m-1"), Some.Rating("second", matter: "m-1", at: Early.AddMinutes(1)));

        var tally = (await site.Silo.DaysAsync(Places.Window, Some.March))[0].Tally;

        Assert.Equal((2, 1), (tally.Graded(Origin.Active, Grade.VerySatisfied), tally[Domain.Tallies.Cell.Flag(RatingWatch.RatedBeforeFlag)]));
    }

    private static async Task<string[]> FlaggedAsync(RunningSilo silo) =>
    [
        .. (await silo.EventsAsync(Places.Window)).Select(stored => stored.Happened).OfType<EvaluationAccepted>().Where(rating => rating.Admission.Flags.Length > 0)
            .Select(rating => $"{rating.Evaluation.Id} {string.Join(' ', rating.Admission.Flags)}"),
    ];
}
