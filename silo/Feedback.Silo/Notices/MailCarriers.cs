using System.Globalization;
using Feedback.Grains.Notices;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Feedback.Silo.Notices;

/// <summary>Makes mails of letters.</summary>
internal static class Mails
{
    /// <summary>The mail of a letter; the same whenever it is made, its identity included, so that whoever gets it twice sees it once.</summary>
    public static MimeMessage Of(Letter letter, MailboxAddress from)
    {
        var mail = new MimeMessage
        {
            MessageId = $"{letter.Id}@{from.Domain}",
            Date = DateTimeOffset.FromUnixTimeMilliseconds(letter.At),
            Subject = letter.Subject,
            Body = new TextPart("plain") { Text = letter.Text },
        };
        mail.From.Add(from);
        mail.To.Add(new MailboxAddress(name: null, letter.To));
        // RFC 3834: no machine answers it.
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return mail;
    }
}

/// <summary>Hands mails to the mail server: encrypted always, except to one on this machine that cannot.</summary>
internal sealed class SmtpCarrier(MailChoices choices) : IMailCarrier
{
    private const int PortOfTls = 465;

    /// <inheritdoc/>
    public async Task SendAsync(Letter letter, CancellationToken cancellation)
    {
        using var client = new SmtpClient
        {
            Timeout = 10_000,
            // Lists of revoked certificates are out of reach in many networks, and who cannot ask for them would send nothing.
            CheckCertificateRevocation = false,
        };
        try
        {
            using var mail = Mails.Of(letter, choices.From);
            await client.ConnectAsync(choices.Host, choices.Port, Security, cancellation);
            if (choices.User is { } user)
                await client.AuthenticateAsync(user, choices.Password!, cancellation);
            await client.SendAsync(mail, cancellation);
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (SmtpCommandException e)
        {
            // What the server says may name the address. From 500 on it means never, and most of all this recipient.
            throw new DeliveryException(
                string.Create(CultureInfo.InvariantCulture, $"the server said {(int)e.StatusCode}"),
                forGood: e.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)e.StatusCode >= 500);
        }
        catch (Exception e) when (e is ProtocolException or ServiceNotConnectedException or AuthenticationException or SslHandshakeException or NotSupportedException or IOException or System.Net.Sockets.SocketException)
        {
            throw new DeliveryException(e switch
            {
                AuthenticationException => "the server does not take the name and the password",
                SslHandshakeException => "the server's certificate is not trusted",
                NotSupportedException => "the server does not encrypt, or takes no names and passwords",
                _ => "the server cannot be reached",
            });
        }
    }

    private SecureSocketOptions Security =>
        choices.Port == PortOfTls ? SecureSocketOptions.SslOnConnect
        : choices.IsHere ? SecureSocketOptions.StartTlsWhenAvailable
        : SecureSocketOptions.StartTls;
}

/// <summary>Writes mails into a directory, each a file that mail programs open: to try it, or for a mail system that picks them up.</summary>
internal sealed class MailFolder(MailChoices choices) : IMailCarrier
{
    /// <inheritdoc/>
    public async Task SendAsync(Letter letter, CancellationToken cancellation)
    {
        using var mail = Mails.Of(letter, choices.From);
        var path = Path.Combine(choices.Directory!, letter.Id + ".eml");
        try
        {
            // Whoever picks files up sees whole ones only.
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
            await using (var file = new FileStream(path + ".new", options))
                await mail.WriteToAsync(file, cancellation);
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException("the directory for mails cannot be written");
        }
    }
}
