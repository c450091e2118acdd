using Feedback.Grains.Due;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Grains.ServiceMatters;

/// <summary>Registers what service matters need besides storage.</summary>
internal static class MattersSetup
{
    /// <summary>Adds the codes, the reader, and what looks at deadlines.</summary>
    public static void AddServiceMatters(this IServiceCollection services)
    {
        services.AddSingleton<MatterSecrets>();
        services.AddSingleton<MatterRecords>();
        services.AddSingleton<IPastMatters, JournaledPastMatters>();
        services.AddSingleton<IDueHandler, MatterClockHandler>();
    }
}
