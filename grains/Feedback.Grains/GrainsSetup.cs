using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Tallies;
using Microsoft.Extensions.DependencyInjection;

namespace Feedback.Grains;

/// <summary>Registers what grains need besides storage.</summary>
public static class GrainsSetup
{
    /// <summary>Adds the bureau, the audit trail, the relay of reports and the cipher. Journal, days and personal text come from storage.</summary>
    public static IServiceCollection AddFeedbackGrains(this IServiceCollection services, BureauSecrets secrets)
    {
        services.AddSingleton(secrets);
        services.AddSingleton<PersonalCipher>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<IAudit>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<RefusalFlush>();
        services.AddMetrics();
        services.AddSingleton<ReportTelemetry>();
        services.AddSingleton<ReportRelay>();
        services.AddSingleton<Bureau>();
        services.AddSingleton<IBureau>(provider => provider.GetRequiredService<Bureau>());
        services.AddHostedService(provider => provider.GetRequiredService<Bureau>());
        return services;
    }
}
