using System.Globalization;
using System.Text;

namespace Feedback.Benchmarks.Load;

/// <summary>
/// Requests made whole before the clock starts, each sent once: making them costs the generator the same whoever sends them, and
/// nothing while it counts.
/// </summary>
internal sealed class PreparedBook(string path, string? deviceKey, Func<string> draw) : RequestBook([])
{
    private static long _numbers;
    private byte[][] _requests = [];
    private int _next;

    /// <summary>Makes the requests of the next turn.</summary>
    public void Prepare(int count)
    {
        var key = deviceKey is null ? "" : $"X-Device-Key: {deviceKey}\r\n";
        (_requests, _next) = (new byte[count][], 0);
        for (var i = 0; i < count; i++)
        {
            var body = draw();
            var length = Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
            _requests[i] = Encoding.UTF8.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: bench\r\n{key}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}");
        }
    }

    /// <summary>A body with a number never used before.</summary>
    public static string Numbered(string body) => body.Replace(
        RequestTemplate.Number, Interlocked.Increment(ref _numbers).ToString("x16", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public override ReadOnlyMemory<byte> Next(ref byte[] buffer)
    {
        var next = Interlocked.Increment(ref _next) - 1;
        return next < _requests.Length ? _requests[next] : throw new InvalidOperationException("The server was faster than requests were prepared for.");
    }
}
