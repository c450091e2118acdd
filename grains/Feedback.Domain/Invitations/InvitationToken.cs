using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;

namespace Feedback.Domain.Invitations;

/// <summary>
/// An invitation as a text for links and QR codes, proved by HMAC-SHA-256 (RFC 2104) cut to its leading 128 bits. In base64url,
/// big-endian: version 1, language 1, window's number 4, matter's hash 16, time in seconds since 1970 UTC 4, offset in
/// minutes 2, days 1, service item in UTF-8, code 16.
/// </summary>
public static class InvitationToken
{
    /// <summary>The most characters that a token has.</summary>
    public const int Longest = 320;

    private const byte Version = 1;
    private const int Fixed = 1 + 1 + 4 + Opaque.Length + 4 + 2 + 1;
    private const int CodeLength = 16;

    /// <summary>Writes an invitation.</summary>
    /// <param name="key">The bureau's key for invitations.</param>
    /// <param name="invitation">The invitation.</param>
    public static string Write(byte[] key, Invitation invitation)
    {
        var bytes = new byte[Fixed + invitation.ItemLength + CodeLength];
        var text = bytes.AsSpan();
        (text[0], text[1]) = (Version, (byte)invitation.Language);
        BinaryPrimitives.WriteUInt32BigEndian(text[2..], uint.Parse(invitation.Window.Value.AsSpan(1), CultureInfo.InvariantCulture));
        BinaryPrimitives.WriteUInt128BigEndian(text[6..], invitation.Matter.Value);
        BinaryPrimitives.WriteUInt32BigEndian(text[22..], checked((uint)(invitation.At.UtcMilliseconds / 1000)));
        BinaryPrimitives.WriteInt16BigEndian(text[26..], invitation.At.OffsetMinutes);
        text[28] = checked((byte)invitation.Days);
        if (invitation.ServiceItem is { } item)
            Encoding.UTF8.GetBytes(item, text[Fixed..^CodeLength]);
        Code(key, text[..^CodeLength]).CopyTo(text[^CodeLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a token; null for one that we did not write, or that has expired: the two are not told apart.</summary>
    /// <param name="key">The bureau's key for invitations.</param>
    /// <param name="token">The token.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public static Invitation? Read(byte[] key, string token, long now)
    {
        if (token.Length > Longest || !Base64Url.IsValid(token, out var length) || length < Fixed + CodeLength)
            return null;
        var bytes = Base64Url.DecodeFromChars(token);
        ReadOnlySpan<byte> text = bytes.AsSpan(0, bytes.Length - CodeLength);
        // Compared in constant time, before anything in it is believed; and written again, for there is one text for each invitation.
        if (!CryptographicOperations.FixedTimeEquals(Code(key, text), bytes.AsSpan(bytes.Length - CodeLength)) || text[0] != Version || Base64Url.EncodeToString(bytes) != token)
            return null;
        var invitation = new Invitation(
            new NodeId("n" + BinaryPrimitives.ReadUInt32BigEndian(text[2..]).ToString(CultureInfo.InvariantCulture)),
            new Opaque(BinaryPrimitives.ReadUInt128BigEndian(text[6..])),
            text.Length == Fixed ? null : Encoding.UTF8.GetString(text[Fixed..]),
            new Moment(BinaryPrimitives.ReadUInt32BigEndian(text[22..]) * 1000L, BinaryPrimitives.ReadInt16BigEndian(text[26..])),
            text[28],
            (InvitationLanguage)text[1]);
        return now < invitation.ExpiresAt ? invitation : null;
    }

    private static byte[] Code(byte[] key, ReadOnlySpan<byte> text) => HMACSHA256.HashData(key, text)[..CodeLength];
}
