using Feedback.Domain.Evaluations;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.ServiceMatters;

namespace Feedback.Api.Matters.Services;

/// <summary>Calls of service matters that may be moving to another silo.</summary>
/// <param name="grains">The grains.</param>
/// <param name="clock">The clock.</param>
public sealed class MatterCalls(IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.4);

    /// <summary>Does something with a matter; what cannot be done is told as a refusal, and of what a silo took along nobody knows what became of it.</summary>
    public async Task<MatterAnswer> PerformAsync(MatterId id, MatterRequest request)
    {
        try
        {
            return await grains.GetGrain<IMatterGrain>(id.Value).Perform(request).WaitAsync(Patience, clock);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return MatterAnswer.Refuse(new Refusal("outcome-unknown", Retryable: true));
        }
    }
}
