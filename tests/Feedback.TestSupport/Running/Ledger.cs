using System.Collections.Concurrent;
using System.Text.Json;
using Xunit;

namespace Feedback.TestSupport.Running;

/// <summary>
/// A client's own books: what it attempted, and for what it holds a receipt. An attempt that was turned away for now, or whose fate nobody
/// told, is open until it is sent again.
/// </summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<string, string> _attempted = new();
    private readonly ConcurrentDictionary<string, string> _receipts = new();
    private int _requests;
    private int _refused;
    private int _unknown;
    private int _atOnce;

    public int Attempted => _attempted.Count;

    public int Acknowledged => _receipts.Count;

    /// <summary>How many requests were answered or given up, repeats included.</summary>
    public int Requests => _requests;

    /// <summary>How many requests were turned away for now (429, 503), whole or in part.</summary>
    public int Refused => _refused;

    /// <summary>How many requests were left without an answer.</summary>
    public int Unknown => _unknown;

    /// <summary>How many evaluations were acknowledged by the first request that carried them; see <see cref="FirstTry"/>.</summary>
    public int AtOnce => _atOnce;

    /// <summary>What was attempted, in the order of the keys.</summary>
    public IEnumerable<string> Bodies => _attempted.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value);

    /// <summary>What was attempted and is not acknowledged, in the order of the keys.</summary>
    public IEnumerable<string> Open => _attempted.Where(one => !_receipts.ContainsKey(one.Key)).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value);

    public void Attempt(string window, string id, string body) => Assert.True(_attempted.TryAdd($"{window} {id}", body));

    /// <summary>Says that it was turned away and is not sent again.</summary>
    public void GiveUp(string window, string id) => _attempted.TryRemove($"{window} {id}", out _);

    /// <summary>Whether there is a receipt.</summary>
    public bool Has(string window, string id) => _receipts.ContainsKey($"{window} {id}");

    /// <summary>Says that so many were acknowledged by their first request.</summary>
    public void FirstTry(int count) => Interlocked.Add(ref _atOnce, count);

    /// <summary>Notes an answer.</summary>
    /// <returns>True when every one of so many was acknowledged; false when some must be sent again.</returns>
    /// <exception cref="Xunit.Sdk.XunitException">A good evaluation was refused, or a repeat got another receipt.</exception>
    public bool Note(Reply reply, int count)
    {
        Interlocked.Increment(ref _requests);
        if (reply.Status is null)
            Interlocked.Increment(ref _unknown);
        else if (reply.Status is 429 or 503)
            Interlocked.Increment(ref _refused);
        if (reply.Status is null or 429 or 503)
            return false;

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
        if (receipts.GetArrayLength() == count)
            return true;
        Interlocked.Increment(ref _refused);
        return false;
    }

    /// <summary>
    /// The oracle: acknowledged − stored is empty, nothing is stored twice, stored − attempted is empty; and everything attempted is
    /// stored, for what was open has been sent until it was answered.
    /// </summary>
    public void AssertMatches(IReadOnlyList<string> stored)
    {
        var once = AssertHolds(stored);
        Assert.Equal(_attempted.Count, _receipts.Count);
        Assert.Equal(_attempted.Count, once.Count);
    }

    /// <summary>The oracle while some of what was attempted is still open.</summary>
    /// <returns>What is stored.</returns>
    public IReadOnlySet<string> AssertHolds(IReadOnlyList<string> stored)
    {
        var once = stored.ToHashSet();
        Assert.Empty(_receipts.Keys.Except(once));
        Assert.Equal(once.Count, stored.Count);
        Assert.Empty(once.Except(_attempted.Keys));
        return once;
    }

    private void Note(JsonElement receipt)
    {
        var key = $"{receipt.GetProperty("window").GetString()} {receipt.GetProperty("id").GetString()}";
        var text = receipt.GetRawText();
        Assert.Equal(_receipts.GetOrAdd(key, text), text);
    }
}
