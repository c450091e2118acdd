using System.CommandLine;
using Feedback.Silo.Hosting;

namespace Feedback.Benchmarks;

/// <summary>What the user asked for.</summary>
/// <param name="Databases">The databases to measure on: true for PostgreSQL.</param>
/// <param name="Phase">How long each phase of load lasts.</param>
/// <param name="Batches">For a profile: batches of 100 instead of single evaluations.</param>
/// <param name="Events">For a backup: how many events are generated.</param>
/// <param name="Cases">For idle cases: how many are open.</param>
/// <param name="Due">For idle cases: of how many more the warning is due at one moment.</param>
/// <param name="Idle">For idle cases: for how long nothing happens.</param>
/// <param name="Clock">The clock.</param>
internal sealed record Settings(IReadOnlyList<bool> Databases, TimeSpan Phase, bool Batches, long Events, int Cases, int Due, TimeSpan Idle, TimeProvider Clock)
{
    /// <summary>The options of every verb.</summary>
    public static readonly Option<bool> Sqlite = new("--sqlite") { Description = "On SQLite only.", Recursive = true };

    /// <inheritdoc cref="Sqlite"/>
    public static readonly Option<bool> Postgres = new("--postgres") { Description = "On PostgreSQL only.", Recursive = true };

    /// <inheritdoc cref="Sqlite"/>
    public static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "How long each phase of load lasts.",
        DefaultValueFactory = _ => 4,
        HelpName = "N",
        Recursive = true,
    };

    /// <summary>The option of a profile.</summary>
    public static readonly Option<bool> InBatches = new("--batches") { Description = "Batches of 100 instead of single evaluations." };

    /// <summary>The option of a backup.</summary>
    public static readonly Option<long> Generated = new("--events") { Description = "How many events are generated.", DefaultValueFactory = _ => 1_000_000, HelpName = "N" };

    /// <summary>The options of idle cases.</summary>
    public static readonly Option<int> Count = new("--count") { Description = "How many cases are open.", DefaultValueFactory = _ => 100_000, HelpName = "N" };

    /// <inheritdoc cref="Count"/>
    public static readonly Option<int> AtOnce = new("--due") { Description = "Of how many more the warning is due at one moment.", DefaultValueFactory = _ => 1_000, HelpName = "N" };

    /// <inheritdoc cref="Count"/>
    public static readonly Option<int> IdleSeconds = new("--idle") { Description = "For how many seconds nothing happens.", DefaultValueFactory = _ => 60, HelpName = "N" };

    /// <summary>Reads the options.</summary>
    public static Settings Read(ParseResult parsed) => new(
        (parsed.GetValue(Sqlite), parsed.GetValue(Postgres)) switch
        {
            (true, false) => [false],
            (false, true) => [true],
            _ => [false, true],
        },
        TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        parsed.GetValue(InBatches),
        parsed.GetValue(Generated),
        parsed.GetValue(Count),
        parsed.GetValue(AtOnce),
        TimeSpan.FromSeconds(parsed.GetValue(IdleSeconds)),
        RealClock.Instance);
}
