using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Personal;

/// <summary>The salted hash that an event keeps of personal text.</summary>
public static class PersonalText
{
    /// <summary>SHA-256(salt ‖ UTF-8 text), cut to its leading 128 bits.</summary>
    public static Opaque Hash(Opaque salt, string text)
    {
        var bytes = new byte[Opaque.Length + Encoding.UTF8.GetByteCount(text)];
        salt.ToBytes().CopyTo(bytes, 0);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(Opaque.Length));
        return Cut(bytes);
    }

    /// <summary>SHA-256(salt ‖ bytes), cut to its leading 128 bits; of the bytes of a text the same as of the text.</summary>
    public static Opaque Hash(Opaque salt, ReadOnlySpan<byte> content) => Cut([.. salt.ToBytes(), .. content]);

    private static Opaque Cut(byte[] bytes)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(bytes, hash);
        return Opaque.FromBytes(hash);
    }
}
