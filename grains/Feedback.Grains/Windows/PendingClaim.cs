using System.Collections.Immutable;
using System.Diagnostics;
using Feedback.Domain.Journal;
using Feedback.Domain.Windows;

namespace Feedback.Grains.Windows;

/// <summary>One call's claims on their way; it is answered when all are settled, or when its caller's patience ends.</summary>
internal sealed class InFlight(int claims)
{
    private readonly ClaimResult[] _results = new ClaimResult[claims];
    // Settled within the window's turn, in which the answer may as well be given: no other thread need be woken for it.
    private readonly TaskCompletionSource _settled = new();
    private int _open = claims;

    /// <summary>The call's span, when its trace is recorded.</summary>
    public Activity? Cause { get; } = WindowSpans.Cause();

    /// <summary>Whether its caller was answered before everything was settled, and waits for nothing any more.</summary>
    public bool IsAnswered { get; private set; }

    public void Settle(int index, ClaimResult result)
    {
        _results[index] = result;
        if (--_open == 0)
            _settled.SetResult();
    }

    public async Task<ImmutableArray<ClaimResult>> AnswerAsync(TimeSpan patience, TimeProvider clock)
    {
        try
        {
            if (_open > 0)
                await _settled.Task.WaitAsync(patience, clock);
        }
        catch (TimeoutException)
        {
            // What is still open keeps its status Undecided: the append goes on, and a retry joins it or finds it.
            IsAnswered = true;
        }

        return [.. _results];
    }
}

/// <summary>A claim that is not settled yet, with everybody who waits for it.</summary>
internal sealed class PendingClaim(Opaque identity, WindowClaim claim, Opaque? matter, Sender sender, InFlight call, int index)
{
    private List<(InFlight Call, int Index)>? _joined;

    public Opaque Identity { get; } = identity;

    public WindowClaim Claim { get; } = claim;

    /// <summary>The keyed hash of the matter's number, when it has one.</summary>
    public Opaque? Matter { get; } = matter;

    public Sender Sender { get; } = sender;

    /// <summary>Whether it is a rating by invitation.</summary>
    public bool IsInvited => Claim is EvaluationClaim { IsInvited: true };

    /// <summary>The span of the call that brought it, when its trace is recorded.</summary>
    public Activity? Cause => call.Cause;

    /// <summary>How many callers it is kept for: who brought it, and those who came again and still wait.</summary>
    public int Callers => 1 + (_joined?.Count ?? 0);

    /// <summary>Another caller waits for it, too. Those that were answered meanwhile are let go of: while a disk hangs, terminals come again and again.</summary>
    public void Join(InFlight joining, int at)
    {
        _joined ??= [];
        _joined.RemoveAll(static one => one.Call.IsAnswered);
        _joined.Add((joining, at));
    }

    public bool SaysTheSameAs(WindowClaim other) => (Claim, other) switch
    {
        (EvaluationClaim mine, EvaluationClaim theirs) => mine.SaysTheSameAs(theirs),
        (MatterClaim mine, MatterClaim theirs) => mine.SaysTheSameAs(theirs),
        _ => false,
    };

    public void Settle(ClaimResult result)
    {
        call.Settle(index, result);
        if (_joined is null)
            return;
        var again = result.Status == ClaimStatus.Accepted ? result with { Status = ClaimStatus.Repeated } : result;
        foreach (var (joining, at) in _joined)
            joining.Settle(at, again);
    }
}
