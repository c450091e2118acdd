namespace Feedback.Api.Limits;

/// <summary>The body of a request, whose bytes are counted as they are read.</summary>
/// <param name="body">The body.</param>
/// <param name="announced">How many bytes are counted already.</param>
/// <param name="beyond">Is told of each piece beyond those, and throws where no more may come.</param>
internal sealed class CountedBody(Stream body, long announced, Action<int> beyond) : Stream
{
    /// <summary>How many of the bytes counted already were not read.</summary>
    public long Left { get; private set; } = announced;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Counted(body.Read(buffer, offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Counted(await body.ReadAsync(buffer, cancellationToken));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Counted(int read)
    {
        var more = read - (int)Math.Min(read, Left);
        Left -= read - more;
        if (more > 0)
            beyond(more);
        return read;
    }
}
