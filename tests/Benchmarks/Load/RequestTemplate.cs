using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Feedback.Benchmarks.Load;

/// <summary>
/// A request made before the clock starts: only its numbers are still zeros. Every use fills them in with numbers
/// never used before, so each event has an id of its own, and each matter a number of its own.
/// </summary>
internal sealed class RequestTemplate
{
    /// <summary>What stands in a body for a number: 16 hexadecimal digits.</summary>
    public const string Number = "0000000000000000";

    private readonly byte[] _bytes;
    private readonly int[][] _numbers;

    /// <summary>Makes a template.</summary>
    /// <param name="head">Request line and headers, each with its line end, without the length.</param>
    /// <param name="bodies">The items of the body; all numbers within one item are the same.</param>
    /// <param name="isBatch">Whether the items stand in an array.</param>
    public RequestTemplate(string head, IReadOnlyList<string> bodies, bool isBatch)
    {
        var text = isBatch ? "[" + string.Join(',', bodies) + "]" : bodies[0];
        var length = Encoding.UTF8.GetByteCount(text).ToString(CultureInfo.InvariantCulture);
        var start = Encoding.UTF8.GetBytes($"{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{(isBatch ? "[" : "")}");
        _bytes = [.. start.AsSpan(0, start.Length - (isBatch ? 1 : 0)), .. Encoding.UTF8.GetBytes(text)];
        _numbers = new int[bodies.Count][];
        var at = start.Length;
        for (var i = 0; i < bodies.Count; i++)
        {
            var size = Encoding.UTF8.GetByteCount(bodies[i]);
            _numbers[i] = [.. PlacesIn(at, size)];
            at += size + 1;
        }
    }

    /// <summary>How many events the request carries.</summary>
    public int Events => _numbers.Length;

    /// <summary>Its length in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Copies the request with fresh numbers.</summary>
    /// <param name="first">The first of <see cref="Events"/> numbers.</param>
    /// <param name="target">At least <see cref="Length"/> bytes.</param>
    public void Fill(long first, Span<byte> target)
    {
        _bytes.CopyTo(target);
        foreach (var item in _numbers)
        {
            foreach (var place in item)
                Utf8Formatter.TryFormat(first, target[place..], out _, new System.Buffers.StandardFormat('x', 16));
            first++;
        }
    }

    private IEnumerable<int> PlacesIn(int from, int size)
    {
        var zeros = Encoding.ASCII.GetBytes(Number);
        for (var at = from; _bytes.AsSpan(at, from + size - at).IndexOf(zeros) is >= 0 and var next; at += zeros.Length)
        {
            at += next;
            yield return at;
        }
    }
}
