using System.Globalization;
using System.Security.Cryptography;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Benchmarks.Servers;

/// <summary>Terminals that sign, two at each window of a bureau for measuring.</summary>
internal sealed class BenchTerminals(IBureau bureau, KeySeal seal, TimeProvider clock)
{
    public async Task<BenchSigners[]> EnrolAsync(string[][] halls)
    {
        var signers = new List<BenchSigners>();
        await bureau.DecideAsync(StreamName.Keys, state =>
        {
            signers.Clear();
            var (number, events) = (state.Keys.NextNumber, new List<JournalEvent>());
            foreach (var window in halls.SelectMany(hall => hall))
            {
                using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                var secret = KeyIssue.NewSecret(KeyPurpose.Device);
                var (publicKey, hash) = PublicKeyText.Of(pair);
                var hmac = Issued(window, number++, KeyAlgorithm.HmacSha256, KeyRing.HashOf(secret));
                var ecdsa = Issued(window, number++, KeyAlgorithm.Es256, hash) with { PublicKey = publicKey };
                events.Add(hmac with { Sealed = seal.Seal(hmac.Key, secret), Master = KeySeal.MasterVersion });
                events.Add(ecdsa);
                signers.Add(new BenchSigners(
                    window, hmac.Key, hmac.Terminal, secret, ecdsa.Key, ecdsa.Terminal, Convert.ToBase64String(pair.ExportPkcs8PrivateKey())));
            }

            return new Decision(events);
        });
        return [.. signers];
    }

    private DeviceKeyIssued Issued(string window, int number, KeyAlgorithm algorithm, string hash) => new()
    {
        Salt = EventMint.NewSalt(),
        Key = "k" + number.ToString(CultureInfo.InvariantCulture),
        Terminal = "t" + number.ToString(CultureInfo.InvariantCulture),
        Scope = new NodeId(window),
        Algorithm = algorithm,
        Hash = hash,
        At = clock.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
