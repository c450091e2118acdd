using SkiaSharp;

namespace Feedback.Charts.Notices;

/// <summary>Draws notices as files.</summary>
public static class NoticeFile
{
    /// <summary>The media type of a PDF.</summary>
    public const string Pdf = "application/pdf";

    private const string Producer = "Feedback";

    /// <summary>A PDF on pages of A4. The font is in it, and its text can be copied, searched and read aloud.</summary>
    public static byte[] ToPdf(NoticeModel notice)
    {
        using var fonts = NoticeFonts.Of(notice);
        var pages = NoticePages.Of(notice, fonts);
        using var stream = new MemoryStream();
        var properties = new SKDocumentPdfMetadata
        {
            Title = notice.Title,
            Author = notice.Office,
            Creator = Producer,
            Producer = Producer,
            Creation = notice.Made.UtcDateTime,
            Modified = notice.Made.UtcDateTime,
            RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
            EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
        };
        using (var document = SKDocument.CreatePdf(stream, properties))
        {
            for (var page = 0; page < pages.Count; page++)
            {
                pages.Draw(document.BeginPage(NoticePages.Width, NoticePages.Height), page);
                document.EndPage();
            }

            document.Close();
        }

        return stream.ToArray();
    }

    /// <summary>A page as a PNG, from 0, as it looks on a screen with 144 points to the inch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such page.</exception>
    internal static byte[] ToPng(NoticeModel notice, int page)
    {
        using var fonts = NoticeFonts.Of(notice);
        var pages = NoticePages.Of(notice, fonts);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(page, pages.Count);
        const int Scale = 2;
        using var bitmap = new SKBitmap((int)(NoticePages.Width * Scale), (int)(NoticePages.Height * Scale));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Scale(Scale);
        pages.Draw(canvas, page);
        canvas.Flush();
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
