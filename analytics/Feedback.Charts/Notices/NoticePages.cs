using Feedback.Charts.Text;
using SkiaSharp;

namespace Feedback.Charts.Notices;

/// <summary>A notice set on pages of A4; sizes in points.</summary>
internal sealed class NoticePages
{
    /// <summary>The width of a page.</summary>
    public const float Width = 595.28f;

    /// <summary>The height of a page.</summary>
    public const float Height = 841.89f;

    private const float Side = 62;
    private const float Top = 64;
    private const float Bottom = 72;
    private const float Room = Width - (2 * Side);
    private const float Leading = 1.5f;
    private const float BaseLine = 1.1f;
    private const float Body = 10.5f;
    private const float CellPadding = 5;
    private const float CodeSide = 96;

    private readonly NoticeFonts _fonts;
    private readonly List<List<Action<SKCanvas>>> _pages = [[]];
    private float _y = Top;

    private NoticePages(NoticeFonts fonts) => _fonts = fonts;

    /// <summary>How many pages there are.</summary>
    public int Count => _pages.Count;

    /// <summary>Sets a notice.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="fonts">Its fonts, which must outlive the drawing.</param>
    public static NoticePages Of(NoticeModel notice, NoticeFonts fonts)
    {
        var pages = new NoticePages(fonts);
        pages.Paragraph(notice.Office, 11, bold: false, SKTextAlign.Center);
        pages.Paragraph(notice.Title, 20, bold: true, SKTextAlign.Center);
        pages._y += 10;
        pages.Facts(notice.Facts, notice.Code);
        foreach (var section in notice.Sections)
            pages.Section(section);
        pages._y += 8;
        pages.Rule(SKColors.Gray, 0.5f);
        pages.Paragraph(notice.Remark, 9, bold: false, SKTextAlign.Left);
        for (var page = 0; page < pages.Count; page++)
        {
            var words = string.Format(System.Globalization.CultureInfo.InvariantCulture, notice.Page, page + 1, pages.Count);
            pages._pages[page].Add(canvas => pages.Draw(canvas, words, Width / 2, Height - 40, 9, false, SKTextAlign.Center));
        }

        return pages;
    }

    /// <summary>Draws a page, from 0.</summary>
    public void Draw(SKCanvas canvas, int page)
    {
        foreach (var draw in _pages[page])
            draw(canvas);
    }

    // The code stands to the right of the facts, and is as wide as a phone reads it from a hand's breadth away.
    private void Facts(IReadOnlyList<NoticeFact> facts, IReadOnlyList<IReadOnlyList<bool>>? code)
    {
        var (top, side) = (_y, code is null ? 0 : CodeSide + CellPadding);
        if (code is not null)
            Add(canvas => Draw(canvas, code, Width - Side - CodeSide, top));
        var column = facts.Select(fact => Measured(PrintableText.Of(fact.Label), Body, bold: true)).DefaultIfEmpty().Max() + 14;
        foreach (var fact in facts)
            Row([fact.Label, fact.Value], [column, Room - column - side], [true, false], padding: 0);
        _y = Math.Max(_y, top + side) + 4;
    }

    private void Section(NoticeSection section)
    {
        // A heading never stands alone at the foot of a page.
        Need((14 * Leading) + (3 * Body * Leading) + 10);
        _y += 10;
        Paragraph(section.Heading, 12, bold: true, SKTextAlign.Left);
        foreach (var line in section.Shown)
            Paragraph(line, Body, bold: false, SKTextAlign.Left);
        if (section.Table is not { } table)
            return;
        _y += 4;
        var (total, widths) = (table.Shares.Sum(), table.Shares);
        float[] columns = [.. widths.Select(share => Room * share / total)];
        Rule(SKColors.Black, 1);
        Row(table.Heads, columns, [.. table.Heads.Select(_ => true)], CellPadding);
        foreach (var row in table.Rows)
        {
            Rule(SKColors.LightGray, 0.5f);
            Row(row, columns, [.. row.Select(_ => false)], CellPadding);
        }

        Rule(SKColors.Black, 1);
    }

    private void Paragraph(string text, float size, bool bold, SKTextAlign align)
    {
        foreach (var line in Wrapped(text, size, bold, Room))
        {
            Need(size * Leading);
            var (x, y) = (align == SKTextAlign.Center ? Width / 2 : Side, _y + (size * BaseLine));
            Add(canvas => Draw(canvas, line, x, y, size, bold, align));
            _y += size * Leading;
        }
    }

    private void Row(IReadOnlyList<string> cells, IReadOnlyList<float> columns, IReadOnlyList<bool> bold, float padding)
    {
        var lines = cells.Select((cell, index) => Wrapped(cell, Body, bold[index], columns[index] - (2 * padding))).ToList();
        var height = (Math.Max(1, lines.Max(cell => cell.Count)) * Body * Leading) + (padding > 0 ? 4 : 0);
        Need(height);
        var left = Side;
        for (var cell = 0; cell < cells.Count; cell++)
        {
            for (var line = 0; line < lines[cell].Count; line++)
            {
                var (text, x, y, heavy) = (lines[cell][line], left + padding, _y + (padding > 0 ? 2 : 0) + (line * Body * Leading) + (Body * BaseLine), bold[cell]);
                Add(canvas => Draw(canvas, text, x, y, Body, heavy, SKTextAlign.Left));
            }

            left += columns[cell];
        }

        _y += height;
    }

    private static void Draw(SKCanvas canvas, IReadOnlyList<IReadOnlyList<bool>> code, float left, float top)
    {
        // One path, so that no light shines through between two modules.
        using var path = new SKPath();
        var module = CodeSide / code.Count;
        for (var y = 0; y < code.Count; y++)
        {
            for (var x = 0; x < code[y].Count; x++)
            {
                if (code[y][x])
                    path.AddRect(SKRect.Create(left + (x * module), top + (y * module), module, module));
            }
        }

        using var paint = new SKPaint { Color = SKColors.Black };
        canvas.DrawPath(path, paint);
    }

    private void Rule(SKColor ink, float thickness)
    {
        var y = _y;
        Add(canvas =>
        {
            using var paint = new SKPaint { Color = ink, StrokeWidth = thickness, IsStroke = true };
            canvas.DrawLine(Side, y, Width - Side, y, paint);
        });
    }

    private void Need(float height)
    {
        if (_y + height <= Height - Bottom)
            return;
        _pages.Add([]);
        _y = Top;
    }

    private void Add(Action<SKCanvas> draw) => _pages[^1].Add(draw);

    private IReadOnlyList<string> Wrapped(string text, float size, bool bold, float width)
    {
        using var font = _fonts.Font(size, bold);
        return LineBreaking.Wrap(PrintableText.Of(text), width, piece => font.MeasureText(piece));
    }

    private float Measured(string text, float size, bool bold)
    {
        using var font = _fonts.Font(size, bold);
        return font.MeasureText(text);
    }

    private void Draw(SKCanvas canvas, string text, float x, float y, float size, bool bold, SKTextAlign align)
    {
        using var font = _fonts.Font(size, bold);
        using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }
}
