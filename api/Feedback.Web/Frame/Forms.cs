using Microsoft.AspNetCore.Antiforgery;

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
}
