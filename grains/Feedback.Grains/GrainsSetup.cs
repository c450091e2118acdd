using Feedback.Grains.Audit;
using Feedback.Grains.Invitations;
using Feedback.Grains.Lookups;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Tallies;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Grains;

/// <summary>Registers what grains need besides storage.</summary>
public static class GrainsSetup
{
    /// <summary>Adds the bureau, the relay of reports and the cipher. Journal, days and personal text come from storage.</summary>
    public static IServiceCollection AddFeedbackGrains(this IServiceCollection services, BureauSecrets secrets)
    {
        services.AddSingleton(secrets);
        services.AddSingleton<PersonalCipher>();
        services.AddSingleton<InvitationSeal>();
        services.AddSingleton<RatingLookups>();
        services.AddSingleton<IAudit, UnwrittenAudit>();
        services.AddMetrics();
        services.AddSingleton<ReportTelemetry>();
        services.AddSingleton<ReportRelay>();
        services.AddSingleton<Bureau>();
        services.AddSingleton<IBureau>(provider => provider.GetRequiredService<Bureau>());
        services.AddHostedService(provider => provider.GetRequiredService<Bureau>());
        return services;
    }
}
