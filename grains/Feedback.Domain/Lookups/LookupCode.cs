using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Lookups;

/// <summary>What is looked up: the event of a window by its version.</summary>
/// <param name="Window">The window, by an id such as <c>n12</c>.</param>
/// <param name="Version">The event's version in the window's stream.</param>
public readonly record struct LookupSubject(NodeId Window, long Version);

/// <summary>
/// Codes with which somebody who has no account looks up what became of their own: one for links, which nobody guesses, and for the
/// telephone a short number with a query code of six digits, of which only few may be tried.
/// </summary>
/// <param name="key">The bureau's key for look-ups.</param>
/// <param name="kind">What is looked up, such as <c>rating</c>: a code of one kind is none of another.</param>
/// <remarks>
/// The code for links, in base64url, big-endian: format 1, window's number 4, version 6, the leading 8 bytes of the chain's digest at that
/// version, HMAC-SHA-256 over the kind and all of that, cut to its leading 128 bits.
/// </remarks>
public sealed class LookupCode(byte[] key, string kind)
{
    /// <summary>The digits of a query code.</summary>
    public const int QueryDigits = 6;

    /// <summary>How much of the chain's digest a code carries, in bytes.</summary>
    public const int DigestLength = 8;

    private const byte Format = 1;
    private const int TextLength = 1 + 4 + 6 + DigestLength;
    private const int ProofLength = 16;

    /// <summary>The code for links.</summary>
    /// <param name="subject">What it looks up.</param>
    /// <param name="digest">The chain's digest at that version.</param>
    public string Write(LookupSubject subject, Digest digest)
    {
        var bytes = new byte[TextLength + ProofLength];
        var text = bytes.AsSpan(0, TextLength);
        text[0] = Format;
        Write(text[1..], subject);
        digest.ToBytes().AsSpan(0, DigestLength).CopyTo(text[11..]);
        Proof("link", text).CopyTo(bytes, TextLength);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a code for links.</summary>
    /// <param name="code">The code.</param>
    /// <param name="subject">What it looks up.</param>
    /// <param name="digest">The leading bytes of the chain's digest when the code was made.</param>
    /// <returns>False for what we did not write.</returns>
    public bool TryRead(string code, out LookupSubject subject, [NotNullWhen(true)] out byte[]? digest)
    {
        (subject, digest) = (default, null);
        if (!Base64Url.IsValid(code, out var length) || length != TextLength + ProofLength)
            return false;
        var bytes = Base64Url.DecodeFromChars(code);
        var text = bytes.AsSpan(0, TextLength);
        if (!CryptographicOperations.FixedTimeEquals(Proof("link", text), bytes.AsSpan(TextLength)) || text[0] != Format || Base64Url.EncodeToString(bytes) != code)
            return false;
        var version = ((long)BinaryPrimitives.ReadUInt16BigEndian(text[5..]) << 32) | BinaryPrimitives.ReadUInt32BigEndian(text[7..]);
        subject = new LookupSubject(new NodeId("n" + BinaryPrimitives.ReadUInt32BigEndian(text[1..]).ToString(CultureInfo.InvariantCulture)), version);
        digest = text[11..].ToArray();
        return true;
    }

    /// <summary>The number that is said on the telephone: the window's and the version's, such as <c>12-345</c>.</summary>
    public static string NumberOf(LookupSubject subject) =>
        string.Create(CultureInfo.InvariantCulture, $"{subject.Window.Value.AsSpan(1)}-{subject.Version}");

    /// <summary>Reads a number; null for what is none.</summary>
    public static LookupSubject? ReadNumber(string number)
    {
        var parts = number.Split('-');
        return parts.Length == 2 && NodeId.IsId("n" + parts[0]) && uint.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var window) && parts[0][0] != '0'
            && parts[1].Length <= 14 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
            ? new LookupSubject(new NodeId("n" + window.ToString(CultureInfo.InvariantCulture)), version)
            : null;
    }

    /// <summary>The query code that goes with a number: six digits.</summary>
    public string QueryCodeOf(LookupSubject subject)
    {
        var text = new byte[10];
        Write(text, subject);
        // Of 128 bits, so that the remainder is even to less than one part in 10^32.
        var drawn = BinaryPrimitives.ReadUInt128BigEndian(Proof("voice", text));
        return ((int)(drawn % 1_000_000)).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a query code goes with a number; in constant time.</summary>
    public bool Fits(LookupSubject subject, string queryCode) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(QueryCodeOf(subject)), Encoding.UTF8.GetBytes(queryCode));

    private static void Write(Span<byte> target, LookupSubject subject)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, uint.Parse(subject.Window.Value.AsSpan(1), CultureInfo.InvariantCulture));
        BinaryPrimitives.WriteUInt16BigEndian(target[4..], checked((ushort)(subject.Version >> 32)));
        BinaryPrimitives.WriteUInt32BigEndian(target[6..], (uint)subject.Version);
    }

    private byte[] Proof(string way, ReadOnlySpan<byte> text)
    {
        var bytes = new byte[kind.Length + 1 + way.Length + 1 + text.Length];
        Encoding.ASCII.GetBytes(kind + "\n" + way + "\n", bytes);
        text.CopyTo(bytes.AsSpan(bytes.Length - text.Length));
        return HMACSHA256.HashData(key, bytes)[..ProofLength];
    }
}
