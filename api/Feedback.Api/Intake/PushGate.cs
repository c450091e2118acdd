using Feedback.Api.Problems;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Intake;

/// <summary>Marks endpoints whose callers come again by themselves.</summary>
internal sealed class ComesAgain
{
    public static readonly ComesAgain Mark = new();
}

/// <summary>
/// Sheds load before it is a queue. While a processor is free at once, everybody is let in, and a crowd that comes at once, too. When work
/// has had to wait for a second on end, or half a second in a long queue, more comes than can be done: then so many are let in as are
/// answered within a tenth of a second, and where work waits longer than that, as much fewer as it waits longer. Whoever comes on top is
/// told at once to come again, before anything about him is read or checked, and the later the more are: who is told too early costs time
/// that those need who are let in. It goes by what happens now, so it opens again by itself. A
/// database that is slow or away, and a silo that is gone, is no matter of the gate: whoever waits for those waits for no processor.
/// </summary>
internal sealed class PushGate
{
    /// <summary>So many are always let in: they are no crowd, whatever else keeps the processors busy.</summary>
    public const int Always = 32;

    /// <summary>More are never let in.</summary>
    public const int Most = 8192;

    /// <summary>A processor counts as free while work waits no longer for it.</summary>
    public static readonly TimeSpan Short = TimeSpan.FromMilliseconds(25);

    /// <summary>How long work may wait for a processor while a crowd is worked off.</summary>
    public static readonly TimeSpan LongestOfCrowd = TimeSpan.FromSeconds(1);

    /// <summary>How long work may wait for a processor, and those who are in for their answers, when work has had to wait for <see cref="Patience"/> spans.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>What was answered, and how long work waited, is looked at in spans of this length.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromSeconds(0.25);

    /// <summary>For so many spans on end work has to wait until that is no crowd any more, but too much; for half as many in a long queue.</summary>
    public const int Patience = 4;

    /// <summary>So much work that waits for a processor is a long queue. One that stands for long is seen whenever one looks, a wait only when somebody came in time to wait.</summary>
    public const int LongQueue = 256;

    /// <summary>Only after so many spans on end in which nothing waited and nobody was turned away is what comes next a crowd again: one calm moment tells nothing.</summary>
    public const int Calm = 20;

    /// <summary>Nobody is told to come again sooner than this.</summary>
    public static readonly TimeSpan SoonestAgain = TimeSpan.FromSeconds(1);

    /// <summary>Nobody is told to come again later than this.</summary>
    public static readonly TimeSpan LatestAgain = TimeSpan.FromSeconds(5);

    private static readonly Refusal Busy = new("busy", Retryable: true);
    private static readonly (byte[] Chinese, byte[] English) BusyBody = (Problem.Body(Busy, chinese: true), Problem.Body(Busy, chinese: false));
    private const long None = long.MinValue;

    private readonly TimeProvider _clock;
    private readonly Action<PushGate> _queue;
    private readonly Func<long> _queued;
    private int _open;
    private int _answered;
    private int _room = Most;
    private int _turnedAway;
    private int _again = (int)SoonestAgain.TotalSeconds;
    private long _spanFrom;
    private long _asked = None;
    private long _waited;
    private long _waitedBefore;
    private int _spansWaited;
    private int _spansCalm;
    private bool _tooMuch;

    /// <summary>A gate for this process.</summary>
    public PushGate(TimeProvider clock)
        : this(clock, gate => ThreadPool.UnsafeQueueUserWorkItem(static one => one.Seen(), gate, preferLocal: false), () => ThreadPool.PendingWorkItemCount)
    {
    }

    /// <summary>The same with another queue of work.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="queue">Calls <see cref="Seen"/> when it is the gate's turn.</param>
    /// <param name="queued">Tells how much work waits.</param>
    public PushGate(TimeProvider clock, Action<PushGate> queue, Func<long> queued) => (_clock, _queue, _queued) = (clock, queue, queued);

    /// <summary>Lets a push in; it calls <see cref="Leave"/> when it is answered.</summary>
    /// <returns>False when it must come again later.</returns>
    public bool TryEnter()
    {
        var now = _clock.GetTimestamp();
        Ask(now);
        Measure(now);
        var open = Interlocked.Increment(ref _open);
        if (open <= Always || open <= Room())
            return true;
        Interlocked.Decrement(ref _open);
        Interlocked.Increment(ref _turnedAway);
        return false;
    }

    /// <summary>A push that was let in is answered.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _open);
        Interlocked.Increment(ref _answered);
    }

    /// <summary>A push that was let in waits for more of its body, and keeps nobody from being let in meanwhile.</summary>
    public void StepAside() => Interlocked.Decrement(ref _open);

    /// <summary>More of its body has come.</summary>
    public void StepBack() => Interlocked.Increment(ref _open);

    /// <summary>Work that was queued has its turn.</summary>
    public void Seen()
    {
        var waited = _clock.GetElapsedTime(Volatile.Read(ref _asked)).Ticks;
        if (waited > Volatile.Read(ref _waited))
            Volatile.Write(ref _waited, waited);
        Volatile.Write(ref _asked, None);
    }

    /// <summary>Passes a request on, or turns it away.</summary>
    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        if (!TryEnter())
        {
            http.RequestServices.GetRequiredService<IntakeMeter>().Count(Busy);
            await Problem.WriteAsync(http, Busy, chinese => chinese ? BusyBody.Chinese : BusyBody.English, TimeSpan.FromSeconds(Volatile.Read(ref _again)));
            return;
        }

        http.Features.Set(this);
        try
        {
            await next(http);
        }
        finally
        {
            Leave();
        }
    }

    // One question at a time: it waits behind everything that waits now.
    private void Ask(long now)
    {
        if (Interlocked.CompareExchange(ref _asked, now, None) == None)
            _queue(this);
    }

    // How many may be in.
    private int Room()
    {
        var waiting = Waiting();
        if (!Volatile.Read(ref _tooMuch))
            return waiting <= LongestOfCrowd ? Most : 0;
        var room = Volatile.Read(ref _room);
        // Where nobody knows how many were answered, everybody is let in, but not while work waits.
        return waiting <= Longest ? room : room == Most ? 0 : (int)(room * (Longest / waiting));
    }

    // The longest of this span and the one before: where a processor comes and goes, what waits a moment later tells nothing. Who still
    // waits for his turn has waited at least so long.
    private TimeSpan Waiting()
    {
        var waited = TimeSpan.FromTicks(Math.Max(Volatile.Read(ref _waited), Volatile.Read(ref _waitedBefore)));
        var asked = Volatile.Read(ref _asked);
        var waiting = asked == None ? TimeSpan.Zero : _clock.GetElapsedTime(asked);
        return waited > waiting ? waited : waiting;
    }

    // What was answered in a span that began long ago, when nobody came, tells nothing about now.
    private void Measure(long now)
    {
        var from = Volatile.Read(ref _spanFrom);
        var passed = _clock.GetElapsedTime(from, now);
        if (passed < Span || Interlocked.CompareExchange(ref _spanFrom, now, from) != from)
            return;
        var isLong = _queued() >= LongQueue;
        // A span may also be long because nobody had his turn.
        var isKnown = passed < 2 * Span || isLong || Volatile.Read(ref _open) > Always;
        var waited = isKnown ? Volatile.Read(ref _waited) : 0;
        var (count, turnedAway) = (Interlocked.Exchange(ref _answered, 0), Interlocked.Exchange(ref _turnedAway, 0));
        var answered = count * (Span / passed);
        // One of two spans in which work waited is enough: where a processor comes and goes, not every span sees it gone.
        var hasWaited = isKnown && Math.Max(waited, Volatile.Read(ref _waitedBefore)) > Short.Ticks;
        _spansWaited = isLong ? _spansWaited + 2 : hasWaited ? _spansWaited + 1 : 0;
        _spansCalm = _spansWaited > 0 || turnedAway > 0 ? 0 : _spansCalm + Math.Max(1, (int)(passed / Span));
        Volatile.Write(ref _tooMuch, _spansWaited >= Patience || (_tooMuch && _spansCalm < Calm));
        // As many seconds as there were turned away for each that was answered.
        var again = Math.Ceiling((double)turnedAway / Math.Max(1, count));
        Volatile.Write(ref _again, (int)Math.Clamp(again, SoonestAgain.TotalSeconds, LatestAgain.TotalSeconds));
        Volatile.Write(ref _waitedBefore, waited);
        Volatile.Write(ref _waited, 0);
        Volatile.Write(ref _room, isKnown ? Math.Min(Most, (int)(answered * (Longest / Span))) : Most);
    }
}

/// <summary>Puts the gate before everything else that a push meets.</summary>
public static class PushGates
{
    /// <summary>Puts it here.</summary>
    public static void UsePushGate(this IApplicationBuilder app)
    {
        var gate = app.ApplicationServices.GetRequiredService<PushGate>();
        app.Use((HttpContext http, RequestDelegate next) => http.GetEndpoint()?.Metadata.GetMetadata<ComesAgain>() is null ? next(http) : gate.PassAsync(http, next));
    }
}
