using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Feedback.Seeds.Simulation;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>The options of <c>simulate</c> that say how much is pushed, and what goes wrong.</summary>
internal sealed class SimulateOptions
{
    private readonly Option<double> _rate = Number("--rate", "Events (matters and evaluations) per minute over all windows.", 600, "N");
    private readonly Option<long?> _count = new("--count") { Description = "Ends after so many events.", HelpName = "N" };
    private readonly Option<double?> _duration = new("--duration") { Description = "Ends after so many seconds.", HelpName = "SECONDS" };
    private readonly Option<int> _seed = new("--seed") { Description = "The same seed tells the same visits.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<int> _atOnce = new("--at-once") { Description = "At most so many visits are under way.", DefaultValueFactory = _ => 16, HelpName = "N" };
    private readonly Option<int> _tries = new("--tries") { Description = "How often one event is sent before its outcome stays unknown.", DefaultValueFactory = _ => 8, HelpName = "N" };
    private readonly Option<string?> _hours = new("--hours") { Description = "Opening hours in Asia/Shanghai, such as 09:00-12:00,13:30-17:00; always open when left out.", HelpName = "SPANS" };
    private readonly Option<string?> _grades = new("--grades") { Description = "How often grades 5, 4, 3, 2 and 1 are given, in proportion, such as 61,26,9,3,1; windows differ when left out.", HelpName = "A,B,C,D,E" };
    private readonly Option<double> _offline = Number("--offline", "So much of its time a window is offline; what it kept is sent in bulk when it is back.", 0, "PERCENT");
    private readonly Option<double> _offlineFor = Number("--offline-for", "How long a window is offline on average.", 60, "SECONDS");
    private readonly Option<double> _clocks = Number("--wrong-clocks", "So many windows have a clock that is 10 minutes to 3 hours wrong.", 0, "PERCENT");
    private readonly Option<double> _duplicates = Number("--duplicates", "So many events are sent again after they were stored.", 0, "PERCENT");

    private readonly Option<double> _filings = Number("--filings", "So many complaints, suggestions, questions and thanks are filed in an hour over the open form.", 0, "N");

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_rate, _filings, _count, _duration, _seed, _hours, _grades, _offline, _offlineFor, _clocks, _duplicates, _atOnce, _tries];

    /// <summary>What the options say.</summary>
    /// <exception cref="UsageException">One of them is out of range.</exception>
    public SimulationPace Read(ParseResult parsed) => new()
    {
        EventsPerMinute = Within(parsed, _rate, 0.01, 600_000),
        Seed = parsed.GetValue(_seed),
        MostAtOnce = (int)Within("--at-once", parsed.GetValue(_atOnce), 1, 1024),
        Tries = (int)Within("--tries", parsed.GetValue(_tries), 1, 100),
        Count = parsed.GetValue(_count) is { } count ? (long)Within("--count", count, 1, 1e12) : null,
        Duration = parsed.GetValue(_duration) is { } seconds ? TimeSpan.FromSeconds(Within("--duration", seconds, 0.1, 4_000_000)) : null,
        Hours = parsed.GetValue(_hours) is { } hours ? OpenHours.Parse(hours) : null,
        Faults = new SimulationFaults
        {
            OfflineShare = Within(parsed, _offline, 0, 95) / 100,
            OfflineFor = TimeSpan.FromSeconds(Within(parsed, _offlineFor, 0.1, 86_400)),
            WrongClocks = Within(parsed, _clocks, 0, 100) / 100,
            Duplicates = Within(parsed, _duplicates, 0, 100) / 100,
        },
    };

    /// <summary>How many citizens file something in an hour; 0 for none.</summary>
    /// <exception cref="UsageException">It is out of range.</exception>
    public double Filings(ParseResult parsed) => Within(parsed, _filings, 0, 3600);

    /// <summary>How grades are mixed; empty where windows differ.</summary>
    /// <exception cref="UsageException">It is no mix of five grades.</exception>
    public ImmutableArray<int> Weights(ParseResult parsed)
    {
        if (parsed.GetValue(_grades) is not { } text)
            return [];
        var weights = text.Split(',').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var weight) && weight <= 1_000_000 ? weight : -1).ToImmutableArray();
        return weights.Length == 5 && weights.All(weight => weight >= 0) && weights.Any(weight => weight > 0)
            ? weights
            : throw new UsageException($"'{text}' is no mix of grades: five whole numbers from grade 5 to grade 1, such as 61,26,9,3,1.");
    }

    private static Option<double> Number(string name, string description, double usual, string unit) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = unit };

    private static double Within(ParseResult parsed, Option<double> option, double least, double most) => Within(option.Name, parsed.GetValue(option), least, most);

    private static double Within(string name, double value, double least, double most) =>
        value >= least && value <= most
            ? value
            : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{name} is {least} to {most}."));
}
