using System.Globalization;
using Feedback.Domain.Evaluations;
using Microsoft.AspNetCore.Http.Features;

namespace Feedback.Api.Open311;

/// <summary>Reads the form of a request once; it is small, and it is no upload.</summary>
internal static class Open311Form
{
    /// <summary>The most bytes of a form: the longest description, every character escaped, and all else.</summary>
    public const int Largest = 128 * 1024;

    private const string MediaType = "application/x-www-form-urlencoded";

    /// <summary>The form, or why it cannot be read.</summary>
    public static async ValueTask<(IFormCollection? Form, Refusal? Refusal)> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.ContentType?.Split(';')[0].Trim().Equals(MediaType, StringComparison.OrdinalIgnoreCase) != true)
            return (null, new Refusal("media-type-unknown", "Content-Type", request.ContentType));
        if (request.ContentLength > Largest)
            return (null, TooLarge());
        try
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = Largest;
            return (await request.ReadFormAsync(http.RequestAborted), null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge());
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return (null, new Refusal("form-malformed"));
        }
    }

    private static Refusal TooLarge() => new("body-too-large", null, Largest.ToString(CultureInfo.InvariantCulture));
}
