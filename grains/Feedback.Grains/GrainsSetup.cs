using Feedback.Grains.Audit;
using Feedback.Grains.Keys;
using Feedback.Grains.Evaluations;
using Feedback.Grains.Invitations;
using Feedback.Grains.Lookups;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Supervision;
using Feedback.Grains.Tallies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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
        services.AddSingleton<IAudit>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<RefusalFlush>();
        services.AddSingleton<KeySeal>();
        services.AddSingleton<SignatureCheck>();
        services.AddSingleton<Enrolment>();
        services.TryAddSingleton<IErasureLedger, ErasureLedgerInMemory>();
        services.AddSingleton<ISupervision, StoredSupervision>();
        services.AddSingleton<StoredEvaluations>();
        services.AddSingleton<SubjectRecords>();
        services.AddSingleton<InvitationSeal>();
        services.AddSingleton<RatingLookups>();
        services.AddMetrics();
        services.AddSingleton<ReportTelemetry>();
        services.AddSingleton<ReportRelay>();
        services.AddSingleton<Bureau>();
        services.AddSingleton<IBureau>(provider => provider.GetRequiredService<Bureau>());
        services.AddHostedService(provider => provider.GetRequiredService<Bureau>());
        return services;
    }
}
