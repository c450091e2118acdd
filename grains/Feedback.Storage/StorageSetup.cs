using Feedback.Grains.Cases;
using Feedback.Grains.Days;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Feedback.Grains.Platform;
using Feedback.Grains.ServiceMatters;
using Feedback.Storage.Cases;
using Feedback.Storage.Days;
using Feedback.Storage.Due;
using Feedback.Storage.Journal;
using Feedback.Storage.Journal.Postgres;
using Feedback.Storage.Journal.Sqlite;
using Feedback.Storage.Matters;
using Feedback.Storage.Personal;
using Feedback.Storage.Platform;
using Feedback.Storage.Reading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Feedback.Storage;

/// <summary>Registers the journal and the tables written with it: <see cref="IJournal"/>, <see cref="IJournalProbe"/>,
/// <see cref="IDayStore"/>, <see cref="ICaseStore"/>, <see cref="IMatterStore"/>, <see cref="IDueQueue"/>, <see cref="IPlatformStore"/>, <see cref="IPersonalStore"/>, <see cref="IDerivedTables"/>, and the hosted writer.</summary>
/// <remarks>
/// Starting the host brings the database to the newest schema and starts the writer before any other hosted service starts,
/// whatever the order of registration; it stops after them. A provider that is built without starting a host can only
/// read: so <c>verify</c> looks at the data of a running server. The services need a <see cref="TimeProvider"/>.
/// </remarks>
public static class StorageSetup
{
    /// <summary>Adds a journal in a SQLite file.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The file; its directory exists, and the caller holds the directory's lock (<see cref="DataDirectory"/>).</param>
    /// <param name="limits">Bounds of queue and transactions.</param>
    public static IServiceCollection AddSqliteJournal(this IServiceCollection services, string path, JournalLimits? limits = null)
    {
        services.AddSingleton<IReadSource>(_ => new SqliteReadSource(path));
        services.AddSingleton<IUnitWriter>(provider => ActivatorUtilities.CreateInstance<SqliteWriter>(provider, path));
        return services.AddJournal(limits, wakeInline: true);
    }

    /// <summary>Adds a journal in a PostgreSQL database that silos may share.</summary>
    /// <param name="services">The services.</param>
    /// <param name="connectionString">An Npgsql connection string of a role that may create tables.</param>
    /// <param name="limits">Bounds of queue and transactions.</param>
    public static IServiceCollection AddPostgresJournal(this IServiceCollection services, string connectionString, JournalLimits? limits = null)
    {
        services.AddSingleton<IReadSource>(_ => new PostgresReadSource(connectionString));
        services.AddSingleton<IUnitWriter>(provider => ActivatorUtilities.CreateInstance<PostgresWriter>(provider, connectionString));
        return services.AddJournal(limits, wakeInline: false);
    }

    private static IServiceCollection AddJournal(this IServiceCollection services, JournalLimits? limits, bool wakeInline)
    {
        services.AddMetrics();
        services.AddLogging();
        services.AddSingleton(limits ?? new JournalLimits());
        services.AddSingleton<JournalMetrics>();
        services.AddSingleton<IJournalVitals>(provider => provider.GetRequiredService<JournalMetrics>());
        services.AddSingleton(provider => new JournalQueue(provider.GetRequiredService<JournalLimits>(), provider.GetRequiredService<TimeProvider>(), wakeInline));
        services.TryAddSingleton<IWrittenVocabulary>(_ => new WholeVocabulary());
        services.AddSingleton<JournalDatabase>();
        services.AddSingleton<JournalReads>();
        services.AddSingleton<StoredJournal>();
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<StoredJournal>());
        services.AddSingleton<IJournalProbe>(provider => provider.GetRequiredService<StoredJournal>());
        services.AddSingleton<IDayStore, DayReads>();
        services.AddSingleton<IPersonalStore, PersonalReads>();
        services.AddSingleton<ISubjectKeyStore, PersonalReads>();
        services.AddSingleton<ICaseStore, CaseReads>();
        services.AddSingleton<IMatterStore, MatterReads>();
        services.AddSingleton<IDueQueue, DueReads>();
        services.AddSingleton<IPlatformStore, PlatformReads>();
        services.AddSingleton<IDerivedTables, DerivedTables>();
        services.AddHostedService<WriterService>();
        return services;
    }
}
