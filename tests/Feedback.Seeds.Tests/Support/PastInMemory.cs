using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;
using Feedback.Seeds.Demo;

namespace Feedback.Seeds.Tests.Support;

/// <summary>Cases of the past without a journal, by the rules alone; every event goes through its stored text, as it would in earnest.</summary>
internal sealed class PastInMemory(BureauState bureau, DemoSite site, long now) : IPastCases
{
    private readonly CaseLeader[] _leaders = [new("account:hall", null, site.Halls[0].Id), new("account:district", null, site.District)];
    private readonly Dictionary<CaseId, CaseState> _states = [];
    private ulong _drawn;

    /// <summary>Every case.</summary>
    public IReadOnlyDictionary<CaseId, CaseState> States => _states;

    /// <summary>Every event.</summary>
    public List<CaseEvent> Events { get; } = [];

    public Task<ImmutableArray<PastCaseResult>> StoreAsync(IReadOnlyList<PastCase> cases, CancellationToken cancellation = default) =>
        Task.FromResult(cases.Select(Store).ToImmutableArray());

    private PastCaseResult Store(PastCase past)
    {
        if (_states.ContainsKey(past.Id))
            return default;
        var (state, at) = (new CaseState(past.Id), 0L);
        foreach (var (index, step) in past.Steps.Index())
        {
            (state, at) = Ring(state, at, step.At);
            at = Math.Max(at, step.At);
            var (next, refusal) = Do(state, Complete(step, state, at), step.Actor, at);
            if (refusal is not null)
                return new PastCaseResult(false, refusal, index);
            state = next;
        }

        _states[past.Id] = Ring(state, at, now).State;
        return new PastCaseResult(true);
    }

    private (CaseState State, long At) Ring(CaseState state, long at, long until)
    {
        while (state.Opened is not null && new CaseTimes(state, bureau.Tree, bureau.Policies, at).Next is { } alarm && alarm.At <= until)
        {
            at = Math.Max(at, alarm.At);
            var version = state.Version;
            state = Do(state, alarm.Command, CaseActor.System, at).State;
            if (state.Version == version)
                throw new InvalidOperationException($"{alarm.Command} changes nothing.");
        }

        return (state, at);
    }

    private (CaseState State, Refusal? Refusal) Do(CaseState state, CaseCommand command, CaseActor actor, long at)
    {
        var intake = (command as OpenCase)?.Intake ?? state.Intake;
        var times = new CaseTimes(state, bureau.Tree, bureau.Policies, at, intake);
        var decision = CaseRules.Decide(state, command, new CaseContext
        {
            Now = at,
            Today = times.Today,
            Actor = actor,
            Tree = bureau.Tree,
            Salt = () => new Opaque(++_drawn),
            Terms = times.Terms,
            Deadlines = state.Opened is null ? ImmutableDictionary<Feedback.Domain.WorkingTime.ClockKind, long?>.Empty : times.Deadlines,
            Line = state.Opened is null
                ? CaseLine.Of(bureau.Tree, intake.Node, times.Today, intake.Persons, _leaders, null, intake.Lead)
                : CaseLine.Of(bureau.Tree, intake.Node, times.Today, state.Persons, _leaders, null, state.Lead, state.Assisting),
        });
        foreach (var happened in decision.Events)
        {
            var read = (CaseEvent)EventText.Read(EventText.Write(happened));
            Events.Add(read);
            state = state.Apply(read);
        }

        return (state, decision.Refusal);
    }

    private CaseCommand Complete(PastStep step, CaseState state, long at)
    {
        var words = step.Words is null ? null : Reference();
        return step.Command switch
        {
            OpenCase { Intake: var intake } => new OpenCase(intake with
            {
                Number = CaseNumber.Of(CaseTimes.DayAt(bureau.Tree, intake.Node, at), Opaque.Parse(state.Id.Value[1..])),
                Lead = CaseRoutes.LeadOf(new CaseTimes(state, bureau.Tree, bureau.Policies, at, intake).Policies, bureau.Tree, intake.Node, intake.Category, CaseTimes.DayAt(bureau.Tree, intake.Node, at)),
                Text = words,
                Contact = step.Contact is null ? null : Reference(),
            }),
            MergeCase c => c with { IntoStage = _states.GetValueOrDefault(c.Into)?.Stage },
            NoteProgress c => c with { Note = words },
            HandleCase c => c with { Note = words },
            GiveFeedback c => c with { Words = words },
            CallCitizenBack c => c with { Words = words },
            AppealRating c => c with { Words = words },
            ReopenCase c => c with { Words = words },
            var other => words is null ? other : throw new InvalidOperationException($"{other} takes no words."),
        };
    }

    private PersonalReference Reference() => new(new Opaque(++_drawn), new Opaque(++_drawn));
}
