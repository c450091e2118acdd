using System.Buffers.Text;

namespace Feedback.Benchmarks.Load;

/// <summary>An HTTP answer; its body is valid until the connection is used again.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The body, without the marks of chunks.</param>
internal readonly record struct Answer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>How many events the answer says were stored: one by 201, as many as <c>accepted</c> says by 200.</summary>
    public int Stored => Status switch
    {
        201 => 1,
        200 => NumberAfter("\"accepted\":"u8),
        _ => 0,
    };

    /// <summary>The integer that follows a text in the body; 0 when the text is not there.</summary>
    public int NumberAfter(ReadOnlySpan<byte> text)
    {
        var at = Body.Span.IndexOf(text);
        return at >= 0 && Utf8Parser.TryParse(Body.Span[(at + text.Length)..], out int number, out _) ? number : 0;
    }
}
