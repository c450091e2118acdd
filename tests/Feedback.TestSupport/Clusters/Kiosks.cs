using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Feedback.TestSupport.Running;

namespace Feedback.TestSupport.Clusters;

/// <summary>
/// A kiosk at every window of the district. Together they push at a fixed rate, whatever the answers. Each knows all silos and prefers
/// one, goes to another when that one fails, comes again when it is told to, and sends what nobody answered again under the same id until
/// somebody does. What is due while a kiosk waits for very many answers waits in it.
/// </summary>
public sealed class Kiosks : IAsyncDisposable
{
    private const int AtOnce = 128;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly DemoData _data;
    private readonly Ledger _ledger;
    private readonly SiloGates _gates;
    private readonly HttpClient _http;
    private readonly CancellationTokenSource _enough = new();
    private readonly SemaphoreSlim[] _lines;
    private readonly long _start = Wait.Clock.GetTimestamp();
    private readonly string _name;

    /// <summary>Opens the kiosks; they push when <see cref="RunAsync"/> says so.</summary>
    /// <param name="data">The district.</param>
    /// <param name="ledger">The books.</param>
    /// <param name="urls">The silos at this moment; it is asked again and again.</param>
    /// <param name="name">What the ids begin with, for two loads on one cluster.</param>
    /// <param name="patience">For how long an answer is waited for; four seconds where nothing else is said.</param>
    public Kiosks(DemoData data, Ledger ledger, Func<IReadOnlyList<Uri>> urls, string name = "k", TimeSpan? patience = null)
    {
        (_data, _ledger, _name) = (data, ledger, name);
        _gates = new SiloGates(urls);
        _lines = [.. data.Windows.Select(_ => new SemaphoreSlim(AtOnce))];
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20) })
        {
            Timeout = patience ?? TimeSpan.FromSeconds(4),
            DefaultRequestHeaders = { { "X-Device-Key", data.DeviceKey } },
        };
    }

    /// <summary>What they met.</summary>
    public PushLog Log { get; } = new();

    /// <summary>The time since the kiosks were opened, on which the log's times lie.</summary>
    public TimeSpan Now => Wait.Clock.GetElapsedTime(_start);

    /// <summary>Pushes at a rate until <see cref="Enough"/>, and then until everything is answered.</summary>
    /// <param name="perSecond">Evaluations per second of all kiosks together.</param>
    /// <param name="seed">Decides the windows and the grades.</param>
    public async Task RunAsync(double perSecond, int seed = 7_919)
    {
        var random = new Random(seed);
        var period = TimeSpan.FromSeconds(1 / perSecond);
        var pushing = new List<Task>();
        var due = Now;
        for (var n = 0; !_enough.IsCancellationRequested; due += period, n++)
        {
            while (due > Now && !_enough.IsCancellationRequested)
                await Task.Delay(Tick, Wait.Clock);
            var at = random.Next(_data.Windows.Count);
            var (window, id, grade, time) = (_data.Windows[at], string.Create(CultureInfo.InvariantCulture, $"{_name}-{n}"), Grade(random), due);
            pushing.Add(Task.Run(() => PushAsync(at, window, id, grade, time)));
            if (pushing.Find(one => one.IsFaulted) is { } faulted)
                await faulted;
            if (n % 1000 == 0)
                pushing.RemoveAll(one => one.IsCompletedSuccessfully);
        }

        await Task.WhenAll(pushing);
    }

    /// <summary>No more new evaluations.</summary>
    public void Enough() => _enough.Cancel();

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _gates.DisposeAsync();
        _http.Dispose();
        _enough.Dispose();
        foreach (var line in _lines)
            line.Dispose();
    }

    // One in fifty is bad and opens a case: far more than any hall sees, and still the pushes are what is measured, not the opening of cases.
    private static int Grade(Random random) => random.Next(50) == 0 ? random.Next(1, 3) : random.Next(3, 6);

    private async Task PushAsync(int kiosk, string window, string id, int grade, TimeSpan due)
    {
        var body = Some.Evaluation(window, id, grade);
        _ledger.Attempt(window, id, body);
        await _lines[kiosk].WaitAsync();
        try
        {
            await PushAsync(kiosk, window, body, due);
        }
        finally
        {
            _lines[kiosk].Release();
        }
    }

    private async Task PushAsync(int kiosk, string window, string body, TimeSpan due)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (silo, began) = (_gates.Choose(kiosk, attempt), Now);
            var (reply, end, again) = await SendAsync(silo, body);
            Log.Add(new PushAttempt(window, attempt, due, began, Now, end, again));
            if (_ledger.Note(reply, 1))
            {
                if (attempt == 0)
                    _ledger.FirstTry(1);
                return;
            }

            if (end == AttemptEnd.Unreachable)
                _gates.Close(silo);
            await Task.Delay(again ?? OwnPause(attempt), Wait.Clock);
        }
    }

    // Each time twice as long, as long as no silo says when.
    private static TimeSpan OwnPause(int attempt)
    {
        var pause = Pause * (1 << Math.Min(attempt, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private async Task<(Reply Reply, AttemptEnd End, TimeSpan? Again)> SendAsync(Uri silo, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.PostAsync(new Uri(silo, "/api/v1/evaluations"), content);
            var reply = new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync());
            if (reply.Status is not (429 or 503))
                return (reply, AttemptEnd.Acknowledged, null);
            return (reply, AttemptEnd.Refused, response.Headers.RetryAfter?.Delta);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            var end = e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } || e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
                ? AttemptEnd.Unreachable
                : AttemptEnd.Unknown;
            return (new Reply(null, e.Message), end, null);
        }
    }
}
