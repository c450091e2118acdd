using Feedback.TestSupport;
using Feedback.TestSupport.Running;

namespace Feedback.Chaos.Tests.Load;

/// <summary>More than a server can take: every kiosk pushes at its own times, whatever became of the push before; a late answer delays it, and it alone.</summary>
internal sealed class Flood(DemoData data, Ledger ledger, Uri url, string name) : IDisposable
{
    private const int Kiosks = 1000;
    private readonly DemoClient _client = new(data, url, TimeSpan.FromSeconds(10));
    private readonly long _begun = Wait.Clock.GetTimestamp();
    private int _sent;

    /// <summary>What was measured.</summary>
    public LoadFigures Figures { get; } = new();

    /// <summary>Seconds since it was made.</summary>
    public double Now => Wait.Clock.GetElapsedTime(_begun).TotalSeconds;

    /// <summary>How many a second are stored when so many senders each wait for their answers.</summary>
    public async Task<double> CapacityAsync(int senders, TimeSpan span)
    {
        var (from, before) = (Now, ledger.Acknowledged);
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(async () =>
        {
            while (Now - from < span.TotalSeconds)
                await SendAsync();
        })));
        return (ledger.Acknowledged - before) / (Now - from);
    }

    /// <summary>Sends at a rate for some time, from a thousand kiosks with a connection each, and waits for the last answers.</summary>
    public Task RunAsync(double perSecond, TimeSpan span)
    {
        var (from, period) = (Now, Kiosks / perSecond);
        return Task.WhenAll(Enumerable.Range(0, Kiosks).Select(kiosk => Task.Run(async () =>
        {
            for (var due = from + (period * kiosk / Kiosks); due < from + span.TotalSeconds; due = Math.Max(due + period, Now))
            {
                if (due - Now > 0.001)
                    await Task.Delay(TimeSpan.FromSeconds(due - Now), Wait.Clock);
                await SendAsync();
            }
        })));
    }

    public void Dispose() => _client.Dispose();

    private async Task SendAsync()
    {
        var n = Interlocked.Increment(ref _sent);
        var (window, id) = (data.Windows[n % data.Windows.Count], $"{name}-{n}");
        var body = Some.Evaluation(window, id, 1 + (n % 5));
        ledger.Attempt(window, id, body);
        var begun = Now;
        var reply = await _client.PushAsync(body);
        Figures.Add(new Answered(window, Now, Now - begun, reply.Status, reply.RetryAfter?.TotalSeconds, true, ledger.Note(reply, 1)));
    }
}
