using Feedback.Analytics.Periods;
using Feedback.Api.Charts;
using Feedback.Charts;
using Feedback.Charts.Words;
using Feedback.Domain.Organisation;
using Xunit;

namespace Feedback.Api.Tests.Charts;

public sealed class ChartCacheTests
{
    private readonly ChartCache _cache = new(mostBytes: 10_000);

    [Fact]
    public async Task A_version_is_made_once_and_the_next_one_takes_its_place()
    {
        Assert.Equal([1], (await GetAsync(1, "1", [1])).Bytes);
        Assert.Equal([1], (await GetAsync(1, "1", [2])).Bytes);
        var bytes = _cache.Bytes;

        Assert.Equal([3], (await GetAsync(1, "2", [3])).Bytes);
        Assert.Equal(bytes, _cache.Bytes);
    }

    [Fact]
    public async Task The_file_not_asked_for_the_longest_goes_first_and_the_bound_holds()
    {
        await GetAsync(1, "1", new byte[3_000]);
        await GetAsync(2, "1", new byte[3_000]);
        await GetAsync(1, "1", []);
        await GetAsync(3, "1", new byte[3_000]);

        Assert.True(_cache.Bytes <= 10_000);
        Assert.Equal(3_000, (await GetAsync(1, "1", [])).Bytes.Length);
        Assert.Empty((await GetAsync(2, "1", [])).Bytes);
    }

    [Fact]
    public async Task A_file_larger_than_the_bound_is_sent_and_not_kept()
    {
        Assert.Equal(20_000, (await GetAsync(1, "1", new byte[20_000])).Bytes.Length);
        Assert.Equal(0, _cache.Bytes);
    }

    [Fact]
    public async Task Who_asks_while_a_file_is_made_gets_the_same_one()
    {
        var made = new TaskCompletionSource<byte[]>();
        var first = _cache.GetAsync(Key(1), "1", () => made.Task);
        var second = GetAsync(1, "1", [2]);
        made.SetResult([1]);

        Assert.Same(await first, await second);
    }

    [Fact]
    public async Task What_could_not_be_made_is_tried_again()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _cache.GetAsync(Key(1), "1", () => throw new InvalidOperationException()));

        Assert.Equal([1], (await GetAsync(1, "1", [1])).Bytes);
    }

    [Fact]
    public void The_same_bytes_have_the_same_tag_and_others_another() => Assert.Equal(
        (true, false), (ChartFile.Of([1]).ETag == ChartFile.Of([1]).ETag, ChartFile.Of([1]).ETag == ChartFile.Of([2]).ETag));

    private Task<ChartFile> GetAsync(int node, string version, byte[] bytes) => _cache.GetAsync(Key(node), version, () => Task.FromResult(bytes));

    private static ChartKey Key(int node) => new(
        new ChartQuery(ChartKind.All[0], ChartFormat.Png, ChartWords.English, ChartTheme.Light, ChartSize.Page),
        NodeId.Numbered(node),
        new Period(new(2026, 1, 1), new(2026, 1, 2)));
}
