using System.CommandLine;
using Feedback.Seeds.Import;
using Feedback.Silo.Hosting;
using Feedback.Storage;

namespace Feedback.Silo.Commands;

/// <summary>The options that every verb about a site has, and what they mean.</summary>
internal static class Sites
{
    public static Option<string> Data() => new("--data")
    {
        Description = "The data directory.",
        DefaultValueFactory = _ => "data",
        HelpName = "DIR",
    };

    public static Option<string?> Postgres() => new("--postgres")
    {
        Description = "Keep everything in PostgreSQL instead: the connection string, or $FEEDBACK_POSTGRES so that no password shows in the process list.",
        HelpName = "CONNECTION",
    };

    public static Option<string> Urls() => new("--urls")
    {
        Description = "The address to listen on.",
        DefaultValueFactory = _ => WebSetup.DefaultUrls,
        HelpName = "URL",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };

    /// <summary>Opens the site that the options name.</summary>
    public static Site Open(ParseResult parsed, Option<string> data, Option<string?> postgres) => new(
        DataDirectory.Open(parsed.GetValue(data)!),
        parsed.GetValue(postgres) ?? Environment.GetEnvironmentVariable("FEEDBACK_POSTGRES"));

    /// <summary>Runs a verb; what the user can mend is told in one line, without a stack trace.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception e) when (e is UsageException or IOException or UnauthorizedAccessException
            or Npgsql.NpgsqlException or InvalidDataException or FormatException
            or MappingException or ImportStoppedException)
        {
            await Console.Error.WriteLineAsync("feedback: " + e.Message);
            return 1;
        }
    }
}
