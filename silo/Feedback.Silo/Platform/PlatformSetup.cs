using Feedback.Grains.Platform;

namespace Feedback.Silo.Platform;

/// <summary>Registers what carries reports to a higher platform.</summary>
internal static class PlatformSetup
{
    /// <summary>Adds the settings and the carrier.</summary>
    public static void AddPlatformCarrier(this IServiceCollection services, PlatformSettings settings)
    {
        services.AddSingleton(settings);
        if (settings.IsOn)
            services.AddSingleton<IPlatformCarrier, PlatformCarrier>();
    }
}
