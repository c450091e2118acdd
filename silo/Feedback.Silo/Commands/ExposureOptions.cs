using System.CommandLine;
using System.Globalization;
using System.Net;
using Feedback.Api.Addresses;
using Feedback.Api.Limits;
using Feedback.Domain.Invitations;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>The options about how a site meets the world outside its machine; each also by an environment variable.</summary>
internal sealed class ExposureOptions
{
    private const string PublicUrlVariable = "FEEDBACK_PUBLIC_URL";

    private readonly Option<string?> _publicUrl = PublicUrl();

    private readonly Option<bool> _privateNetwork = new("--private-network")
    {
        Description = "The public address works in one network only, and that is meant so; or $FEEDBACK_PRIVATE_NETWORK=true.",
    };

    private readonly Option<string?> _certificate = new("--certificate")
    {
        Description = "The certificate of https:// addresses, as PEM with intermediate ones after it, or as PFX; or $FEEDBACK_CERTIFICATE. A password is taken from $FEEDBACK_CERTIFICATE_PASSWORD. A renewed file is noticed.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _certificateKey = new("--certificate-key")
    {
        Description = "The private key of a PEM certificate, when it is in another file; or $FEEDBACK_CERTIFICATE_KEY.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _trustedProxies = new("--trusted-proxy")
    {
        Description = "A reverse proxy whose X-Forwarded-For and X-Forwarded-Proto are believed, such as 10.0.0.7 or 10.0.0.0/24; repeatable, or $FEEDBACK_TRUSTED_PROXIES, separated by commas. Nobody's are believed unless told.",
        HelpName = "CIDR",
    };

    private readonly Option<int?> _invitationDays = new("--invitation-days")
    {
        Description = $"How many days an invitation to rate is good, 1 to {Invitation.MostDays}; {Invitation.UsualDays} unless told, or $FEEDBACK_INVITATION_DAYS.",
        HelpName = "DAYS",
    };
    private readonly Option<double?> _deviceRate = Rate("--device-rate", "FEEDBACK_DEVICE_RATE", "per window that a device key is good for", RequestRates.Default.Device);
    private readonly Option<double?> _addressRate = Rate("--address-rate", "FEEDBACK_ADDRESS_RATE", "from one IP address to what is open to everybody; the known are not counted there", RequestRates.Default.Address);
    private readonly Option<double?> _addressFiles = new("--address-files")
    {
        Description = "The most megabytes an hour that strangers at one IP address send along with their cases; 100 unless told; or $FEEDBACK_ADDRESS_FILES. More get 429.",
        HelpName = "MB",
    };

    /// <summary>The option for the public address, which <c>self-test</c> has, too.</summary>
    public static Option<string?> PublicUrl() => new("--public-url")
    {
        Description = $"The address under which kiosks and phones reach the service; or ${PublicUrlVariable}. Other names are refused then, and with https unencrypted requests, too.",
        HelpName = "URL",
    };

    /// <summary>What the option for the public address says, or else the environment.</summary>
    public static string? PublicUrlOf(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) ?? Variable(PublicUrlVariable);

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _publicUrl, _privateNetwork, _certificate, _certificateKey, _trustedProxies, _invitationDays, _deviceRate, _addressRate, _addressFiles })
            command.Options.Add(option);
    }

    /// <summary>What they say.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="deviceRate">The rate of devices where nothing else is said; null for the usual one.</param>
    /// <exception cref="UsageException">One of them cannot be read.</exception>
    public Exposure Read(ParseResult parsed, double? deviceRate = null) => new(Address(parsed), Certificate(parsed), [.. Proxies(parsed).Select(Network)])
    {
        InvitationDays = Days(parsed),
        Rates = new RequestRates
        {
            Device = RateOf(parsed, _deviceRate, "FEEDBACK_DEVICE_RATE") ?? deviceRate ?? RequestRates.Default.Device,
            Address = RateOf(parsed, _addressRate, "FEEDBACK_ADDRESS_RATE") ?? RequestRates.Default.Address,
            FileBytes = RateOf(parsed, _addressFiles, "FEEDBACK_ADDRESS_FILES") * 1e6 ?? RequestRates.Default.FileBytes,
        },
    };

    private PublicAddress Address(ParseResult parsed)
    {
        try
        {
            return PublicAddress.Parse(PublicUrlOf(parsed, _publicUrl), parsed.GetValue(_privateNetwork) || Variable("FEEDBACK_PRIVATE_NETWORK") is "true" or "1");
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private int Days(ParseResult parsed)
    {
        var text = parsed.GetValue(_invitationDays)?.ToString(CultureInfo.InvariantCulture) ?? Variable("FEEDBACK_INVITATION_DAYS");
        return text is null ? Invitation.UsualDays
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= Invitation.MostDays ? days
            : throw new UsageException($"An invitation is good for 1 to {Invitation.MostDays} days, not for '{text}'.");
    }

    private CertificateFiles? Certificate(ParseResult parsed) =>
        (parsed.GetValue(_certificate) ?? Variable("FEEDBACK_CERTIFICATE")) is { } certificate
            ? new CertificateFiles(certificate, parsed.GetValue(_certificateKey) ?? Variable("FEEDBACK_CERTIFICATE_KEY"), Variable("FEEDBACK_CERTIFICATE_PASSWORD"))
            : null;

    private IEnumerable<string> Proxies(ParseResult parsed) => parsed.GetValue(_trustedProxies) is { Length: > 0 } named
        ? named
        : (Variable("FEEDBACK_TRUSTED_PROXIES") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
            return network;
        return IPAddress.TryParse(text, out var one)
            ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
            : throw new UsageException($"'{text}' is no trusted proxy; it looks like 10.0.0.7 or 10.0.0.0/24.");
    }

    private static Option<double?> Rate(string name, string variable, string what, double usual) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"The most requests a second {what}; {usual} unless told; or ${variable}. More get 429."),
        HelpName = "N",
    };

    private static double? RateOf(ParseResult parsed, Option<double?> option, string variable)
    {
        var rate = parsed.GetValue(option) ?? (Variable(variable) is { } text
            ? double.TryParse(text, CultureInfo.InvariantCulture, out var read) ? read : double.NaN
            : null);
        return rate is null or (>= 1 and <= 1_000_000)
            ? rate
            : throw new UsageException($"{option.Name} (or ${variable}) is 1 to 1000000.");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
