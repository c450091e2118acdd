namespace Feedback.Benchmarks.Load;

/// <summary>Hands out requests in turn, to any number of connections, each event with a number never used before.</summary>
internal class RequestBook(IReadOnlyList<RequestTemplate> templates)
{
    private static long _numbers;
    private long _turn;

    /// <summary>The next request, written into a buffer that grows as needed.</summary>
    public virtual ReadOnlyMemory<byte> Next(ref byte[] buffer)
    {
        var turn = Interlocked.Increment(ref _turn) - 1;
        var template = templates[(int)(turn % templates.Count)];
        if (buffer.Length < template.Length)
            buffer = new byte[template.Length * 2];
        template.Fill(Interlocked.Add(ref _numbers, template.Events) - template.Events + 1, buffer);
        return buffer.AsMemory(0, template.Length);
    }
}
