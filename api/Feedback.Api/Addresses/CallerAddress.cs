namespace Feedback.Api.Addresses;

/// <summary>The IP address that a request comes from: the client's, or where no proxy is trusted the proxy's.</summary>
public static class CallerAddress
{
    /// <summary>The address as text, an IPv4 address as such however the socket tells it; null where there is no connection.</summary>
    public static string? Of(HttpContext http) =>
        (http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress)?.ToString();
}
