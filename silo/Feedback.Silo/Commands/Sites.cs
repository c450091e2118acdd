using System.CommandLine;
using System.Data.Common;
using Feedback.Grains.Journal;
using Feedback.Seeds.Demo;
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
        Description = "The address to listen on, or several with semicolons between them; or $FEEDBACK_URLS.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("FEEDBACK_URLS") is { Length: > 0 } urls ? urls : WebSetup.DefaultUrls,
        HelpName = "URL",
    };

    public static Option<string?> Checkpoints() => new("--checkpoints")
    {
        Description = "The directory that keeps checkpoints outside the database, or $FEEDBACK_CHECKPOINTS; best on another disk or a share that can be written once only. checkpoints in the data directory when left out.",
        HelpName = "DIR",
    };

    public static Option<bool?> PublicFigures() => new("--public-figures")
    {
        Description = "Answer everybody at /api/v1/public/figures with what is released, without a token: in serve only when given, in demo unless --public-figures false.",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "true|false",
    };

    public static Option<string> Retention() => new("--retention")
    {
        Description = "How many days personal text is kept, such as comment=730,matter=1095,case=1095, which is usual; of cases from when they were closed; off keeps it for ever. Figures stay.",
        DefaultValueFactory = _ => "",
        HelpName = "DAYS",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON." };

    /// <summary>Opens the site that the options name, creating its data directory if there is none.</summary>
    /// <exception cref="UsageException">The connection string cannot be read, or shows a password in the process list.</exception>
    public static Site Open(ParseResult parsed, Option<string> data, Option<string?> postgres)
    {
        var connection = parsed.GetValue(postgres) ?? Variable("FEEDBACK_POSTGRES") ?? Variable("FEEDBACK_CLUSTER");
        var site = new Site(DataDirectory.Open(parsed.GetValue(data)!), connection is null ? null : Connection(connection, parsed.GetValue(postgres) is not null));
        return Variable("FEEDBACK_KEYS") is { } keys ? site with { Keys = Path.GetFullPath(keys) } : site;
    }

    /// <summary>A connection string that can be read and betrays nothing.</summary>
    /// <param name="text">The connection string.</param>
    /// <param name="isArgument">Whether it was given as an argument, which everybody on the machine sees.</param>
    /// <exception cref="UsageException">It cannot be read, or shows a password in the process list.</exception>
    public static string Connection(string text, bool isArgument)
    {
        try
        {
            if (new Npgsql.NpgsqlConnectionStringBuilder(text).Password is not null && isArgument)
                throw new UsageException("Everybody on this machine can read the arguments of a process: give a connection string with a password as $FEEDBACK_POSTGRES or $FEEDBACK_CLUSTER, or keep the password in a file (Passfile=…).");
        }
        catch (ArgumentException)
        {
            // Not told what it is: it may hold a password.
            throw new UsageException("The PostgreSQL connection string cannot be read; it looks like \"Host=localhost;Username=feedback;Database=feedback\".");
        }

        return text;
    }

    /// <summary>Where the backups of every night are found, from the environment; null where nobody said, or FEEDBACK_BACKUP says that none are made here.</summary>
    public static string? Backups() => Variable("FEEDBACK_BACKUP") == "off" ? null : Variable("FEEDBACK_BACKUPS");

    /// <summary>Where a site keeps what it stores, in words without a password: which one a verb worked on is easily mistaken.</summary>
    public static string PlaceOf(Site site)
    {
        if (site.Postgres is null)
            return $"the files in {site.Data.Path}";
        var database = new Npgsql.NpgsqlConnectionStringBuilder(site.Postgres);
        return $"the PostgreSQL database {database.Database ?? database.Username} at {database.Host}";
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>The site with the directory of checkpoints that the option names, or the environment.</summary>
    public static Site With(this Site site, ParseResult parsed, Option<string?> checkpoints) =>
        (parsed.GetValue(checkpoints) ?? Environment.GetEnvironmentVariable("FEEDBACK_CHECKPOINTS")) is { Length: > 0 } named
            ? site with { Checkpoints = Path.GetFullPath(named) }
            : site;

    /// <summary>Opens the site that the options name, for verbs that make no sense without data: a slip of the pen must not make a new site.</summary>
    /// <exception cref="UsageException">There is no such data directory, or the connection string cannot be read.</exception>
    public static Site OpenExisting(ParseResult parsed, Option<string> data, Option<string?> postgres) =>
        Directory.Exists(parsed.GetValue(data)) || File.Exists(parsed.GetValue(data))
            ? Open(parsed, data, postgres)
            : throw new UsageException($"There is no data directory {Path.GetFullPath(parsed.GetValue(data)!)}.");

    /// <summary>What is wrong with a command line, and where to look it up.</summary>
    public static string WordsOf(ParseResult parsed) =>
        $"{string.Join(' ', parsed.Errors.Select(error => error.Message))} See 'feedback {(parsed.CommandResult.Parent is null ? "" : parsed.CommandResult.Command.Name + " ")}--help'.";

    /// <summary>Tells on the error stream, in one line, why a verb ends.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(string message)
    {
        Console.Error.WriteLine("feedback: " + message.ReplaceLineEndings(" "));
        return 1;
    }

    /// <summary>Runs a verb; what the user can mend is told in one line, without a stack trace.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception e) when (e is UsageException or IOException or UnauthorizedAccessException
            or DbException or JournalBusyException or InvalidDataException or FormatException
            or MappingException or ImportStoppedException or HistoryStoppedException)
        {
            return Tell(e.Message);
        }
    }
}
