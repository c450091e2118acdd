using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Feedback.Api.Addresses;
using Feedback.Grains.Notices;
using Feedback.Silo.Hosting;
using MimeKit;

namespace Feedback.Silo.Notices;

/// <summary>Who is told about cases and how, checked.</summary>
/// <param name="Settings">What the grains need to know.</param>
/// <param name="Mail">How mails are sent; null where none are.</param>
internal sealed partial record NoticeChoices(NoticeSettings Settings, MailChoices? Mail)
{
    /// <summary>Nobody is told.</summary>
    public static readonly NoticeChoices None = new(NoticeSettings.None, null);

    private const int MostHooks = 32;

    /// <summary>Reads the file and checks it. Files that it names are looked for beside it.</summary>
    /// <exception cref="UsageException">Something in it will not do; the message says what.</exception>
    public static NoticeChoices Read(string path)
    {
        try
        {
            var (file, beside) = (NoticesFile.Read(path), Path.GetDirectoryName(Path.GetFullPath(path))!);
            var mail = file.Mail is null ? null : MailOf(file.Mail, beside);
            return new NoticeChoices(
                new NoticeSettings
                {
                    Mail = mail is not null,
                    Citizens = file.Mail is { Citizens: true },
                    Recipients = file.Mail is null ? NoticeSettings.None.Recipients : Recipients(file.Mail.Recipients),
                    Hooks = HooksOf(file.Hooks, beside),
                },
                mail);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(e.Message);
        }
    }

    private static MailChoices MailOf(MailMembers told, string beside)
    {
        // A name is shown as it is; whoever writes one with a line break wants something else.
        if (told.From is not { } from || from.Any(char.IsControl) || !MailboxAddress.TryParse(from, out var sender) || MailAddress.Read(sender.Address) is null)
            throw new FormatException($"mail.from: '{told.From}' is no address to send from; it looks like no-reply@example.gov.cn.");
        if ((told.Smtp is null) == (told.Directory is null))
            throw new FormatException("mail: name either smtp, the mail server as host:port, or directory, where mails are written instead.");
        if ((told.User is null) != (told.PasswordFile is null))
            throw new FormatException("mail: user and passwordFile go together.");
        if (told.Directory is { } directory)
            return new MailChoices(sender) { Directory = Directory.CreateDirectory(Path.Combine(beside, directory)).FullName };
        if (!Uri.TryCreate("smtp://" + told.Smtp, UriKind.Absolute, out var server) || server is not { UserInfo: "", PathAndQuery: "/" or "", Port: > 0 } || server.HostNameType == UriHostNameType.Unknown)
            throw new FormatException($"mail.smtp: '{told.Smtp}' is no mail server; it looks like mail.example.gov.cn:587.");
        return new MailChoices(sender)
        {
            Host = server.IdnHost,
            Port = server.Port,
            IsHere = Reaches.Of(server.IdnHost) == Reach.ThisMachine,
            User = told.User,
            Password = told.PasswordFile is { } file ? File.ReadAllText(Path.Combine(beside, file)).Trim() : null,
        };
    }

    private static ImmutableDictionary<string, string> Recipients(IReadOnlyDictionary<string, string> told) => told.ToImmutableDictionary(
        one => one.Key.ToLowerInvariant(),
        one => MailAddress.Read(one.Value) ?? throw new FormatException($"mail.recipients: what stands for {one.Key} is no e-mail address."));

    private static ImmutableArray<HookEndpoint> HooksOf(IReadOnlyList<HookMembers> told, string beside)
    {
        if (told.Count > MostHooks)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"hooks: {told.Count} are too many; {MostHooks} can be told."));
        ImmutableArray<HookEndpoint> hooks = [.. told.Select(one => HookOf(one, beside))];
        if (hooks.GroupBy(hook => hook.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new FormatException($"hooks: two have the name '{twice.Key}'.");
        return hooks;
    }

    private static HookEndpoint HookOf(HookMembers told, string beside)
    {
        if (told.Name is not { } name || !HookName().IsMatch(name))
            throw new FormatException($"hooks: '{told.Name}' is no name; one has 1 to 32 lower-case letters, digits and hyphens.");
        if (!Uri.TryCreate(told.Url, UriKind.Absolute, out var url) || url.UserInfo.Length > 0
            || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && told.AllowPrivate && Reaches.Of(url.IdnHost) == Reach.ThisMachine)))
            throw new FormatException($"hooks, {name}: '{told.Url}' is no address of a hook; it begins with https://, or lies on this machine and is marked allowPrivate.");
        // Said at once where the form of the address tells it; a name is looked up whenever something is sent.
        if (!told.AllowPrivate && Reaches.Of(url.IdnHost) != Reach.Everywhere)
            throw new FormatException($"hooks, {name}: '{told.Url}' is in a network of your own; if that is meant so, mark it allowPrivate.");
        if (told.Events.FirstOrDefault(word => !CaseNews.Words.Contains(word)) is { } unknown)
            throw new FormatException($"hooks, {name}: there is no event '{unknown}'; events are {string.Join(", ", CaseNews.Words)}.");
        return new HookEndpoint(name, url, KeysOf(told, name, beside))
        {
            Events = [.. told.Events],
            Node = told.Node,
            AllowPrivate = told.AllowPrivate,
        };
    }

    private static ImmutableArray<ImmutableArray<byte>> KeysOf(HookMembers told, string name, string beside)
    {
        if (told.SecretFile is not { } file)
            throw new FormatException($"hooks, {name}: secretFile names the file with the key of its signature.");
        var lines = File.ReadAllLines(Path.Combine(beside, file)).Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        // What stands there is not told: it may be the key.
        return lines.Count is > 0 and <= 4 && lines.All(line => HookSignature.KeyOf(line) is not null)
            ? [.. lines.Select(line => HookSignature.KeyOf(line)!.Value)]
            : throw new FormatException($"hooks, {name}: {file} holds one to four keys, each a line of whsec_ and 24 to 64 bytes in base64, such as from: echo whsec_$(openssl rand -base64 32)");
    }

    [GeneratedRegex(@"\A[a-z0-9-]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HookName();
}

/// <summary>How mails are sent.</summary>
/// <param name="From">Who sends.</param>
internal sealed record MailChoices(MailboxAddress From)
{
    /// <summary>Where mails are written instead of being sent; null where they are sent.</summary>
    public string? Directory { get; init; }

    /// <summary>The mail server's name or address.</summary>
    public string Host { get; init; } = "";

    /// <summary>Its port.</summary>
    public int Port { get; init; }

    /// <summary>Whether it is on this machine: only then mails may go to it unencrypted.</summary>
    public bool IsHere { get; init; }

    /// <summary>The name to sign in with; null for none.</summary>
    public string? User { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }
}
