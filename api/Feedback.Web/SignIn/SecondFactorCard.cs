using System.Security.Cryptography;
using Feedback.Domain.Access;
using Microsoft.AspNetCore.DataProtection;
using QRCoder;

namespace Feedback.Web.SignIn;

/// <summary>A secret offered to an authenticator app, until a code proves that the app has it.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Sealed">The secret as it travels in the form: nobody but its account can send it back, for some minutes.</param>
/// <param name="Account">The name of the account, as the app shows it.</param>
public sealed record SecondFactorCard(byte[] Secret, string Sealed, string Account)
{
    private const int PixelsPerModule = 5;

    /// <summary>The key for whoever types it, in groups of four.</summary>
    public string Key => string.Join(' ', Base32.Write(Secret).Chunk(4).Select(group => new string(group)));

    /// <summary>The picture for whoever scans it, as a data: address.</summary>
    public string Picture
    {
        get
        {
            using var generator = new QRCodeGenerator();
            using var code = generator.CreateQrCode(Address, QRCodeGenerator.ECCLevel.M);
            using var picture = new PngByteQRCode(code);
            return "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(PixelsPerModule));
        }
    }

    // As the apps read it: otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=….
    private string Address =>
        $"otpauth://totp/Feedback:{Uri.EscapeDataString(Account)}?secret={Base32.Write(Secret)}&issuer=Feedback&algorithm=SHA1&digits={Totp.Digits}&period={Totp.StepSeconds}";
}

/// <summary>Offers secrets and takes them back from forms.</summary>
internal sealed class SecondFactorCards(IDataProtectionProvider protection, TimeProvider clock)
{
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(20);

    /// <summary>A new secret for an account.</summary>
    public SecondFactorCard Draw(Grains.Accounts.Account account) => CardOf(account, RandomNumberGenerator.GetBytes(Totp.SecretLength));

    /// <summary>The one that a form sends back; null when it is not ours, another account's, or too old.</summary>
    public SecondFactorCard? Read(Grains.Accounts.Account account, string text)
    {
        try
        {
            return CardOf(account, Convert.FromBase64String(SealOf(account).Unprotect(text)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a code proves that the app has the secret.</summary>
    public bool IsProven(SecondFactorCard card, string code) =>
        Totp.StepOf(card.Secret, code.Replace(" ", "", StringComparison.Ordinal), clock.GetUtcNow().ToUnixTimeMilliseconds(), lastAccepted: 0) is not null;

    private SecondFactorCard CardOf(Grains.Accounts.Account account, byte[] secret) =>
        new(secret, SealOf(account).Protect(Convert.ToBase64String(secret), Good), account.Name);

    private ITimeLimitedDataProtector SealOf(Grains.Accounts.Account account) => protection.CreateProtector("second-factor", account.Id).ToTimeLimitedDataProtector();
}
