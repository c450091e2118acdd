using System.Buffers.Binary;

namespace Feedback.Api.Cases;

/// <summary>
/// The types of files that a case takes, told by their content: what a sender or a name says counts only where the content agrees.
/// </summary>
/// <remarks>
/// A file must begin as its format demands and have what the format cannot be without: a PNG its IEND at the end, a JPEG its
/// end of image, a RIFF the length that it names. So neither a page that is called a picture nor a header with something else behind it is taken.
/// </remarks>
public static class CaseFileTypes
{
    private static readonly (string Type, string Ending, Func<ReadOnlySpan<byte>, bool> Is)[] Known =
    [
        ("image/jpeg", "jpg", IsJpeg),
        ("image/png", "png", IsPng),
        ("image/webp", "webp", content => IsRiff(content, "WEBP"u8) && content.Length >= 20 && content.Slice(12, 3).SequenceEqual("VP8"u8)),
        ("application/pdf", "pdf", IsPdf),
        ("audio/mpeg", "mp3", IsMp3),
        ("audio/mp4", "m4a", IsM4a),
        ("audio/wav", "wav", content => IsRiff(content, "WAVE"u8) && content.Length >= 44 && content.IndexOf("data"u8) > 0),
    ];

    // The names under which browsers and phones send the same.
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["image/jpg"] = "image/jpeg",
        ["audio/mp3"] = "audio/mpeg",
        ["audio/x-m4a"] = "audio/mp4",
        ["audio/m4a"] = "audio/mp4",
        ["audio/x-wav"] = "audio/wav",
        ["audio/wave"] = "audio/wav",
        ["audio/vnd.wave"] = "audio/wav",
    };

    /// <summary>The media types that are taken.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(known => known.Type)];

    /// <summary>The media type that a content shows; null for one that is not taken.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> content)
    {
        foreach (var (type, _, isIt) in Known)
        {
            if (isIt(content))
                return type;
        }

        return null;
    }

    /// <summary>The media type of a file, where what its sender says and what its content shows are the same; null where they are not.</summary>
    /// <param name="declared">What the sender says, as a Content-Type; parameters do not count.</param>
    /// <param name="content">The content.</param>
    public static string? Agreed(string? declared, ReadOnlySpan<byte> content)
    {
        var said = declared?.Split(';')[0].Trim() ?? "";
        if (Aliases.TryGetValue(said, out var usual))
            said = usual;
        return TypeOf(content) is { } shown && shown.Equals(said, StringComparison.OrdinalIgnoreCase) ? shown : null;
    }

    /// <summary>The ending of a file's name, such as <c>png</c>.</summary>
    /// <param name="type">One of <see cref="All"/>.</param>
    public static string EndingOf(string type) => Known.FirstOrDefault(known => known.Type == type).Ending ?? "bin";

    // Segments up to the picture's data (ITU-T T.81, B.1), and the end of image behind them. Phones write films behind that.
    private static bool IsJpeg(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return false;
        for (var at = 2; at + 4 <= content.Length && content[at] == 0xFF;)
        {
            if (content[at + 1] == 0xDA)
                return content[at..].IndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0;
            // A byte of filling, or a segment with its length.
            at += content[at + 1] == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(content[(at + 2)..]);
        }

        return false;
    }

    private static bool IsPng(ReadOnlySpan<byte> content) =>
        content.Length >= 57 && content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        && content.Slice(12, 4).SequenceEqual("IHDR"u8) && content[^12..].SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]);

    private static bool IsRiff(ReadOnlySpan<byte> content, ReadOnlySpan<byte> form) =>
        content.Length >= 12 && content.StartsWith("RIFF"u8) && content.Slice(8, 4).SequenceEqual(form)
        && BinaryPrimitives.ReadUInt32LittleEndian(content[4..]) is var length && (length + 8L == content.Length || length + 9L == content.Length);

    private static bool IsPdf(ReadOnlySpan<byte> content) =>
        content.Length >= 32 && content.StartsWith("%PDF-1."u8) | content.StartsWith("%PDF-2."u8) && content[^Math.Min(content.Length, 1024)..].LastIndexOf("%%EOF"u8) >= 0;

    // An ID3 tag and the frame behind it, or a frame at once, in either case followed by another where the frame says that it ends.
    private static bool IsMp3(ReadOnlySpan<byte> content)
    {
        var at = 0;
        if (content.Length >= 10 && content.StartsWith("ID3"u8))
        {
            if (((content[6] | content[7] | content[8] | content[9]) & 0x80) != 0)
                return false;
            at = 10 + (content[6] << 21 | content[7] << 14 | content[8] << 7 | content[9]);
            // Some writers fill up with zeros behind the tag.
            while (at < content.Length && content[at] == 0)
                at++;
        }

        var first = Mp3Frame(content, at);
        return first > 0 && Mp3Frame(content, at + first) > 0;
    }

    // The length of a frame of MPEG audio layer III (ISO/IEC 11172-3, 13818-3) at a place; 0 where there is none.
    private static int Mp3Frame(ReadOnlySpan<byte> content, int at)
    {
        if (at < 0 || at + 4 > content.Length || content[at] != 0xFF || (content[at + 1] & 0xE6) != 0xE2)
            return 0;
        var (version, rate, sampling, padding) = ((content[at + 1] >> 3) & 3, content[at + 2] >> 4, (content[at + 2] >> 2) & 3, (content[at + 2] >> 1) & 1);
        if (version == 1 || rate is 0 or 15 || sampling == 3)
            return 0;
        var isFirst = version == 3;
        ReadOnlySpan<int> kilobits = isFirst
            ? [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
            : [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        ReadOnlySpan<int> hertz = [44_100, 48_000, 32_000];
        var samples = hertz[sampling] / (version == 3 ? 1 : version == 2 ? 2 : 4);
        return ((isFirst ? 144 : 72) * kilobits[rate - 1] * 1000 / samples) + padding;
    }

    private static bool IsM4a(ReadOnlySpan<byte> content)
    {
        if (content.Length < 32 || !content.Slice(4, 4).SequenceEqual("ftyp"u8))
            return false;
        var brand = content.Slice(8, 4);
        return (brand.SequenceEqual("M4A "u8) || brand.SequenceEqual("M4B "u8) || brand.SequenceEqual("mp42"u8) || brand.SequenceEqual("isom"u8) || brand.SequenceEqual("mp41"u8))
            && BoxesReach(content);
    }

    // The boxes of ISO/IEC 14496-12 fill the file to its end, one behind the other, with the movie among them.
    private static bool BoxesReach(ReadOnlySpan<byte> content)
    {
        var (at, movie) = (0L, false);
        while (at + 8 <= content.Length)
        {
            var head = content[(int)at..];
            long length = BinaryPrimitives.ReadUInt32BigEndian(head);
            movie |= head.Slice(4, 4).SequenceEqual("moov"u8);
            if (length == 0)
                return movie;
            if (length == 1 && head.Length >= 16)
                length = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(head[8..]), int.MaxValue);
            if (length < 8)
                return false;
            at += length;
        }

        return movie && at == content.Length;
    }
}
