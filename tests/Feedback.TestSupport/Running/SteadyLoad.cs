namespace Feedback.TestSupport.Running;

/// <summary>Several terminals that push from a fixed seed, one by one and in batches, and repeat whatever they got no answer to.</summary>
public sealed class SteadyLoad(DemoData data, Ledger ledger, int seed) : IDisposable
{
    private const int Terminals = 6;
    private const int MostInBatch = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _enough = new();
    private volatile DemoClient[] _clients = [];

    /// <summary>How long a terminal waits between what it pushes; not at all unless told otherwise.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>Where the server listens now, or the servers of a cluster: each request goes to one of them.</summary>
    public void Point(params Uri[] urls) => _clients = [.. urls.Select(url => new DemoClient(data, url))];

    /// <summary>Pushes until <see cref="Enough"/>, and then until everything is answered.</summary>
    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, Terminals).Select(terminal => Task.Run(() => PushAsync(terminal))));

    public void Enough() => _enough.Cancel();

    public void Dispose()
    {
        foreach (var client in _clients)
            client.Dispose();
        _enough.Dispose();
    }

    private async Task PushAsync(int terminal)
    {
        var random = new Random(seed + terminal);
        for (var n = 0; !_enough.IsCancellationRequested;)
        {
            var single = random.Next(3) > 0;
            var bodies = new List<string>();
            for (var left = single ? 1 : random.Next(2, MostInBatch); left > 0; left--, n++)
            {
                var window = data.Windows[random.Next(data.Windows.Count)];
                bodies.Add(Some.Evaluation(window, $"{seed}-{terminal}-{n}", random.Next(1, 6), random.Next(4) == 0 ? ",\"comment\":\"排队久\"" : ""));
                ledger.Attempt(window, $"{seed}-{terminal}-{n}", bodies[^1]);
            }

            var body = single ? bodies[0] : $"[{string.Join(',', bodies)}]";
            while (!ledger.Note(await Any(_clients).PushAsync(body), bodies.Count))
                await Task.Delay(Pause, Wait.Clock);
            await Task.Delay(Pace, Wait.Clock);
        }

        DemoClient Any(DemoClient[] clients) => clients[random.Next(clients.Length)];
    }
}
