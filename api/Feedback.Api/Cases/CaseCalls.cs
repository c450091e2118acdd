using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>
/// Calls of cases that may be moving to another silo. A request with an id is asked again at the new place: it is done once.
/// One without is asked once, and whoever sent it is told that nobody knows what became of it.
/// </summary>
/// <param name="grains">The grains.</param>
/// <param name="clock">The clock.</param>
public sealed class CaseCalls(IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.4);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Does something with a case; what cannot be done is told as a refusal.</summary>
    public async Task<CaseAnswer> PerformAsync(CaseId id, CaseRequest request)
    {
        for (var begun = clock.GetTimestamp(); ;)
        {
            try
            {
                return await grains.GetGrain<ICaseGrain>(id.Value).Perform(request).WaitAsync(Patience - clock.GetElapsedTime(begun), clock);
            }
            catch (OrleansException) when (request.Id is not null && clock.GetElapsedTime(begun) + Pause < Patience)
            {
                await Task.Delay(Pause, clock);
            }
            catch (Exception e) when (e is OrleansException or TimeoutException or ArgumentOutOfRangeException)
            {
                return CaseAnswer.Refuse(new Refusal("outcome-unknown", Retryable: true));
            }
        }
    }
}
