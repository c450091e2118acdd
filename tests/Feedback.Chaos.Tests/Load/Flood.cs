using Feedback.TestSupport;
using Feedback.TestSupport.Running;

namespace Feedback.Chaos.Tests.Load;

/// <summary>
/// More than a server can take: every kiosk pushes at its own times, ten evaluations of its window at once, whatever became of the push
/// before; a late answer delays it, and it alone.
/// </summary>
internal sealed class Flood(DemoData data, Ledger ledger, Uri url, string name) : IDisposable
{
    private const int Kiosks = 2000;

    /// <summary>How many evaluations a push carries.</summary>
    public const int Each = 10;

    private readonly DemoClient[] _kiosks = [.. Enumerable.Range(0, Kiosks).Select(_ => new DemoClient(data, url, TimeSpan.FromSeconds(10)))];
    private readonly long _begun = Wait.Clock.GetTimestamp();
    private int _sent;

    /// <summary>What was measured.</summary>
    public LoadFigures Figures { get; } = new();

    /// <summary>Seconds since it was made.</summary>
    public double Now => Wait.Clock.GetElapsedTime(_begun).TotalSeconds;

    /// <summary>How many pushes a second are stored when so many senders each wait for their answers.</summary>
    public async Task<double> CapacityAsync(int senders, TimeSpan span)
    {
        var (from, before) = (Now, ledger.Acknowledged);
        await Task.WhenAll(Enumerable.Range(0, senders).Select(kiosk => Task.Run(async () =>
        {
            while (Now - from < span.TotalSeconds)
                await SendAsync(_kiosks[kiosk]);
        })));
        return (ledger.Acknowledged - before) / (Now - from) / Each;
    }

    /// <summary>Sends at a rate for some time, from two thousand kiosks with a connection each, and waits for the last answers.</summary>
    public Task RunAsync(double perSecond, TimeSpan span)
    {
        var (from, period) = (Now, Kiosks / perSecond);
        return Task.WhenAll(Enumerable.Range(0, Kiosks).Select(kiosk => Task.Run(async () =>
        {
            for (var due = from + (period * kiosk / Kiosks); due < from + span.TotalSeconds; due = Math.Max(due + period, Now))
            {
                if (due - Now > 0.001)
                    await Task.Delay(TimeSpan.FromSeconds(due - Now), Wait.Clock);
                await SendAsync(_kiosks[kiosk]);
            }
        })));
    }

    public void Dispose()
    {
        foreach (var kiosk in _kiosks)
            kiosk.Dispose();
    }

    private async Task SendAsync(DemoClient kiosk)
    {
        var n = Interlocked.Increment(ref _sent);
        var window = data.Windows[n % data.Windows.Count];
        var bodies = new string[Each];
        for (var one = 0; one < Each; one++)
        {
            var id = $"{name}-{n}-{one}";
            bodies[one] = Some.Evaluation(window, id, Some.Grade((n * Each) + one));
            ledger.Attempt(window, id, bodies[one]);
        }

        var begun = Now;
        var reply = await kiosk.PushAsync($"[{string.Join(',', bodies)}]");
        var stored = ledger.Note(reply, Each);
        Figures.Add(new Answered(window, Now, Now - begun, reply.Status, reply.RetryAfter?.TotalSeconds, true, stored));
        // Of so many turned away nobody could send all again. Nothing of them may be stored.
        if (reply.Status is 429 or 503 && reply.Text.Contains("\"code\":\"busy\"", StringComparison.Ordinal) && !reply.Text.Contains("outcome-unknown", StringComparison.Ordinal))
        {
            for (var one = 0; one < Each; one++)
                ledger.GiveUp(window, $"{name}-{n}-{one}");
        }
    }
}
