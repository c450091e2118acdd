using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SkiaSharp;

namespace Feedback.Charts.Fonts;

/// <summary>
/// Cuts a font file out of a face of the bundled font that has only some characters, so that a document can carry what
/// it is written in. TrueType outlines without hints, characters of the basic plane; tables by ISO/IEC 14496-22 (Open Font Format).
/// </summary>
internal sealed class FontSubset(SKTypeface face)
{
    private const int LongOffsets = 50;
    private const int GlyphCount = 4;
    private const int MetricCount = 34;
    private const int ChecksumAdjustment = 8;

    private readonly byte[] head = Table(face, "head");
    private readonly byte[] hhea = Table(face, "hhea");
    private readonly byte[] hmtx = Table(face, "hmtx");
    private readonly byte[] loca = Table(face, "loca");

    /// <summary>A font file with these characters; those that the face lacks are left out.</summary>
    public byte[] Of(IEnumerable<char> characters)
    {
        var glyphs = new GlyphOrder();
        var codes = characters.Distinct().Order().Where(character => Has(character))
            .Select(character => (Code: (ushort)character, Glyph: glyphs.NumberOf(GlyphOf(character)))).ToList();
        var outlines = new List<byte[]>();
        // Composite glyphs bring in their parts while they are written.
        for (var at = 0; at < glyphs.Count; at++)
            outlines.Add(Outline(glyphs[at], glyphs));

        return File(new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["OS/2"] = Table(face, "OS/2"),
            ["cmap"] = Cmap(codes),
            ["glyf"] = [.. outlines.SelectMany(outline => outline)],
            ["head"] = With(With(head, LongOffsets, 1), ChecksumAdjustment, 0, 0),
            ["hhea"] = With(hhea, MetricCount, (ushort)glyphs.Count),
            ["hmtx"] = Metrics(glyphs),
            ["loca"] = Offsets(outlines),
            ["maxp"] = With(Table(face, "maxp"), GlyphCount, (ushort)glyphs.Count),
            ["name"] = Table(face, "name"),
            // Version 3: without names of glyphs.
            ["post"] = With(Table(face, "post")[..32], 0, 3, 0),
        });
    }

    private bool Has(char character) => GlyphOf(character) != 0;

    private ushort GlyphOf(char character) => char.IsSurrogate(character) ? (ushort)0 : face.GetGlyph(character);

    private byte[] Outline(ushort glyph, GlyphOrder glyphs)
    {
        var (start, end) = (Offset(glyph), Offset(glyph + 1));
        if (start == end)
            return [];
        // Padded, so that every outline begins at a multiple of four.
        var outline = new byte[(end - start + 3) / 4 * 4];
        var pinned = GCHandle.Alloc(outline, GCHandleType.Pinned);
        try
        {
            if (!face.TryGetTableData(Tag("glyf"), start, end - start, pinned.AddrOfPinnedObject()))
                throw new InvalidOperationException($"The glyph {glyph} cannot be read.");
        }
        finally
        {
            pinned.Free();
        }
        if (BinaryPrimitives.ReadInt16BigEndian(outline) < 0)
            Renumber(outline, glyphs);
        return outline;
    }

    private static void Renumber(byte[] composite, GlyphOrder glyphs)
    {
        const int Words = 1, Scale = 8, More = 32, TwoScales = 64, Matrix = 128;
        int flags;
        var at = 10;
        do
        {
            flags = Read(composite, at);
            BinaryPrimitives.WriteUInt16BigEndian(composite.AsSpan(at + 2), glyphs.NumberOf(Read(composite, at + 2)));
            at += 4 + ((flags & Words) != 0 ? 4 : 2) + ((flags & Scale) != 0 ? 2 : (flags & TwoScales) != 0 ? 4 : (flags & Matrix) != 0 ? 8 : 0);
        }
        while ((flags & More) != 0);
    }

    private int Offset(int glyph) => Read(head, LongOffsets) != 0
        ? (int)BinaryPrimitives.ReadUInt32BigEndian(loca.AsSpan(4 * glyph))
        : 2 * Read(loca, 2 * glyph);

    // The last width counts for all glyphs after it, which have only their left bearing.
    private byte[] Metrics(GlyphOrder glyphs)
    {
        var full = Read(hhea, MetricCount);
        var words = new List<ushort>();
        for (var at = 0; at < glyphs.Count; at++)
        {
            words.Add(Read(hmtx, 4 * Math.Min(glyphs[at], full - 1)));
            words.Add(glyphs[at] < full ? Read(hmtx, 4 * glyphs[at] + 2) : Read(hmtx, 4 * full + 2 * (glyphs[at] - full)));
        }
        return Bytes(words);
    }

    private static byte[] Offsets(List<byte[]> outlines)
    {
        var offsets = new byte[4 * (outlines.Count + 1)];
        for (var (at, sum) = (0, 0); at < outlines.Count; at++)
            BinaryPrimitives.WriteInt32BigEndian(offsets.AsSpan(4 * (at + 1)), sum += outlines[at].Length);
        return offsets;
    }

    // One subtable of format 4 with a segment for each character: its number plus a delta is its glyph.
    private static byte[] Cmap(List<(ushort Code, ushort Glyph)> codes)
    {
        var segments = codes.Append((Code: (ushort)0xFFFF, Glyph: (ushort)0)).ToList();
        var (range, selector) = Search(segments.Count, 2);
        return Bytes([
            0, 1, 3, 1, 0, 12,
            4, (ushort)(16 + 8 * segments.Count), 0, (ushort)(2 * segments.Count), range, selector, (ushort)(2 * segments.Count - range),
            .. segments.Select(segment => segment.Code), 0, .. segments.Select(segment => segment.Code),
            .. segments.Select(segment => (ushort)(segment.Glyph - segment.Code)), .. segments.Select(_ => (ushort)0),
        ]);
    }

    private static byte[] File(SortedDictionary<string, byte[]> tables)
    {
        var (range, selector) = Search(tables.Count, 16);
        var file = new List<byte>(Bytes([1, 0, (ushort)tables.Count, range, selector, (ushort)(16 * tables.Count - range)]));
        var (at, headAt) = (12 + 16 * tables.Count, 0);
        foreach (var (tag, table) in tables)
        {
            headAt = tag == "head" ? at : headAt;
            file.AddRange([.. Encoding.ASCII.GetBytes(tag), .. Long(Sum(table)), .. Long((uint)at), .. Long((uint)table.Length)]);
            at += (table.Length + 3) / 4 * 4;
        }
        foreach (var table in tables.Values)
            file.AddRange([.. table, .. new byte[-table.Length & 3]]);

        byte[] whole = [.. file];
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(headAt + ChecksumAdjustment), 0xB1B0AFBA - Sum(whole));
        return whole;
    }

    private static (ushort Range, ushort Selector) Search(int count, int size) =>
        int.Log2(count) is var selector ? ((ushort)(size << selector), (ushort)selector) : default;

    private static uint Sum(byte[] table)
    {
        var sum = 0u;
        for (var at = 0; at < table.Length; at++)
            sum += (uint)table[at] << (24 - 8 * (at & 3));
        return sum;
    }

    private static byte[] With(byte[] table, int at, params ReadOnlySpan<ushort> words)
    {
        byte[] changed = [.. table];
        for (var word = 0; word < words.Length; word++)
            BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(at + 2 * word), words[word]);
        return changed;
    }

    private static ushort Read(byte[] table, int at) => BinaryPrimitives.ReadUInt16BigEndian(table.AsSpan(at));

    private static byte[] Bytes(IEnumerable<ushort> words) => [.. words.SelectMany(word => (byte[])[(byte)(word >> 8), (byte)word])];

    private static byte[] Long(uint number) => Bytes([(ushort)(number >> 16), (ushort)number]);

    private static byte[] Table(SKTypeface face, string tag) =>
        face.GetTableData(Tag(tag)) ?? throw new InvalidOperationException($"The font has no table {tag}.");

    private static uint Tag(string tag) => BinaryPrimitives.ReadUInt32BigEndian(Encoding.ASCII.GetBytes(tag));

    /// <summary>The glyphs taken over, in the order in which they were met; the first one is the box for what is missing.</summary>
    private sealed class GlyphOrder
    {
        private readonly List<ushort> glyphs = [0];
        private readonly Dictionary<ushort, ushort> numbers = new() { [0] = 0 };

        public int Count => glyphs.Count;

        public ushort this[int number] => glyphs[number];

        public ushort NumberOf(ushort glyph)
        {
            if (numbers.TryGetValue(glyph, out var known))
                return known;
            glyphs.Add(glyph);
            return numbers[glyph] = (ushort)(glyphs.Count - 1);
        }
    }
}
