using Feedback.Domain.Evaluations;
using Feedback.Domain.Invitations;
using Feedback.Domain.Windows;
using Feedback.Grains.Personal;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Xunit;

namespace Feedback.Grains.Tests.Windows;

/// <summary>One matter, one rating, however long ago the first one was and whatever time the second names.</summary>
public sealed class InvitedTests
{
    [Fact]
    public async Task A_matter_that_is_invited_again_after_memory_forgot_it_is_still_rated_once()
    {
        await using var site = await Site.OpenAsync();
        var first = await site.Silo.SubmitAsync(Places.Window, Invited(site, "draw-1", Some.Morning.AddMinutes(-5)));
        await FillAsync(site.Silo, KnownIds.Capacity);
        await site.Silo.JumpAsync(TimeSpan.FromDays(2));

        var again = await site.Silo.SubmitAsync(Places.Window, Invited(site, "draw-1", Some.Morning.AddMinutes(-5)));
        var invitedAgain = await site.Silo.SubmitAsync(Places.Window, Invited(site, "draw-2", Some.Morning.AddDays(2)));

        Assert.Equal(ClaimStatus.Accepted, first[0].Status);
        Assert.Equal(first[0] with { Status = ClaimStatus.Repeated }, again[0]);
        Assert.Equal(ClaimStatus.Conflicting, invitedAgain[0].Status);
    }

    [Fact]
    public async Task The_event_carries_the_matters_hash_and_no_number()
    {
        await using var site = await Site.OpenAsync();
        await site.Silo.SubmitAsync(Places.Window, Some.Finished("m-1"), Invited(site, "draw-1", Some.Morning));

        var stored = Assert.Single((await site.Silo.EventsAsync(Places.Window)).Select(stored => stored.Happened).OfType<EvaluationAccepted>());
        Assert.Equal((site.Silo.Get<PersonalCipher>().HashMatter("m-1"), null), (stored.Matter!.Hash, stored.Matter.Ref));
        var tally = (await site.Silo.DaysAsync(Places.Window, Some.March))[0].Tally;
        Assert.Equal((1, 1), (tally[Domain.Tallies.Cell.MattersFinished], tally[Domain.Tallies.Cell.MattersRated]));
        await site.Silo.AssertCleanAsync();
    }

    private static EvaluationClaim Invited(Site site, string draw, DateTimeOffset at)
    {
        var rating = Some.Rating(at: at);
        var hash = site.Silo.Get<PersonalCipher>().HashMatter("m-1");
        var invitation = new Invitation(Places.Window, hash, null, rating.Evaluation.OccurredAt, 7, InvitationLanguage.Any);
        return rating with
        {
            Evaluation = rating.Evaluation with { Id = invitation.RatingId(draw), Source = Invitation.Source, Channel = Channel.Qr },
            MatterHash = hash,
        };
    }

    private static async Task FillAsync(RunningSilo silo, int count)
    {
        foreach (var part in Some.Ratings(count, "filler").Chunk(500))
            await silo.SubmitAsync(Places.Window, [.. part]);
    }
}
