using Feedback.Domain.Personal;
using Feedback.Grains.Platform;
using Feedback.Silo.Notices;
using Feedback.Storage;

namespace Feedback.Silo.Hosting;

/// <summary>Where a silo keeps things: a data directory, and PostgreSQL instead of its databases when one is named.</summary>
/// <param name="Data">The data directory; with PostgreSQL it still holds the keys, unless they have a directory of their own.</param>
/// <param name="Postgres">The connection string, or null for SQLite in the data directory.</param>
internal sealed record Site(DataDirectory Data, string? Postgres)
{
    /// <summary>This silo's place in a cluster on that PostgreSQL; null for a silo that is alone.</summary>
    public ClusterPlace? Cluster { get; init; }

    /// <summary>Whether the caller has the database alone (<see cref="SiteUse"/>): then a silo that it starts there asks nobody.</summary>
    public bool IsAlone { get; init; }

    /// <summary>The directory with the keys, the same for all silos of a cluster; the data directory unless told otherwise.</summary>
    public string Keys { get; init; } = Data.Path;

    /// <summary>The bureau's secrets: never beside the database in a backup.</summary>
    public string MasterKey => Path.Combine(Keys, "master.key");

    /// <summary>The key that signs checkpoints, in PEM: never beside the database in a backup.</summary>
    public string CheckpointKey => Path.Combine(Keys, "checkpoint.key");

    /// <summary>The certificate by which the silos of a cluster know each other, with its key, in PEM.</summary>
    public string ClusterCertificate => Path.Combine(Keys, "cluster.pem");

    /// <summary>The directory that keeps checkpoints outside the database, best on another disk or a share that can be written once only.</summary>
    public string Checkpoints { get; init; } = Data.Checkpoints;

    /// <summary>Where the backups of every night are, so that their age can be told; null where nobody said, or another silo makes them.</summary>
    public string? Backups { get; init; }

    /// <summary>How long it goes on serving after it was told to stop.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Whether the dashboard of Orleans can be opened; then every grain call is counted. All silos of a cluster or none.</summary>
    public bool Dashboard { get; init; }

    /// <summary>How long personal text is kept.</summary>
    public RetentionPolicy Retention { get; init; } = RetentionPolicy.Usual;

    /// <summary>Who is told about cases, and how.</summary>
    public NoticeChoices Notices { get; init; } = NoticeChoices.None;

    /// <summary>What is reported to a higher platform, and how.</summary>
    public PlatformSettings Platform { get; init; } = PlatformSettings.None;
}

/// <summary>The user asked for something that cannot be done; the message says what and how to mend it.</summary>
internal sealed class UsageException(string message) : Exception(message);
