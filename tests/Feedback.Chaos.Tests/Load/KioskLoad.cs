using Feedback.TestSupport;
using Feedback.TestSupport.Running;

namespace Feedback.Chaos.Tests.Load;

/// <summary>
/// Kiosks that push at a fixed rate, however quickly they are answered, and send again whatever they hold no receipt for, as late as the
/// answer says. Every evaluation goes alone.
/// </summary>
/// <param name="data">The site.</param>
/// <param name="ledger">The books.</param>
/// <param name="perSecond">How many evaluations a second, all kiosks together.</param>
/// <param name="name">Begins every id, so that two loads never meet.</param>
internal sealed class KioskLoad(DemoData data, Ledger ledger, double perSecond, string name) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _enough = new();
    private readonly List<DemoClient> _clients = [];
    private long _begun = Wait.Clock.GetTimestamp();
    private volatile DemoClient? _client;

    /// <summary>More members of every evaluation, each beginning with a comma.</summary>
    public string More { get; init; } = "";

    /// <summary>What was measured.</summary>
    public LoadFigures Figures { get; } = new();

    /// <summary>Seconds since the load began.</summary>
    public double Now => Wait.Clock.GetElapsedTime(_begun).TotalSeconds;

    /// <summary>Where the server listens now.</summary>
    public void Point(Uri url)
    {
        var client = new DemoClient(data, url, AnswerPatience);
        _clients.Add(client);
        _client = client;
    }

    /// <summary>Pushes until <see cref="Enough"/>, and then until everything is answered.</summary>
    public async Task RunAsync()
    {
        var sent = new List<Task>();
        _begun = Wait.Clock.GetTimestamp();
        for (var n = 0; !_enough.IsCancellationRequested; n++)
        {
            var wait = (n / perSecond) - Now;
            if (wait > 0.001)
                await Task.Delay(TimeSpan.FromSeconds(wait), Wait.Clock);
            sent.Add(SendAsync(n));
            if (sent.Count > 10_000)
                await ForgetAsync(sent);
        }

        await Task.WhenAll(sent);
    }

    public void Enough() => _enough.Cancel();

    public void Dispose()
    {
        _enough.Dispose();
        _clients.ForEach(client => client.Dispose());
    }

    private async Task SendAsync(int n)
    {
        var (window, id) = (data.Windows[n % data.Windows.Count], $"{name}-{n}");
        var body = Some.Evaluation(window, id, Some.Grade(n), More);
        ledger.Attempt(window, id, body);
        for (var first = true; ; first = false)
        {
            var begun = Now;
            var reply = await _client!.PushAsync(body);
            var stored = ledger.Note(reply, 1);
            Figures.Add(new Answered(window, Now, Now - begun, reply.Status, reply.RetryAfter?.TotalSeconds, first, stored));
            if (stored)
                return;
            await Task.Delay(reply.RetryAfter > ShortestPause ? reply.RetryAfter.Value : ShortestPause, Wait.Clock);
        }
    }

    // Also brings out what went wrong in one of them.
    private static async Task ForgetAsync(List<Task> sent)
    {
        await Task.WhenAll(sent.Where(one => one.IsCompleted));
        sent.RemoveAll(one => one.IsCompleted);
    }
}
