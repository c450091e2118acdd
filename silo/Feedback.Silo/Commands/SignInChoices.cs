using System.CommandLine;
using Feedback.Silo.Hosting;
using Feedback.Web.SignIn;

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

    private readonly Option<string?> _authority = new("--oidc-authority")
    {
        Description = "The issuer of the bureau's own sign-in, by OpenID Connect; or $FEEDBACK_OIDC_AUTHORITY. Register PUBLIC-URL/sign-in/provider/back there.",
        HelpName = "URL",
    };

    private readonly Option<string?> _clientId = new("--oidc-client-id") { Description = "What this service is called there; or $FEEDBACK_OIDC_CLIENT_ID.", HelpName = "ID" };

    private readonly Option<string?> _clientSecret = new("--oidc-client-secret-file")
    {
        Description = "A file with the secret by which this service proves itself there; or $FEEDBACK_OIDC_CLIENT_SECRET_FILE.",
        HelpName = "FILE",
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _secondFactor, _authority, _clientId, _clientSecret })
            command.Options.Add(option);
    }

    /// <summary>What they say.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="required">Whether a second factor is required unless told.</param>
    /// <exception cref="UsageException">One of them cannot be read.</exception>
    public SignInOptions Read(ParseResult parsed, bool required) => new(SecondFactor(parsed, required), Provider(parsed));

    private bool SecondFactor(ParseResult parsed, bool required) => (parsed.GetValue(_secondFactor) ?? Variable("FEEDBACK_SECOND_FACTOR")) switch
    {
        null => required,
        Required => true,
        Optional => false,
        var other => throw new UsageException($"A second factor is '{Required}' or '{Optional}', not '{other}'."),
    };

    private SignInProvider? Provider(ParseResult parsed)
    {
        var (authority, client) = (parsed.GetValue(_authority) ?? Variable("FEEDBACK_OIDC_AUTHORITY"), parsed.GetValue(_clientId) ?? Variable("FEEDBACK_OIDC_CLIENT_ID"));
        var secret = parsed.GetValue(_clientSecret) ?? Variable("FEEDBACK_OIDC_CLIENT_SECRET_FILE");
        if (authority is null && client is null && secret is null)
            return null;
        if (authority is null || client is null)
            throw new UsageException("Signing in by OpenID Connect needs both the issuer and the client id.");
        // What is told of people must not be changed on the way.
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var issuer) || !(issuer.Scheme == Uri.UriSchemeHttps || (issuer.Scheme == Uri.UriSchemeHttp && issuer.IsLoopback)))
            throw new UsageException($"'{authority}' is no issuer: it begins with https://, or lies on this machine.");
        return new SignInProvider(issuer, client, secret is null ? null : File.ReadAllText(secret).Trim());
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
