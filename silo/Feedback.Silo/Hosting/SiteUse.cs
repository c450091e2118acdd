using Feedback.Storage.Membership;
using Feedback.Storage.Schema;

namespace Feedback.Silo.Hosting;

/// <summary>Who else may use a site's database while something is done to it. In files the lock of the data directory says so already.</summary>
internal static class SiteUse
{
    /// <summary>Keeps every silo out of the site's PostgreSQL database until the result is disposed; null in files.</summary>
    /// <param name="site">The site.</param>
    /// <param name="verb">The verb that needs it, for those who wait.</param>
    /// <param name="cancellation">Stops waiting for the connection.</param>
    /// <exception cref="DatabaseInUseException">Silos run on it; the message names them.</exception>
    public static async Task<DatabaseUse?> TakeAloneAsync(this Site site, string verb, CancellationToken cancellation) =>
        site.Postgres is { } connection ? await DatabaseUse.AloneAsync(connection, Name(verb), cancellation) : null;

    /// <summary>Uses the site's database beside silos and other verbs until the result is disposed; null in files, where only what is unfinished is looked for.</summary>
    /// <param name="site">The site.</param>
    /// <param name="verb">The verb that writes to it, for whoever wants the database alone.</param>
    /// <param name="cancellation">Stops waiting for the connection.</param>
    /// <exception cref="UnfinishedWorkException">A verb that makes the database anew did not come to its end: what is written now may be emptied with it.</exception>
    /// <exception cref="UsageException">Such a verb is at work.</exception>
    public static async Task<DatabaseUse?> ShareAsync(this Site site, string verb, CancellationToken cancellation)
    {
        if (site.Postgres is { } connection)
            return await DatabaseUse.TryShareAsync(connection, Name(verb), cancellation) ?? throw new UsageException("Another verb, such as rebuild or restore, has the PostgreSQL database alone: try again when it is through.");
        return UnfinishedMarks.FindSqlite(site.Data.Journal) is { } work ? throw new UnfinishedWorkException(work) : null;
    }

    /// <summary>What a verb that makes the site's database anew left unfinished; null for nothing.</summary>
    public static async Task<UnfinishedWork?> FindUnfinishedAsync(this Site site, CancellationToken cancellation) =>
        site.Postgres is { } connection ? await UnfinishedMarks.FindPostgresAsync(connection, cancellation) : UnfinishedMarks.FindSqlite(site.Data.Journal);

    /// <summary>Says that a silo uses the site's database for as long as its host lives. To be added before everything that stores.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="site">The site; in files the caller holds the lock of its data directory.</param>
    /// <exception cref="UnfinishedWorkException">In files: a rebuild did not come to its end. In PostgreSQL the start says so.</exception>
    public static void AddUse(this IServiceCollection services, Site site)
    {
        if (site.IsAlone)
            return;
        if (site.Postgres is null && UnfinishedMarks.FindSqlite(site.Data.Journal) is { } work)
            throw new UnfinishedWorkException(work);
        if (site.Postgres is { } connection)
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<ServedDatabase>(provider, connection, site.Cluster?.Name ?? Environment.MachineName));
    }

    private static string Name(string verb) => $"feedback {verb} on {Environment.MachineName}";
}
