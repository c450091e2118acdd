using System.Globalization;
using Feedback.Api.Intake;

namespace Feedback.Api.Paper;

/// <summary>Reads a spreadsheet that is sent as it is, within its bound.</summary>
internal static class PaperFileBody
{
    /// <summary>CSV.</summary>
    public const string Csv = "text/csv";

    /// <summary>An Excel workbook (.xlsx).</summary>
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const int LargestFile = RequestBody.LargestBatch;

    /// <summary>Reads the body.</summary>
    /// <exception cref="RefusedException">It is empty, too large, or sent as something else: a browser cannot be made to send these for another site.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        var media = request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(media, Csv, StringComparison.OrdinalIgnoreCase) && !string.Equals(media, Xlsx, StringComparison.OrdinalIgnoreCase))
            throw Members.Refuse("paper-file-type", "Content-Type", request.ContentType ?? "");
        using var content = new MemoryStream();
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
                foreach (var piece in read.Buffer)
                    content.Write(piece.Span);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (content.Length > LargestFile)
                    throw TooLarge();
                if (read.IsCompleted)
                    break;
            }
        }
        catch (IOException e)
        {
            throw e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } ? TooLarge() : Members.Refuse("body-cut-off");
        }

        return content.Length > 0 ? content.ToArray() : throw Members.Refuse("file-missing", "file");
    }

    private static RefusedException TooLarge() => Members.Refuse("body-too-large", null, LargestFile.ToString(CultureInfo.InvariantCulture));
}
