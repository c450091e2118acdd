using Feedback.Api.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Feedback.Web.Frame;

/// <summary>Reads what our own pages send.</summary>
internal static class Forms
{
    /// <summary>Reads a form that bears our seal.</summary>
    /// <returns>The form; or none, and the status to answer with, when it is not ours, malformed or too large.</returns>
    public static async Task<(IFormCollection? Form, int Status)> ReadAsync(HttpContext http, IAntiforgery seals)
    {
        try
        {
            return http.Request.HasFormContentType && await seals.IsRequestValidAsync(http)
                ? (await http.Request.ReadFormAsync(), StatusCodes.Status200OK)
                : (null, StatusCodes.Status400BadRequest);
        }
        catch (Exception e) when (e is AntiforgeryValidationException or InvalidDataException or IOException)
        {
            // Looking for the seal reads the form already, and wraps what went wrong there.
            return (null, ((e as BadHttpRequestException) ?? (e.InnerException as BadHttpRequestException))?.StatusCode ?? StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Reads a form that anybody may send who looks at our page, and no other site for them.</summary>
    /// <returns>The form; null when it comes from another site, is malformed or too large.</returns>
    public static Task<IFormCollection?> ReadOpenAsync(HttpContext http) => ReadOpenAsync(http, Small);

    /// <summary>The same for a form with long words or files.</summary>
    public static async Task<IFormCollection?> ReadOpenAsync(HttpContext http, FormOptions bounds)
    {
        try
        {
            return http.Request.HasFormContentType && !Callers.IsFromElsewhere(http.Request)
                ? await http.Request.ReadFormAsync(bounds)
                : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }

    // A rating in full takes less than 10 KiB.
    private static readonly FormOptions Small = new() { ValueCountLimit = 64, ValueLengthLimit = 16 * 1024, BufferBodyLengthLimit = 64 * 1024, MultipartBodyLengthLimit = 64 * 1024, KeyLengthLimit = 128 };
}
