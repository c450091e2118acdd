using System.Net.Sockets;
using System.Text;

namespace Feedback.Api.Tests.Support;

/// <summary>HTTP byte by byte over a socket of its own.</summary>
internal static class RawHttp
{
    /// <summary>Posts an evaluation's body with a framing header of the caller's; the answer up to the end of the connection.</summary>
    public static async Task<string> PostAsync(RunningSite site, string framing, string body)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(site.Url.Host, site.Url.Port);
        await using var stream = socket.GetStream();
        var head = $"POST {Client.Evaluations} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nX-Device-Key: {site.DeviceKey}\r\n{framing}\r\n\r\n";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head + body));
        using var patience = new CancellationTokenSource(Feedback.TestSupport.Wait.Patience);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) is var count and > 0)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        catch (IOException)
        {
            // The server cut the line after its answer, because it would not read the rest.
        }

        return answer.ToString();
    }
}
