using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Feedback.Silo.SelfTest;

/// <summary>What is looked at, and how.</summary>
/// <param name="Url">The public address.</param>
/// <param name="PlainPort">Where people arrive who leave out https://, normally 80.</param>
/// <param name="Issuers">Root certificates that kiosks know besides those of this system; empty for none.</param>
internal sealed record Target(Uri Url, int PlainPort, X509Certificate2Collection Issuers);

/// <summary>
/// Looks at the service from outside, as a kiosk or a phone would: nothing is asked of the program itself, and no key is sent.
/// Each step is only worth doing when the one before went well.
/// </summary>
internal static class OutsideView
{
    /// <summary>Checks all, one after the other.</summary>
    public static async IAsyncEnumerable<Finding> LookAsync(Target target, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return NetworkChecks.Address(target.Url);

        var (addresses, dns) = await NetworkChecks.NameAsync(target.Url, cancellation);
        foreach (var finding in dns)
            yield return finding;

        var open = false;
        foreach (var address in addresses)
        {
            var finding = await NetworkChecks.ConnectAsync(address, target.Url.Port, clock, cancellation);
            open |= finding.Verdict == Verdict.Pass;
            yield return finding;
        }

        if (!open)
            yield break;

        if (target.Url.Scheme == Uri.UriSchemeHttps)
        {
            var (encrypted, tls) = await TlsCheck.LookAsync(target, clock, cancellation);
            foreach (var finding in tls)
                yield return finding;
            if (!encrypted)
                yield break;
        }

        using var http = new OutsideClient(target.Url);
        if (target.Url.Scheme == Uri.UriSchemeHttps)
        {
            yield return await WebChecks.RedirectAsync(http, target, cancellation);
            yield return await WebChecks.StrictTransportAsync(http, cancellation);
        }

        yield return await WebChecks.OtherNameAsync(http, cancellation);
        yield return await WebChecks.ClockAsync(http, clock, cancellation);
        yield return await ServiceChecks.HealthAsync(http, cancellation);
        yield return await ServiceChecks.PageAsync(http, cancellation);
        yield return await ServiceChecks.RefusalAsync(http, cancellation);
        foreach (var finding in await ServiceChecks.ForwardedAsync(http, cancellation))
            yield return finding;
    }
}
