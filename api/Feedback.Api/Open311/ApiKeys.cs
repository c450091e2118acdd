using Feedback.Api.Limits;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Open311;

/// <summary>Marks endpoints whose clients may send their token as <c>api_key</c>, in the query or in the form, as this specification wants it.</summary>
internal sealed class TakesApiKey
{
    internal static readonly TakesApiKey Mark = new();

    private TakesApiKey()
    {
    }
}

/// <summary>Reads the <c>api_key</c> of a request. It is a secret: whoever can, sends it in the header instead, which no proxy writes into its log.</summary>
internal static class ApiKeys
{
    private const string Name = "api_key";

    /// <summary>The key; null where none was sent, or the endpoint takes none this way.</summary>
    public static async ValueTask<(string? Key, Refusal? Refusal)> FindAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<TakesApiKey>() is null)
            return (null, null);
        if (http.Request.Query[Name] is [{ Length: > 0 } shown, ..])
            return (shown, null);
        // An address that sent too many wrong keys waits before another body of it is read.
        if (!HttpMethods.IsPost(http.Request.Method) || http.RequestServices.GetRequiredService<RequestLimits>().AskFailed(http) > TimeSpan.Zero)
            return (null, null);
        var (form, refusal) = await Open311Form.ReadAsync(http);
        return (form?[Name] is [{ Length: > 0 } sent, ..] ? sent : null, refusal);
    }
}
