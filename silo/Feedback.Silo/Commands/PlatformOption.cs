using System.CommandLine;
using System.Globalization;
using Feedback.Silo.Hosting;
using Feedback.Silo.Platform;

namespace Feedback.Silo.Commands;

/// <summary>The option that says what is reported to a higher platform.</summary>
internal static class PlatformOption
{
    private const string Variable = "FEEDBACK_PLATFORM";

    /// <summary>The option.</summary>
    public static Option<string?> Create() => new("--platform")
    {
        Description = $"A JSON file that says which higher platform evaluations and matters are reported to, and how, the same on all silos; or ${Variable}. 'feedback platform check FILE' tries it.",
        HelpName = "FILE",
    };

    /// <summary>The site as the option says, or else the environment.</summary>
    /// <exception cref="UsageException">The file will not do.</exception>
    public static Site WithPlatform(this Site site, ParseResult parsed, Option<string?> option) =>
        (parsed.GetValue(option) ?? Environment.GetEnvironmentVariable(Variable)) is { Length: > 0 } path
            ? site with { Platform = PlatformChoices.Read(path, CultureInfo.CurrentUICulture) } : site;
}
