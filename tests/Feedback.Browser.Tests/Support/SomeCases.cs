using Feedback.Api.Cases;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Browser.Tests.Support;

/// <summary>Cases as tests need them, filed and brought on by the services that the pages call, too. What a busy machine cannot answer is sent again.</summary>
internal static class SomeCases
{
    /// <summary>Somebody of the office who handles every case.</summary>
    public static readonly CaseActor Clerk = new("account:li") { Handles = NodeScope.Everywhere };

    /// <summary>Files a case.</summary>
    /// <param name="browsing">The site.</param>
    /// <param name="filing">What is filed.</param>
    /// <param name="receiver">Who receives it.</param>
    /// <param name="request">The receiver's own id of it.</param>
    public static Task<FiledCase> FileAsync(this Browsing browsing, Filing filing, CaseActor receiver, string request) =>
        Wait.ForAsync<FiledCase>("the case is filed", async () =>
        {
            var (filed, refusal) = await browsing.Service<CaseFiling>().FileAsync(filing, receiver, request);
            Assert.True(refusal is null or { Retryable: true }, refusal?.Code);
            return filed;
        });

    /// <summary>Does something with a case; each command once.</summary>
    public static Task DoAsync(this Browsing browsing, CaseId id, CaseActor actor, CaseCommand command, string? words = null) =>
        Wait.UntilAsync(command.GetType().Name, async () =>
        {
            var answer = await browsing.Service<CaseCalls>().PerformAsync(id, new CaseRequest(command, actor) { Id = command.GetType().Name, Words = words });
            Assert.True(answer.Refusal is null or { Retryable: true }, answer.Refusal?.Code);
            return answer.Refusal is null;
        });

    /// <summary>The office says that it is done, and tells the answer: posts it, or reaches the citizen.</summary>
    public static async Task AnswerAsync(this Browsing browsing, CaseId id, string words, bool reached = false)
    {
        await browsing.DoAsync(id, Clerk, new HandleCase("solved"));
        await browsing.DoAsync(id, Clerk, reached ? new GiveFeedback("phone", FeedbackOutcome.Reached, null) : new GiveFeedback("tracking", FeedbackOutcome.Posted, null), words);
    }
}
