using System.Buffers.Binary;
using System.Text;

namespace Feedback.Api.Tests.Cases;

/// <summary>Small whole files of every type that a case takes.</summary>
internal static class SomeFile
{
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static readonly byte[] Html = Encoding.UTF8.GetBytes("<html><script>alert(document.cookie)</script></html>");

    public static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    // SOI, an APP0 segment of JFIF, a scan with two bytes of data, EOI.
    public static readonly byte[] Jpeg =
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xFF, 0xD9,
    ];

    public static readonly byte[] WebP = Riff("WEBP"u8, [.. "VP8 "u8, 4, 0, 0, 0, 1, 2, 3, 4]);

    public static readonly byte[] Wav = Riff(
        "WAVE"u8, [.. "fmt "u8, 16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0, .. "data"u8, 4, 0, 0, 0, 128, 128, 128, 128]);

    public static readonly byte[] M4a = [.. Box("ftyp"u8, [.. "M4A "u8, 0, 0, 0, 0, .. "M4A mp42"u8]), .. Box("moov"u8, new byte[16]), .. Box("mdat"u8, [1, 2, 3])];

    /// <summary>Two frames of 128 kbit/s at 44.1 kHz: 417 bytes each (144 · 128,000 / 44,100, rounded down).</summary>
    public static readonly byte[] Mp3 = [.. Frame(), .. Frame()];

    public static readonly byte[] TaggedMp3 = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 10, .. new byte[10], .. Frame(), .. Frame()];

    private static byte[] Frame() => [0xFF, 0xFB, 0x90, 0x00, .. new byte[413]];

    private static byte[] Riff(ReadOnlySpan<byte> form, byte[] chunks)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)(4 + chunks.Length));
        return [.. "RIFF"u8, .. length, .. form, .. chunks];
    }

    private static byte[] Box(ReadOnlySpan<byte> type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)(8 + content.Length));
        return [.. length, .. type, .. content];
    }
}
