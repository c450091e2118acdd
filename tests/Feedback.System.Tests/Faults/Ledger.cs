using System.Collections.Concurrent;
using System.Text.Json;
using Feedback.System.Tests.Support;
using Xunit;

namespace Feedback.System.Tests.Faults;

/// <summary>
/// A client's own books: what it attempted, and for what it holds a receipt. An attempt whose fate nobody told is unknown until it is sent again.
/// </summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, string> _attempted = new();
    private readonly ConcurrentDictionary<string, string> _receipts = new();
    private int _unknown;

    public int Attempted => _attempted.Count;

    public int Acknowledged => _receipts.Count;

    /// <summary>How many requests were left without an answer.</summary>
    public int Unknown => _unknown;

    public IEnumerable<string> Bodies => _attempted.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value);

    public void Attempt(string window, string id, string body) => Assert.True(_attempted.TryAdd($"{window} {id}", body));

    /// <summary>Notes an answer.</summary>
    /// <returns>True when every one of so many was acknowledged; false when some must be sent again.</returns>
    /// <exception cref="Xunit.Sdk.XunitException">A good evaluation was refused, or a repeat got another receipt.</exception>
    public bool Note(Reply reply, int count)
    {
        if (reply.Status is null or 503)
        {
            Interlocked.Increment(ref _unknown);
            return false;
        }

        Assert.True(reply.Status is 200 or 201, $"{reply.Status} {reply.Text}");
        using var answer = JsonDocument.Parse(reply.Text);
        if (!answer.RootElement.TryGetProperty("receipts", out var receipts))
        {
            Note(answer.RootElement);
            return true;
        }

        foreach (var receipt in receipts.EnumerateArray())
            Note(receipt);
        foreach (var one in answer.RootElement.GetProperty("rejected").EnumerateArray())
            Assert.True(one.GetProperty("problem").TryGetProperty("retryable", out _), one.ToString());
        return receipts.GetArrayLength() == count;
    }

    /// <summary>
    /// The oracle: acknowledged − stored is empty, nothing is stored twice, stored − attempted is empty; and everything attempted is
    /// stored, for what was unknown has been sent until it was answered.
    /// </summary>
    public void AssertMatches(IReadOnlyList<string> stored)
    {
        var once = stored.ToHashSet();
        Assert.Empty(_receipts.Keys.Except(once));
        Assert.Equal(once.Count, stored.Count);
        Assert.Empty(once.Except(_attempted.Keys));
        Assert.Equal(_attempted.Count, _receipts.Count);
        Assert.Equal(_attempted.Count, stored.Count);
    }

    private void Note(JsonElement receipt)
    {
        var key = $"{receipt.GetProperty("window").GetString()} {receipt.GetProperty("id").GetString()}";
        var text = receipt.GetRawText();
        Assert.Equal(_receipts.GetOrAdd(key, text), text);
    }
}
