using System.CommandLine;
using Feedback.Silo.Hosting;
using Feedback.Silo.Notices;

namespace Feedback.Silo.Commands;

/// <summary>The option that says who is told about cases.</summary>
internal static class NoticeOption
{
    private const string Variable = "FEEDBACK_NOTICES";

    /// <summary>The option.</summary>
    public static Option<string?> Create() => new("--notices")
    {
        Description = $"A JSON file that says who is told about cases by mail and which systems by webhooks, the same on all silos; or ${Variable}. Without it the log tells.",
        HelpName = "FILE",
    };

    /// <summary>The site as the option says, or else the environment.</summary>
    /// <exception cref="UsageException">The file will not do.</exception>
    public static Site WithNotices(this Site site, ParseResult parsed, Option<string?> option) =>
        (parsed.GetValue(option) ?? Environment.GetEnvironmentVariable(Variable)) is { Length: > 0 } path ? site with { Notices = NoticeChoices.Read(path) } : site;
}
