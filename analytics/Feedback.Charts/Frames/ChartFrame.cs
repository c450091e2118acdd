using Feedback.Charts.Fonts;
using Feedback.Charts.Text;
using SkiaSharp;

namespace Feedback.Charts.Frames;

/// <summary>What all charts share: title, period and legend from the top, the denominator from the bottom; the drawing gets what is left.</summary>
internal static class ChartFrame
{
    // Below this height a legend would leave no room for what it explains.
    private const float LeastHeightWithLegend = 220;

    /// <summary>Draws the whole picture.</summary>
    public static void Draw(SKCanvas canvas, ChartModel model, ChartSize size, ChartPalette palette)
    {
        var margin = Math.Clamp(size.Width / 34f, 10, 22);
        var width = size.Width - 2 * margin;
        canvas.Clear(palette.Ground);

        var top = Math.Min(margin, 0.06f * size.Height);
        using (var title = TextBlock.Fit(model.Title, BundledFont.Bold, Math.Clamp(size.Height / 18f, 12, 20), width, 0.25f * size.Height))
        {
            title.Draw(canvas, margin, top, palette.Ink);
            top += title.Height;
        }
        using (var subtitle = TextBlock.Fit(model.Subtitle, BundledFont.Regular, 13, width, 0.12f * size.Height))
        {
            subtitle.Draw(canvas, margin, top, palette.FaintInk);
            top += subtitle.Height + 6;
        }
        if (model.HasData && size.Height >= LeastHeightWithLegend)
            top += Legend.Draw(canvas, model.Legend(palette), margin, top, width, palette) + 4;

        var bottom = size.Height - Math.Min(0.6f * margin, 0.05f * size.Height);
        using (var foot = Foot(model, new SKRect(margin, top, size.Width - margin, bottom), size))
        {
            bottom -= foot.Height;
            foot.Draw(canvas, margin, bottom, palette.FaintInk);
            bottom -= 4;
        }

        var area = new SKRect(margin, top, size.Width - margin, bottom);
        if (model.HasData)
            model.Draw(canvas, area, palette);
        else
            DrawNoData(canvas, model.NoData, area, palette);
    }

    /// <summary>The foot. Its words may depend on the room that it leaves: so they are set twice, the second time for what is left.</summary>
    private static TextBlock Foot(ChartModel model, SKRect room, ChartSize size)
    {
        using var first = Set(room);
        return Set(new SKRect(room.Left, room.Top, room.Right, room.Bottom - first.Height - 4));

        TextBlock Set(SKRect area)
        {
            var remark = model.HasData ? model.Remark(area) : "";
            var text = remark.Length == 0 ? model.Denominator : $"{model.Denominator} · {remark}";
            return TextBlock.Fit(text, BundledFont.Regular, 12, room.Width, Math.Max(16, 0.12f * size.Height));
        }
    }

    private static void DrawNoData(SKCanvas canvas, string message, SKRect area, ChartPalette palette)
    {
        using var frame = new SKPaint { Color = palette.Grid, IsStroke = true, StrokeWidth = 1, IsAntialias = true };
        canvas.DrawRoundRect(area, 6, 6, frame);
        using var text = TextBlock.Fit(message, BundledFont.Regular, 18, area.Width - 24, area.Height);
        text.Draw(canvas, area.MidX - text.Width / 2, area.MidY - text.Height / 2, palette.FaintInk);
    }
}
