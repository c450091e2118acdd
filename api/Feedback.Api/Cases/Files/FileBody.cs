using System.Buffers;
using System.Globalization;
using Feedback.Api.Intake;
using Feedback.Grains.Cases;
using Microsoft.AspNetCore.Http.Features;

namespace Feedback.Api.Cases;

/// <summary>Reads a file that is sent as it is, within its bound.</summary>
internal static class FileBody
{
    /// <summary>Reads the body of a request as a file for a case: its media type by its content, and its bytes.</summary>
    /// <exception cref="RefusedException">It is empty, too large, of a type that is not taken, or of another than it says.</exception>
    public static async Task<(string Type, byte[] Content)> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > CaseRequest.LargestFile)
            throw TooLarge();
        // Only here the server lets so much through.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = CaseRequest.LargestFile + 1;
        var content = new ArrayBufferWriter<byte>((int)Math.Min(request.ContentLength ?? 0, CaseRequest.LargestFile) + 1);
        try
        {
            while (true)
            {
                var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
                foreach (var piece in read.Buffer)
                    content.Write(piece.Span);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                if (content.WrittenCount > CaseRequest.LargestFile)
                    throw TooLarge();
                if (read.IsCompleted)
                    break;
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
        catch (IOException)
        {
            throw Members.Refuse("body-cut-off");
        }

        if (content.WrittenCount == 0)
            throw Members.Refuse("file-missing", "file");
        return CaseFileTypes.Agreed(request.ContentType, content.WrittenSpan) is { } type
            ? (type, content.WrittenSpan.ToArray())
            : throw Members.Refuse("file-type-refused", "Content-Type", request.ContentType ?? "");
    }

    private static RefusedException TooLarge() => Members.Refuse("file-too-large", "file", CaseRequest.LargestFile.ToString(CultureInfo.InvariantCulture));
}
