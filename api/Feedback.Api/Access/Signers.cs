using System.Security.Cryptography;
using Feedback.Api.Intake;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Domain.Windows;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Access;

/// <summary>Knows the keys by which terminals sign events, and holds events to their signatures.</summary>
public sealed class Signers(IBureau bureau, SignatureCheck check, TimeProvider clock)
{
    /// <summary>The key that a signature names, as far as this silo knows, revoked ones too; null for one that does not sign.</summary>
    public IssuedKey? Find(Signature signature) =>
        bureau.Current.Keys.FindById(signature.Key) is { Purpose: KeyPurpose.Device, Signs: true } key ? key : null;

    /// <summary>The claim with the signature that proves it.</summary>
    /// <exception cref="RefusedException">The signature is another's, or the key was not good when the event was made.</exception>
    internal WindowClaim Proven(WindowClaim claim, IssuedKey key, Signature signature)
    {
        if (!IsRight(claim, key, signature))
            throw new RefusedException(new Refusal("signature-wrong", "signature", key.Id));
        var (refusal, beforeRevocation, byEndedKey) = SigningTime.Judge(key, claim.Time.UtcMilliseconds, clock.GetUtcNow().ToUnixTimeMilliseconds());
        return refusal is null
            ? claim with { Signature = signature.Bytes, SignedBeforeRevocation = beforeRevocation, SignedByEndedKey = byEndedKey }
            : throw new RefusedException(refusal);
    }

    private bool IsRight(WindowClaim claim, IssuedKey key, Signature signature)
    {
        try
        {
            return check.IsRight(key, claim, signature);
        }
        catch (CryptographicException)
        {
            // The bureau's master key is another one: nothing is wrong with the event, and the terminal must keep it.
            throw new RefusedException(new Refusal("unexpected", "signature", Retryable: true));
        }
    }
}
