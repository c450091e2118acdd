using System.Buffers.Text;

namespace Feedback.Benchmarks.Load;

/// <summary>Reads just as much HTTP/1.1 as our servers speak: a status line, a length or chunks, and nothing after it.</summary>
internal static class AnswerText
{
    /// <summary>Reads an answer from what was received so far; null when more must come.</summary>
    /// <param name="received">The bytes; chunks are joined in place.</param>
    public static Answer? Read(Memory<byte> received)
    {
        var text = received.Span;
        var end = text.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return null;
        var head = text[..(end + 2)];
        if (!Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _))
            throw new InvalidDataException("The server does not answer in HTTP/1.1.");
        var body = received[(end + 4)..];
        if (head.IndexOf("\r\nTransfer-Encoding: chunked"u8) >= 0)
            return body.Span.EndsWith("0\r\n\r\n"u8) ? new Answer(status, JoinChunks(body)) : null;
        var length = LengthOf(head);
        return body.Length >= length ? new Answer(status, body[..length]) : null;
    }

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _) ? length : 0;
    }

    private static Memory<byte> JoinChunks(Memory<byte> body)
    {
        var joined = 0;
        var text = body.Span;
        ReadOnlySpan<byte> rest = text;
        while (Utf8Parser.TryParse(rest, out int size, out var digits, 'x') && size > 0)
        {
            rest.Slice(digits + 2, size).CopyTo(text[joined..]);
            joined += size;
            rest = rest[(digits + 2 + size + 2)..];
        }

        return body[..joined];
    }
}
