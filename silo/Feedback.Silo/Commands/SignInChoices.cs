using System.CommandLine;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>The options about how people sign in; each also by an environment variable.</summary>
internal sealed class SignInChoices
{
    private const string Required = "required";
    private const string Optional = "optional";

    private readonly Option<string?> _secondFactor = new("--second-factor")
    {
        Description = "Whether everybody who sees more than what is released needs a second factor: required or optional; or $FEEDBACK_SECOND_FACTOR.",
        HelpName = "required|optional",
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command) => command.Options.Add(_secondFactor);

    /// <summary>What they say.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="required">Whether a second factor is required unless told.</param>
    /// <exception cref="UsageException">One of them cannot be read.</exception>
    public SignInOptions Read(ParseResult parsed, bool required) => new((parsed.GetValue(_secondFactor) ?? Variable("FEEDBACK_SECOND_FACTOR")) switch
    {
        null => required,
        Required => true,
        Optional => false,
        var other => throw new UsageException($"A second factor is '{Required}' or '{Optional}', not '{other}'."),
    });

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
