using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Feedback.Grains.Notices;

namespace Feedback.Grains.Tests.Notices;

/// <summary>Takes mails and messages of hooks instead of the world, and does to each receiver what a test wants.</summary>
internal sealed class Postbox(Func<TimeProvider> clock) : IMailCarrier, IHookCarrier, INoticeLinks
{
    private readonly ConcurrentQueue<(string To, DateTimeOffset At)> _tries = new();
    private readonly ConcurrentQueue<Letter> _letters = new();
    private readonly ConcurrentQueue<(string Hook, HookMessage Message)> _messages = new();
    private readonly ConcurrentDictionary<string, Func<int, Task>> _does = new();

    public string Source => "https://feedback.example.gov.cn";

    /// <summary>What was taken.</summary>
    public IReadOnlyList<Letter> Letters => [.. _letters];

    /// <summary>When somebody was tried.</summary>
    public IReadOnlyList<DateTimeOffset> TriesOf(string to) => [.. _tries.Where(one => one.To == to).Select(one => one.At)];

    /// <summary>What a hook took: identity and body.</summary>
    public IReadOnlyList<HookMessage> Of(string hook) => [.. _messages.Where(one => one.Hook == hook).Select(one => one.Message)];

    /// <summary>What a hook took, as JSON.</summary>
    public IReadOnlyList<JsonElement> EventsOf(string hook) => [.. Of(hook).Select(message => JsonDocument.Parse(message.Body).RootElement)];

    /// <summary>The words of what a hook took.</summary>
    public IEnumerable<string> WordsOf(string hook) => EventsOf(hook).OrderBy(one => one.GetProperty("data").GetProperty("version").GetInt64()).Select(one => one.GetProperty("type").GetString()!["feedback.case.".Length..]);

    /// <summary>Everything that left.</summary>
    public string Everything => string.Join('\n', _letters.Select(letter => letter.Subject + letter.Text).Concat(_messages.Select(one => Encoding.UTF8.GetString(one.Message.Body))));

    /// <summary>Does something before it is taken; what is thrown is what the sender hears.</summary>
    /// <param name="to">The name of a hook, or an address.</param>
    /// <param name="does">Told the number of the try, from 1.</param>
    public void On(string to, Func<int, Task> does) => _does[to] = does;

    /// <summary>Takes nothing.</summary>
    public void IsDead(string to) => On(to, _ => throw new DeliveryException("it cannot be reached"));

    public string? CardOf(string number) => $"{Source}/office/{number}";

    public string? TrackingOf(string trackingCode) => $"{Source}/track/{trackingCode}";

    public async Task SendAsync(Letter letter, CancellationToken cancellation)
    {
        await PassAsync(letter.To);
        _letters.Enqueue(letter);
    }

    public async Task SendAsync(HookEndpoint hook, HookMessage message, long timestamp, CancellationToken cancellation)
    {
        await PassAsync(hook.Name);
        _messages.Enqueue((hook.Name, message));
    }

    private async Task PassAsync(string to)
    {
        _tries.Enqueue((to, clock().GetUtcNow()));
        if (_does.TryGetValue(to, out var does))
            await does(_tries.Count(one => one.To == to));
    }
}
