using System.Security.Cryptography;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Grains.Personal;

namespace Feedback.Grains.Evaluations;

/// <summary>Opens texts that were found.</summary>
internal sealed class OpenedTexts(PersonalCipher cipher, IReadOnlyDictionary<Opaque, (SealedText Text, SubjectKey Key)> kept)
{
    /// <summary>The text that a reference points to; a reference to nothing any more is one to erased text.</summary>
    public OpenedText Open(Opaque? reference)
    {
        if (reference is not { } row)
            return OpenedText.None;
        if (!kept.TryGetValue(row, out var text))
            return new OpenedText(TextState.Erased, null);
        try
        {
            return new OpenedText(TextState.Kept, cipher.Open(text.Text, text.Key));
        }
        catch (CryptographicException)
        {
            return new OpenedText(TextState.Unreadable, null);
        }
    }
}
