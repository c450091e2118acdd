using System.Text.Json;
using Feedback.Api.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;

namespace Feedback.Api.Intake;

/// <summary>One item of a request: what it says, or why it is refused.</summary>
internal sealed class Row(JsonElement body, bool cloudEvent)
{
    // Kept only when the window is not known yet, to be read once more; a copy, because the request's own document is gone then.
    private JsonElement? _again;

    /// <summary>The client's id, as far as it could be read.</summary>
    public string? Id { get; set; }

    /// <summary>What it says; null when it is refused.</summary>
    public WindowClaim? Claim { get; private set; }

    /// <summary>Why it is refused; null when it is not.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Reads the item; a refusal is kept, not thrown.</summary>
    public void Read(IssuedKey key, AccessCheck access, ReadClaim read)
    {
        try
        {
            Refusal = null;
            var scope = NodeScope.At(key.Scope);
            var (data, envelope) = cloudEvent ? CloudEvents.Open(_again ?? body, this) : (_again ?? body, new Envelope(key.Terminal));
            Claim = read(data, this, envelope, path => access.FindWindow(path, scope));
        }
        catch (RefusedException e)
        {
            Refusal = e.Refusal;
            if (e.Refusal.Code == "window-unknown" && _again is null)
                _again = body.Clone();
        }
    }
}
