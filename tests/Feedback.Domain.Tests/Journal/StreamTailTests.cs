using System.Text;
using Feedback.Domain.Journal;
using Xunit;

namespace Feedback.Domain.Tests.Journal;

public sealed class StreamTailTests
{
    private static readonly StreamTail Empty = StreamTail.Of(StreamName.Organisation);

    [Fact]
    public void The_first_row_has_version_1_and_chains_on_the_streams_name()
    {
        var row = Empty.Next([Element(1)], now: 50);
        Assert.Equal((1, 1, 50), (row.Version, row.Count, row.At));
        Assert.Equal(Digest.Before(StreamName.Organisation).After(Element(1)), row.Digest);
    }

    [Fact]
    public void The_next_row_follows_without_a_gap()
    {
        var tail = StreamTail.After(Empty.Next([Element(1), Element(2)], now: 50));
        var row = tail.Next([Element(3)], now: 60);
        Assert.Equal((3, 60), (row.Version, row.At));
        Assert.Equal(Digest.Before(StreamName.Organisation).After(Element(1)).After(Element(2)).After(Element(3)), row.Digest);
    }

    [Fact]
    public void A_rows_time_never_goes_back() =>
        Assert.Equal(50, StreamTail.After(Empty.Next([Element(1)], now: 50)).Next([Element(2)], now: 40).At);

    [Fact]
    public void A_receipt_is_the_digest_after_its_own_event()
    {
        var receipts = new List<Digest>();
        var row = Empty.Next([Element(1), Element(2)], 50, receipts);
        Assert.Equal([Empty.Digest.After(Element(1)), row.Digest], receipts);
    }

    [Fact]
    public void A_windows_stream_tells_its_window()
    {
        Assert.Equal("window:n12", StreamName.Window(new("n12")).Value);
        Assert.Equal(new("n12"), StreamName.Window(new("n12")).AsWindow);
        Assert.Null(StreamName.Organisation.AsWindow);
    }

    private static byte[] Element(int number) => Encoding.UTF8.GetBytes($$"""{"n":{{number}}}""");
}
