using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Feedback.Grains.Platform;

/// <summary>Registers what reports to a higher platform.</summary>
internal static class PlatformSetup
{
    /// <summary>Adds who plans, reads, sends and compares. Settings and carrier come from the host; without them nothing is sent.</summary>
    public static void AddPlatform(this IServiceCollection services)
    {
        services.TryAddSingleton(PlatformSettings.None);
        services.TryAddSingleton<IPlatformCarrier, NoPlatformCarrier>();
        services.AddSingleton<PlatformMetrics>();
        services.AddSingleton<PlatformFacts>();
        // One of each for every activation of the grain: they remember where they are.
        services.AddTransient<PlatformPlan>();
        services.AddTransient<PlatformSender>();
        services.AddTransient<PlatformComparison>();
    }
}
