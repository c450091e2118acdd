using Feedback.Domain.Journal;

namespace Feedback.Domain.Personal;

/// <summary>Points from an event to personal text that is kept apart.</summary>
/// <param name="Ref">The row that keeps the text.</param>
/// <param name="Hash">SHA-256(salt ‖ text), cut to 128 bits; the salt lies beside the text and dies with it.</param>
public sealed record PersonalReference(Opaque Ref, Opaque Hash);

/// <summary>Points from an event to a matter.</summary>
/// <param name="Hash">HMAC-SHA-256 of the matter's number under the bureau's matter key, cut to 128 bits.</param>
/// <param name="Ref">The row that keeps the number itself, encrypted; null for a number that was never kept.</param>
public sealed record MatterReference(Opaque Hash, Opaque? Ref);

/// <summary>The kind of personal text, as it is stored.</summary>
public enum PersonalKind : byte
{
    /// <summary>A citizen's comment.</summary>
    Comment = 1,

    /// <summary>The number of a matter.</summary>
    MatterNumber = 2,

    /// <summary>The name of a staff member.</summary>
    StaffName = 3,

    /// <summary>What is said in a case: the citizen's words, notes, answers.</summary>
    CaseText = 4,

    /// <summary>How the citizen of a case can be reached.</summary>
    Contact = 5,

    /// <summary>A file attached to a case.</summary>
    Attachment = 6,
}

/// <summary>Personal text on its way to the journal, already encrypted.</summary>
/// <param name="Ref">Its row, ordered by time.</param>
/// <param name="Subject">Whose key encrypts it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Salt">16 random bytes for the salted hash.</param>
/// <param name="Ciphertext">Nonce (12 bytes), AES-256-GCM ciphertext, tag (16 bytes); the row's reference is authenticated with it.</param>
public sealed record SealedText(Opaque Ref, Opaque Subject, PersonalKind Kind, Opaque Salt, byte[] Ciphertext);

/// <summary>The data key of one subject, wrapped by a master key.</summary>
/// <param name="Subject">Whose key it is.</param>
/// <param name="MasterVersion">Which master key wraps it, from 1.</param>
/// <param name="Wrapped">Nonce (12 bytes), AES-256-GCM of the 32-byte key, tag (16 bytes).</param>
public sealed record SubjectKey(Opaque Subject, int MasterVersion, byte[] Wrapped);
