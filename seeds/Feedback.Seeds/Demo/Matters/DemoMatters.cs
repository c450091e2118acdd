using Feedback.Domain.ServiceMatters;
using Feedback.Grains.ServiceMatters;

namespace Feedback.Seeds.Demo.Matters;

/// <summary>Writes planned service matters, each with the times of its own. What is stored already is left as it is.</summary>
/// <param name="matters">Stores matters of the past.</param>
/// <param name="codes">Knows a matter again by its number.</param>
public sealed class DemoMatters(IPastMatters matters, MatterSecrets codes)
{
    /// <summary>Writes what is missing.</summary>
    /// <returns>How many this run stored.</returns>
    /// <exception cref="HistoryStoppedException">A step is not possible; what was stored stays.</exception>
    public async Task<int> WriteAsync(MatterPlan plan, CancellationToken cancellation)
    {
        var results = await matters.StoreAsync([.. plan.Matters.Select(Whole)], cancellation);
        if (results.FirstOrDefault(result => result.Refusal is not null).Refusal is { } refusal)
            throw new HistoryStoppedException($"A service matter of the history does not go on: {refusal.Code}.");
        return results.Count(result => result.Stored);
    }

    private PastMatter Whole(PlannedMatter planned)
    {
        var accept = (AcceptMatter)planned.Steps[0].Command;
        return new PastMatter(
            codes.IdOf(planned.Node, planned.Number),
            planned.Steps.SetItem(0, planned.Steps[0] with { Command = accept with { Number = codes.HashOf(planned.Number) } }));
    }
}
