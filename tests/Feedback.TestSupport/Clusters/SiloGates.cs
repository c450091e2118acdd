using System.Net;

namespace Feedback.TestSupport.Clusters;

/// <summary>
/// Which silos take requests, as the kiosks of a hall, or a load balancer before them, know it: everyone's readiness is asked twice a second,
/// and an address that cannot be reached is left alone until it answers again.
/// </summary>
internal sealed class SiloGates : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _end = new();
    private readonly Func<IReadOnlyList<Uri>> _urls;
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) }) { Timeout = Patience };
    private readonly Task _watching;
    private volatile IReadOnlyDictionary<Uri, bool> _open;

    public SiloGates(Func<IReadOnlyList<Uri>> urls)
    {
        _urls = urls;
        _open = urls().ToDictionary(url => url, _ => true);
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>The silo to try, for somebody who prefers the n-th: that one if it is open, else the next that is, else any in turn.</summary>
    public Uri Choose(int preferred, int attempt)
    {
        var (urls, open) = (_urls(), _open);
        for (var n = 0; n < urls.Count; n++)
        {
            var url = urls[(preferred + attempt + n) % urls.Count];
            if (open.GetValueOrDefault(url))
                return url;
        }

        return urls[(preferred + attempt) % urls.Count];
    }

    /// <summary>Nobody answers there.</summary>
    public void Close(Uri url) => _open = new Dictionary<Uri, bool>(_open) { [url] = false };

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _http.Dispose();
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var urls = _urls();
            var answers = await Task.WhenAll(urls.Select(IsOpenAsync));
            _open = urls.Zip(answers).ToDictionary(one => one.First, one => one.Second);
            await Task.Delay(Every, Wait.Clock, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsOpenAsync(Uri url)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(url, "/healthz/ready"), _end.Token);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }
}
