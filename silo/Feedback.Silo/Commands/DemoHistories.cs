using System.Globalization;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Demo.Cases;
using Feedback.Seeds.Demo.Matters;

namespace Feedback.Silo.Commands;

/// <summary>Writes the history of the demo district and tells of it.</summary>
internal static class DemoHistories
{
    /// <summary>Writes what is missing; null when no history is wanted.</summary>
    public static async Task<(HistoryPlan Plan, HistoryOutcome Outcome)?> WriteAsync(
        IServiceProvider services, DemoSite demo, int seed, int days, CancellationToken cancellation)
    {
        if (days == 0)
            return null;
        var history = ActivatorUtilities.CreateInstance<DemoHistory>(services);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var plan = new HistoryPlan(demo, seed, await history.BegunAsync(demo, cancellation), days, now);
        return (plan, await ProgressBar.OfHistoryAsync(progress => history.WriteAsync(plan, progress, cancellation)));
    }

    /// <summary>Writes what is missing of the cases and service matters that belong to it; null where there is no history. The accounts that worked on them must be there.</summary>
    public static async Task<CaseOutcome?> WriteCasesAsync(
        IServiceProvider services, DemoSite demo, int seed, HistoryPlan? history, CancellationToken cancellation)
    {
        if (history is null)
            return null;
        var begun = await ActivatorUtilities.CreateInstance<DemoHistory>(services).BegunAsync(demo, cancellation);
        await ActivatorUtilities.CreateInstance<DemoMatters>(services).WriteAsync(new MatterPlan(demo, seed, begun, history.From), cancellation);
        return await ActivatorUtilities.CreateInstance<DemoCases>(services).WriteAsync(new CasePlan(demo, seed, begun, history.From), cancellation);
    }

    /// <summary>Tells what the history holds.</summary>
    public static void Print((HistoryPlan Plan, HistoryOutcome Outcome)? written, CaseOutcome? cases)
    {
        if (written is not var (plan, outcome))
            return;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"History since {plan.From:yyyy-MM-dd}: {outcome.Totals.Evaluations:N0} evaluations, {outcome.Totals.Matters:N0} finished matters; {outcome.Written:N0} events written by this start."));
        if (cases is not null)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cases.Totals.All:N0} cases, {cases.Totals.Open:N0} of them open on the first day; {cases.Written:N0} written by this start."));
        Console.WriteLine();
    }
}
