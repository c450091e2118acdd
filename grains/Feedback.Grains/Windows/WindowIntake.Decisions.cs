using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Windows;

/// <content>Events that are decided on here and not claimed by a terminal: who is on duty, and what is excluded.</content>
internal sealed partial class WindowIntake
{
    private const int MostDecisions = 64;
    private readonly Queue<(Func<Task<(JournalEvent?, Refusal?)>> Decide, TaskCompletionSource<Outcome> Answer)> _decisions = new();

    /// <summary>Appends the event that is decided on when it is this decision's turn; what is undecided after two seconds may be asked for again.</summary>
    public async Task<Outcome> DecideAsync(Func<Task<(JournalEvent?, Refusal?)>> decide)
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

    private async Task PerformAsync(Func<Task<(JournalEvent?, Refusal?)>> decide, TaskCompletionSource<Outcome> answer)
    {
        try
        {
            var (happened, refusal) = IsStale ? (null, Busy) : await decide();
            if (happened is null)
            {
                answer.SetResult(new Outcome(0, refusal));
                return;
            }

            var row = Tail.Next([EventText.Write(happened)], clock.GetUtcNow().ToUnixTimeMilliseconds());
            await journal.WriteAsync(new JournalUnit { Append = new Append(_stream, row) });
            Tail = StreamTail.After(row);
            duty.Apply(happened);
            excluded.Apply(happened);
            await FoldAsync(row.At, [(row.Version, happened)]);
            answer.SetResult(new Outcome(row.Version));
            Advanced();
        }
        catch (Exception e)
        {
            if (e is not JournalBusyException)
                GoStale(e);
            answer.TrySetResult(new Outcome(0, Busy));
        }
    }
}
