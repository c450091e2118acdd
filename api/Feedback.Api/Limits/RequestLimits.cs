using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Feedback.Api.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Limits;

/// <summary>
/// Takes each request from the bucket of whoever sends it: a device key, an account, a token; and only those whom nobody knows
/// by their address, because a hall's terminals and phones share one.
/// </summary>
public sealed class RequestLimits
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Feedback.Limits";

    private readonly RequestRates _rates;
    private readonly IBureau _bureau;
    private readonly Counter<long> _refused;
    private readonly TokenBuckets<string> _callers;
    private readonly TokenBuckets<AddressPart> _open;
    private readonly TokenBuckets<AddressPart> _failed;
    private readonly TokenBuckets<AddressPart> _tries;
    private readonly TokenBuckets<string> _browsers;
    private readonly TokenBuckets<AddressPart> _files;
    private readonly ConcurrentDictionary<NodeId, (OrganisationTree Tree, int Windows)> _windows = new();

    /// <summary>Begins with full buckets.</summary>
    public RequestLimits(RequestRates rates, IBureau bureau, IMeterFactory meters, TimeProvider clock)
    {
        (_rates, _bureau) = (rates, bureau);
        _refused = meters.Create(MeterName).CreateCounter<long>(
            "feedback.requests.limited", "{request}", "Requests refused because too many came, by what they were counted for.");
        (_callers, _open, _failed, _tries, _browsers, _files) = (new(clock), new(clock), new(clock), new(clock), new(clock), new(clock));
    }

    /// <summary>Counts a request of somebody known.</summary>
    /// <returns>Zero when it may go on, else how long to wait.</returns>
    internal TimeSpan Take(Caller caller)
    {
        if (caller.Account is { } account)
            return Counted("account", _callers.Take(account.Id, _rates.Reader, RequestRates.BurstSeconds));
        var key = caller.Key!;
        return key.Purpose == KeyPurpose.Device ? TakeDevice(key) : Counted("token", _callers.Take(key.Id, _rates.Reader, RequestRates.BurstSeconds));
    }

    /// <summary>Counts a request that showed no key for each of those whose signatures in it are right; without any it is one that nobody knows.</summary>
    internal TimeSpan TakeSigned(HttpContext http, IEnumerable<IssuedKey> signers)
    {
        var wait = TimeSpan.MinValue;
        foreach (var key in signers.DistinctBy(key => key.Id))
            wait = TakeDevice(key) is var more && more > wait ? more : wait;
        return wait == TimeSpan.MinValue ? TakeFailed(http) : wait;
    }

    /// <summary>Counts a request whose key or session nobody knows.</summary>
    internal TimeSpan TakeFailed(HttpContext http) => Counted("failed", _failed.Take(AddressOf(http), _rates.Failed, RequestRates.AddressBurstSeconds));

    /// <summary>Whether an address has used up its share of requests that nobody knows; counts nothing.</summary>
    /// <returns>Zero when it has not, else how long until it may fail again.</returns>
    internal TimeSpan AskFailed(HttpContext http) => _failed.Ask(AddressOf(http), _rates.Failed, RequestRates.AddressBurstSeconds);

    /// <summary>Counts a request to what is open to everybody.</summary>
    internal TimeSpan TakeOpen(HttpContext http) => Counted("address", _open.Take(AddressOf(http), _rates.Address, RequestRates.AddressBurstSeconds));

    /// <summary>Counts a try of a password or a code.</summary>
    internal TimeSpan TakeTry(HttpContext http) => KnownBrowser.IdOf(http) is { } browser
        ? Counted("browser", _browsers.Take(browser, _rates.BrowserTries, RequestRates.AddressBurstSeconds))
        : Counted("try", _tries.Take(AddressOf(http), _rates.Tries, RequestRates.AddressBurstSeconds));

    /// <summary>Counts bytes of files that strangers send.</summary>
    /// <returns>Zero when they may come, else how long to wait; none is counted then.</returns>
    internal TimeSpan TakeFileBytes(HttpContext http, long bytes) => Counted(
        "bytes", _files.Take(AddressOf(http), _rates.FileBytes / RequestRates.FileSeconds, RequestRates.FileSeconds, bytes));

    /// <summary>Counts bytes no more that were counted and did not come.</summary>
    internal void GiveFileBytes(HttpContext http, long bytes) => _files.Give(AddressOf(http), _rates.FileBytes / RequestRates.FileSeconds, bytes);

    private TimeSpan TakeDevice(IssuedKey key) => Counted("device", _callers.Take(key.Id, _rates.Device * WindowsOf(key.Scope), RequestRates.BurstSeconds));

    private TimeSpan Counted(string what, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
            _refused.Add(1, new KeyValuePair<string, object?>("feedback.limit", what));
        return wait;
    }

    // A hall's gateway pushes for all of its windows. Counted anew only when the organisation has changed.
    private int WindowsOf(NodeId scope)
    {
        var tree = _bureau.Current.Tree;
        if (_windows.TryGetValue(scope, out var known) && ReferenceEquals(known.Tree, tree))
            return known.Windows;
        var windows = Math.Max(1, Below(tree, scope).Count(node => node.Kind == NodeKind.Window));
        _windows[scope] = (tree, windows);
        return windows;
    }

    // Whoever was ever there counts: a limit need not be exact to the day of a move.
    private static IEnumerable<Node> Below(OrganisationTree tree, NodeId scope)
    {
        var (met, next) = (new HashSet<NodeId>(), new Stack<NodeId>([scope]));
        while (next.TryPop(out var id))
        {
            if (!met.Add(id) || tree.Find(id) is not { } node)
                continue;
            yield return node;
            foreach (var child in tree.EverUnder(id))
                next.Push(child.Id);
        }
    }

    private static AddressPart AddressOf(HttpContext http) => AddressPart.Of(http.Connection.RemoteIpAddress);
}
