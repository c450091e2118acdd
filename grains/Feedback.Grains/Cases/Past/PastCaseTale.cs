using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Cases;

/// <summary>A case of the past while its steps are gone through, from the first one to now.</summary>
/// <param name="id">The case; nothing of it is stored.</param>
/// <param name="desk">Decides.</param>
/// <param name="seal">Takes personal text out of the steps.</param>
internal sealed class PastCaseTale(CaseId id, CaseDesk desk, CaseSeal seal)
{
    private readonly CaseBook _book = new(id);
    private readonly List<JournalEvent> _events = [];
    private readonly List<SubjectKey> _keys = [];
    private readonly List<SealedText> _texts = [];
    private readonly List<FollowUp> _followUps = [];
    private CaseState _state = new(id);
    private long _at;

    /// <summary>Takes a step, after all that the service itself did before it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="attempt">How often the case's number was drawn, this time among them.</param>
    /// <param name="bureau">The bureau.</param>
    /// <returns>Why it is not possible; null when it was taken.</returns>
    public async Task<Refusal?> TakeAsync(PastStep step, int attempt, BureauState bureau)
    {
        await RingAsync(step.At, bureau);
        _at = Math.Max(_at, step.At);
        var request = new CaseRequest(step.Command, step.Actor) { Words = step.Words, Contact = step.Contact, WithQueryCode = step.WithQueryCode };
        if (CaseSeal.Refused(step.Command, request) is { } unfit)
            return unfit;
        var (completed, refusal) = await desk.CompleteAsync(step.Command, _state, step.Actor, request, attempt, _at);
        if (refusal is not null)
            return refusal;
        var command = await seal.SealAsync(completed, request, _book, _at);
        var decision = await desk.DecideAsync(_state, command.Command, step.Actor, _at, expected: null, salt: null);
        if (decision.Refusal is not null)
            return decision.Refusal;
        _keys.AddRange(command.Keys);
        _texts.AddRange(command.Texts);
        // All texts of a case lie under the key of the first one.
        _book.Subject ??= command.Subject;
        Take(decision);
        return null;
    }

    /// <summary>Lets the service do what it does by the clocks until a time.</summary>
    public async Task RingAsync(long until, BureauState bureau)
    {
        while (_state.Opened is not null && new CaseTimes(_state, bureau.Tree, bureau.Policies, _at).Next is { } alarm && alarm.At <= until)
        {
            _at = Math.Max(_at, alarm.At);
            var decision = await desk.DecideAsync(_state, alarm.Command, CaseActor.System, _at, expected: null, salt: null);
            if (decision.Events.IsEmpty)
                throw new InvalidOperationException($"'{alarm.Command.GetType().Name}' is due for the case and changes nothing.");
            Take(decision);
        }
    }

    /// <summary>The whole case as one append, with its row, its counts, its texts, and the work that is left.</summary>
    /// <param name="bureau">The bureau.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public JournalUnit Unit(BureauState bureau, long now)
    {
        var (row, clock) = CaseDraft.Derived(_state, bureau, now);
        return new JournalUnit
        {
            Append = new Append(StreamName.Case(id), StreamTail.Of(StreamName.Case(id)).Next([.. _events.Select(EventText.Write)], now)),
            SubjectKeys = _keys,
            Personal = _texts,
            Cases = [row],
            CaseFlows = [.. CaseFlows.Change(new CaseState(id), _state).Select(flow => new CaseFlow(flow.Node, flow.Day, flow.Delta))],
            Due =
            [
                .. clock is null ? ImmutableArray<DueRow>.Empty : [clock],
                // Other streams hear of it once more than they may need to, and take it once; that an owner is wanted matters only while one is.
                .. _followUps.Where(work => work is not NameAnOwner || _state is { Owner: null, Closing: null })
                    .Select(work => CaseWork.Of(id, _state.Version, work, now)).DistinctBy(work => work.Key),
            ],
        };
    }

    private void Take(CaseDecision decision)
    {
        _events.AddRange(decision.Events);
        _followUps.AddRange(decision.FollowUps);
        _state = decision.State;
    }
}
