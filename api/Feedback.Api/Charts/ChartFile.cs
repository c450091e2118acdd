using System.Security.Cryptography;

namespace Feedback.Api.Charts;

/// <summary>A chart as it is sent.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="ETag">A strong tag: the same bytes have the same one, whichever silo drew them, before and after a restart.</param>
internal sealed record ChartFile(byte[] Bytes, string ETag)
{
    /// <summary>Tags a file by its content.</summary>
    public static ChartFile Of(byte[] bytes) => new(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
}
