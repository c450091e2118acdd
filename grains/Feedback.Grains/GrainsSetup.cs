using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Cluster;
using Feedback.Grains.Due;
using Feedback.Grains.Evaluations;
using Feedback.Grains.Invitations;
using Feedback.Grains.Keys;
using Feedback.Grains.Lookups;
using Feedback.Grains.Notices;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Placement;
using Feedback.Grains.Platform;
using Feedback.Grains.Policies;
using Feedback.Grains.ServiceMatters;
using Feedback.Grains.Supervision;
using Feedback.Grains.Tallies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Placement;

namespace Feedback.Grains;

/// <summary>Registers what grains need besides storage.</summary>
public static class GrainsSetup
{
    /// <summary>Adds the bureau, the audit trail, the relay of reports and the cipher. Journal, days and personal text come from storage.</summary>
    /// <param name="services">The services.</param>
    /// <param name="secrets">The bureau's secrets.</param>
    /// <param name="reread">Reads them again, for a master key that was added meanwhile; null where they cannot change.</param>
    public static IServiceCollection AddFeedbackGrains(this IServiceCollection services, BureauSecrets secrets, Func<BureauSecrets>? reread = null)
    {
        services.AddSingleton(secrets);
        services.TryAddSingleton<IMasterKeys>(_ => new FileMasterKeys(secrets, reread));
        services.AddSingleton<PersonalCipher>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<IAudit>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<RefusalFlush>();
        services.AddSingleton<KeySeal>();
        services.AddSingleton<SignatureCheck>();
        services.AddSingleton<Enrolment>();
        services.AddSingleton<AuditedKeys>();
        services.AddSingleton<PolicyChanges>();
        services.AddSingleton<KeyRotation>();
        services.TryAddSingleton<IErasureLedger, ErasureLedgerInMemory>();
        services.AddSingleton<ISupervision, StoredSupervision>();
        services.AddSingleton<StoredEvaluations>();
        services.AddSingleton<SubjectRecords>();
        services.AddSingleton<InvitationSeal>();
        services.AddSingleton<RatingLookups>();
        services.AddMetrics();
        services.AddSingleton<ReportTelemetry>();
        services.AddSingleton<ReportRelay>();
        services.AddSingleton<ICaseImport, JournaledCaseImport>();
        services.AddSingleton<DueHandlers>();
        services.AddSingleton<DueMetrics>();
        services.AddCases();
        services.AddServiceMatters();
        services.AddSingleton<Paper.PaperBatches>();
        services.AddSingleton<Paper.PaperLists>();
        services.AddSingleton<Paper.PaperExclusions>();
        services.AddSingleton<IDueHandler, Paper.PaperLookHandler>();
        services.AddNotices();
        services.AddPlatform();
        services.AddSiloVitals();
        services.AddSingleton<Windows.WaitingRoom>();
        services.AddSingleton<Bureau>();
        services.AddSingleton<IBureau>(provider => provider.GetRequiredService<Bureau>());
        services.AddHostedService(provider => provider.GetRequiredService<Bureau>());
        services.AddSingleton<SiloFacts>();
        services.AddSingleton<PreferredSilos>();
        services.AddPlacementDirector<NearSitePlacement, NearSiteDirector>();
        services.AddSingleton<IPlacementStrategyResolver, NearSiteGrains>();
        return services;
    }

    /// <summary>Adds what moves windows to the silos where they belong: for silos of a cluster.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddWindowSpread(this IServiceCollection services)
    {
        services.AddSingleton<WindowSpread>();
        return services.AddHostedService(provider => provider.GetRequiredService<WindowSpread>());
    }

    /// <summary>Adds what looks for work whose time has come and wakes those who perform it (<see cref="IDueHandler"/>): for silos that serve, and not for verbs.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddDueWork(this IServiceCollection services) => services.AddHostedService<DueTicker>().AddHostedService<PlatformTicker>();

    // What a silo tells about itself.
    private static void AddSiloVitals(this IServiceCollection services)
    {
        services.AddSingleton<RecentErrors>();
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<RecentErrors>());
        services.AddSingleton<ProcessLoad>();
        services.AddHostedService(provider => provider.GetRequiredService<ProcessLoad>());
        services.AddSingleton(SiloVitals.Of);
        services.AddSingleton<ISiloDoors, SiloDoors>();
        services.AddGrainService<SiloWitness>();
        services.AddSingleton<ISiloWitnesses, SiloWitnesses>();
        services.AddSingleton<ISiloWatch, GoneSilos>();
        services.AddPlacementDirector<OnSiloPlacement, OnSiloDirector>();
    }
}
