using System.CommandLine;

namespace Feedback.Silo.Commands;

/// <summary>The options of <c>demo</c> about what its windows heard and hear.</summary>
internal static class DemoOptions
{
    private const int MostDays = 1100;
    private const int MostSeed = 999_999;

    /// <summary>Requests a second that the demo takes per window: its simulation may be set to be quicker than any citizen.</summary>
    public const double DeviceRate = 500;

    public static Option<int> History()
    {
        var option = new Option<int>("--history")
        {
            Description = "How many days of history the district has; 0 for none. Only what is missing is written.",
            DefaultValueFactory = _ => 365,
            HelpName = "DAYS",
        };
        option.Validators.Add(result => Within(result, 0, MostDays));
        return option;
    }

    public static Option<int> Seed()
    {
        var option = new Option<int>("--seed")
        {
            Description = "Decides everything that the windows hear; the same seed tells the same history.",
            DefaultValueFactory = _ => 1,
            HelpName = "N",
        };
        option.Validators.Add(result => Within(result, 0, MostSeed));
        return option;
    }

    public static Option<double> Rate()
    {
        var option = new Option<double>("--rate")
        {
            Description = "How many events (matters and evaluations) the windows push per minute.",
            DefaultValueFactory = _ => 12,
            HelpName = "N",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 60_000))
                result.AddError("--rate is more than 0 and at most 60000.");
        });
        return option;
    }

    private static void Within(System.CommandLine.Parsing.OptionResult result, int least, int most)
    {
        if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            result.AddError($"{result.Option.Name} is {least} to {most}.");
    }
}
