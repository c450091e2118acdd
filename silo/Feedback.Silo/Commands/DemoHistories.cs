using System.Globalization;
using Feedback.Seeds.Demo;

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

    /// <summary>Tells what the history holds.</summary>
    public static void Print((HistoryPlan Plan, HistoryOutcome Outcome)? written)
    {
        if (written is not var (plan, outcome))
            return;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"History since {plan.From:yyyy-MM-dd}: {outcome.Totals.Evaluations:N0} evaluations, {outcome.Totals.Matters:N0} finished matters; {outcome.Written:N0} events written by this start.\n"));
    }
}
