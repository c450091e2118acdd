using Feedback.Domain.Windows;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Windows;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Grains.Tests.Windows;

/// <summary>A claim that waits for a journal that stores nothing for long.</summary>
public sealed class PendingClaimTests
{
    [Fact]
    public async Task Who_was_answered_meanwhile_is_not_kept_however_often_terminals_come_again()
    {
        var clock = new FakeTimeProvider();
        var claim = Some.Rating();
        var pending = new PendingClaim(Identities.OfEvaluation(claim.Evaluation.Source, claim.Evaluation.Id), claim, matter: null, Some.Sender, new InFlight(1), 0);
        for (var again = 0; again < 100; again++)
        {
            var call = new InFlight(1);
            pending.Join(call, 0);
            var answer = call.AnswerAsync(TimeSpan.FromSeconds(1), clock);
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(ClaimStatus.Undecided, Assert.Single(await answer).Status);
        }

        // Who brought it, and who came last.
        Assert.Equal(2, pending.Callers);
    }

    [Fact]
    public async Task Everybody_who_waits_is_answered()
    {
        var clock = new FakeTimeProvider();
        var claim = Some.Rating();
        var (first, second) = (new InFlight(1), new InFlight(1));
        var pending = new PendingClaim(Identities.OfEvaluation(claim.Evaluation.Source, claim.Evaluation.Id), claim, matter: null, Some.Sender, first, 0);
        pending.Join(second, 0);

        pending.Settle(new ClaimResult(ClaimStatus.Accepted, 7));

        Assert.Equal(ClaimStatus.Accepted, Assert.Single(await first.AnswerAsync(TimeSpan.FromSeconds(1), clock)).Status);
        Assert.Equal(ClaimStatus.Repeated, Assert.Single(await second.AnswerAsync(TimeSpan.FromSeconds(1), clock)).Status);
    }
}
