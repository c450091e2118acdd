using System.Text;

namespace Feedback.Domain.Access;

/// <summary>Bytes as letters and digits that people can type: base 32 (RFC 4648, §6) without padding.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerLetter = 5;

    /// <summary>The text of some bytes.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (held, bits) = (0, 0);
        foreach (var one in bytes)
        {
            (held, bits) = ((held << 8) | one, bits + 8);
            for (; bits >= BitsPerLetter; bits -= BitsPerLetter)
                text.Append(Alphabet[(held >> (bits - BitsPerLetter)) & 31]);
            held &= (1 << bits) - 1;
        }

        // The last bits are filled up with zeros.
        if (bits > 0)
            text.Append(Alphabet[(held << (BitsPerLetter - bits)) & 31]);
        return text.ToString();
    }
}
