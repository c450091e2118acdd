using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Windows;

/// <content>Events that are decided on here and not claimed by a terminal: who is on duty, what is excluded, and what is erased.</content>
internal sealed partial class WindowIntake
{
    private const int MostDecisions = 64;
    private readonly Queue<(Func<Task<WindowDecision>> Decide, TaskCompletionSource<Outcome> Answer)> _decisions = new();

    /// <summary>Appends the event that is decided on when it is this decision's turn; what is undecided after one and a half seconds may be asked for again.</summary>
    public Task<Outcome> DecideAsync(Func<Task<(JournalEvent?, Refusal?)>> decide) => DecideAsync(async () =>
    {
        var (happened, refusal) = await decide();
        return WindowDecision.Of(happened, refusal);
    });

    /// <summary>Appends the events that are decided on, and destroys what they say, when it is this decision's turn.</summary>
    public async Task<Outcome> DecideAsync(Func<Task<WindowDecision>> decide)
    {
        if (_decisions.Count >= MostDecisions)
            return new Outcome(0, Busy);
        var answer = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        _decisions.Enqueue((decide, answer));
        Pump();
        try
        {
            return await answer.Task.WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            return new Outcome(0, Unknown);
        }
    }

    private async Task PerformAsync(Func<Task<WindowDecision>> decide, TaskCompletionSource<Outcome> answer)
    {
        try
        {
            var (events, erasure, refusal) = IsStale ? WindowDecision.Refuse(Busy) : await decide();
            if (events.Count == 0)
            {
                answer.SetResult(new Outcome(0, refusal));
                return;
            }

            var row = Tail.Next([.. events.Select(EventText.Write)], clock.GetUtcNow().ToUnixTimeMilliseconds());
            await journal.WriteAsync(new JournalUnit { Append = new Append(_stream, row), Erasure = erasure });
            Tail = StreamTail.After(row);
            foreach (var happened in events)
            {
                duty.Apply(happened);
                excluded.Apply(happened);
            }

            await FoldAsync(row.At, events.Select((happened, i) => (row.Version + i, happened)));
            answer.SetResult(new Outcome(row.Version));
            Advanced();
        }
        catch (JournalBusyException e)
        {
            answer.TrySetResult(new Outcome(0, e.Refusal));
        }
        catch (Exception e)
        {
            GoStale(e);
            answer.TrySetResult(new Outcome(0, Busy));
        }
    }
}
