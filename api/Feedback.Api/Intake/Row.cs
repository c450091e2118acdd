using System.Text.Json;
using Feedback.Api.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;

namespace Feedback.Api.Intake;

/// <summary>Who vouches for the rows of a request, and where that may be looked up.</summary>
/// <param name="Key">The key that the request showed; null when every row must be signed.</param>
/// <param name="Access">Finds windows.</param>
/// <param name="Signers">Knows who signs.</param>
/// <param name="Silence">Knows where silence counts as a grade.</param>
internal sealed record RowReading(IssuedKey? Key, AccessCheck Access, Signers Signers, SilenceRules Silence)
{
    private readonly HashSet<string> _forged = [];

    /// <summary>The claim with the signature that proves it. After the first wrong one of a key no other of it is looked at in this request.</summary>
    /// <exception cref="RefusedException">The signature is wrong, was not looked at, or the key was not good when the event was made.</exception>
    public WindowClaim Proven(WindowClaim claim, IssuedKey signer, Signature signature)
    {
        if (_forged.Contains(signer.Id))
            throw new RefusedException(new Refusal("signature-unchecked", "signature", signer.Id, Retryable: true));
        try
        {
            return Signers.Proven(claim, signer, signature);
        }
        catch (RefusedException e) when (e.Refusal.Code == "signature-wrong")
        {
            _forged.Add(signer.Id);
            throw;
        }
    }
}

/// <summary>One item of a request: what it says, or why it is refused.</summary>
internal sealed class Row(JsonElement body, bool cloudEvent)
{
    // Kept only when something in it is not known yet, to be read once more; a copy, because the request's own document is gone then.
    private JsonElement? _again;
    private RowReading? _reading;
    private string? _unknownWindow;
    private Signature? _signature;

    /// <summary>The client's id, as far as it could be read.</summary>
    public string? Id { get; set; }

    /// <summary>What it says; null when it is refused.</summary>
    public WindowClaim? Claim { get; private set; }

    /// <summary>Why it is refused; null when it is not.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Whether it bears a signature at all, be it right or not.</summary>
    public bool IsSigned { get; private set; }

    /// <summary>The key that signed it; null when it is not signed.</summary>
    public IssuedKey? Signer { get; private set; }

    /// <summary>The key that vouches for it: the one that signed it, or else the one that the request showed.</summary>
    public IssuedKey? Key => Signer ?? _reading?.Key;

    /// <summary>Whether it names a window or key, or needs a rule, that may have come to be on another silo a moment ago.</summary>
    public bool MayBeTooNew { get; private set; }

    /// <summary>Reads the item; a refusal is kept, not thrown.</summary>
    public void Read(RowReading reading, ReadClaim read)
    {
        _reading = reading;
        (Refusal, IsSigned, _signature, Signer, _unknownWindow, MayBeTooNew) = (null, false, null, null, null, false);
        try
        {
            var (data, envelope) = cloudEvent ? CloudEvents.Open(_again ?? body, this) : (_again ?? body, new Envelope(reading.Key?.Terminal));
            var claim = read(data, this, envelope, FindWindow);
            Claim = _signature is null ? claim : reading.Proven(claim, Signer!, _signature);
            if (_unknownWindow is not null)
                throw Members.Refuse("window-unknown", "window", _unknownWindow);
            if (Claim is EvaluationClaim { Evaluation: var said } && reading.Silence.Refused(said) is { } refusal)
                throw new RefusedException(refusal);
        }
        catch (RefusedException e)
        {
            // Whoever proves nothing learns nothing about what they sent.
            (Claim, Refusal) = (null, reading.Key is null && !IsSigned ? new Refusal("key-missing") : e.Refusal);
            // A rule, too, may have been set on another silo a moment ago, and what is refused by it is not sent again.
            MayBeTooNew |= e.Refusal.Code is "window-unknown" or SilenceRules.Off or SilenceRules.OtherGrade || _unknownWindow is not null;
            if (MayBeTooNew && _again is null)
                _again = body.Clone();
        }
    }

    /// <summary>Takes the member <c>signature</c>, and looks up who signs.</summary>
    public void TakeSignature(JsonElement value)
    {
        IsSigned = true;
        if (!Signature.TryParse(Members.Text(value, "signature", Signature.Longest), out var signature))
            throw Members.Refuse("signature-malformed", "signature");
        _signature = signature;
        Signer = _reading?.Signers.Find(signature);
        MayBeTooNew = Signer is null;
        if (Signer is null)
            throw Members.Refuse("signing-key-unknown", "signature", signature.Key);
    }

    // Nobody learns by a signature made up which windows there are: before a window is called unknown, the signature must be right.
    private NodeId? FindWindow(string idOrPath)
    {
        if (Key is not { } key)
            return null;
        if (_reading!.Access.FindWindow(idOrPath, NodeScope.At(key.Scope)) is { } known)
            return known;
        if (Signer is null)
            return null;
        _unknownWindow = idOrPath;
        return new NodeId(idOrPath);
    }
}
