using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.Cases;

/// <summary>What an imported case adds to the journal, from the file of another system alone.</summary>
public sealed class ImportedHistoryTests
{
    private const long Hour = 60 * 60_000;

    private static readonly HallZone Zone = Bureau.Tree.Find(Some.Window)!.Zone;

    private static readonly ImportContext Context = new("feb-2026", Bureau.Tree, () => Some.Bytes(9));

    private static ImportedCase Case(long? closedAt = null) =>
        new("lake", "A1", CaseKind.Complaint, CaseChannel.Hotline, Some.Window, Some.Hall, Zone.At(Some.Morning))
        {
            Category = "noise",
            Closed = closedAt is { } closed ? Zone.At(closed) : null,
        };

    private static CaseDecision Decide(ImportedCase imported, CaseState? state = null, ImportContext? context = null) =>
        ImportedHistory.Decide(imported, state ?? new CaseState(imported.Id), context ?? Context);

    [Fact]
    public void A_closed_case_is_opened_and_closed_at_its_own_times_and_causes_no_work()
    {
        var decision = Decide(Case(Some.Morning + 30 * Hour));

        Assert.Collection(
            decision.Events,
            e => Assert.Equal((Some.Morning, Some.On("2026-03-02")), (Assert.IsType<CaseOpened>(e).Stamp.At, e.Stamp.Day)),
            e => Assert.Equal((Some.Morning + 30 * Hour, Some.On("2026-03-03"), CaseEnding.Imported), (e.Stamp.At, e.Stamp.Day, Assert.IsType<CaseClosed>(e).Ending)));
        Assert.Empty(decision.FollowUps);
        Assert.Equal((CaseStage.Closed, null, "feb-2026", new ExternalNumber("lake", "A1")), (decision.State.Stage, decision.State.Owner, decision.State.Intake.Imported, decision.State.Intake.External));
        Assert.Equal(2, decision.State.Version);
    }

    [Fact]
    public void A_second_time_adds_nothing()
    {
        foreach (var imported in (ImportedCase[])[Case(), Case(Some.Morning + Hour)])
            Assert.Equal((0, null), (Decide(imported, Decide(imported).State).Events.Length, Decide(imported, Decide(imported).State).Refusal));
    }

    [Fact]
    public void A_later_file_closes_an_open_case_once()
    {
        var open = Decide(Case()).State;
        var closed = Decide(Case(Some.Morning + Hour), open);

        Assert.Equal(Some.Morning + Hour, Assert.IsType<CaseClosed>(Assert.Single(closed.Events)).Stamp.At);
        Assert.Empty(Decide(Case(Some.Morning + 2 * Hour), closed.State).Events);
    }

    [Fact]
    public void A_case_that_somebody_here_took_on_or_opened_again_is_theirs()
    {
        var later = Case(Some.Morning + 9 * Hour);
        Assert.Empty(Decide(later, Then(Decide(Case()).State, new NameOwner(CaseDesk.Clerk), CaseDesk.Supervisor)).Events);
        Assert.Empty(Decide(later, Then(Decide(Case()).State, new DispatchCase(new NodeId("n7"), []), CaseDesk.Clerk)).Events);
        Assert.Empty(Decide(later, Then(Decide(Case(Some.Morning + Hour)).State, new ReopenCase("found"), CaseDesk.Clerk)).Events);

        static CaseState Then(CaseState state, CaseCommand command, CaseActor actor)
        {
            var decision = CaseRules.Decide(state, command, new CaseContext
            {
                Now = Some.Morning + 2 * Hour,
                Today = Some.On("2026-03-02"),
                Actor = actor,
                Tree = Bureau.Tree,
                Salt = () => Some.Bytes(8),
            });
            Assert.Null(decision.Refusal);
            return decision.State;
        }
    }

    [Fact]
    public void A_closing_of_which_only_the_day_is_known_is_never_before_the_opening()
    {
        var imported = Case() with { Closed = Moment.OnDay(Some.On("2026-03-02"), Zone) };
        Assert.True(imported.Closed!.Value.UtcMilliseconds < Some.Morning);
        Assert.Equal(Some.Morning, Decide(imported).State.Closing!.Stamp.At);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 0, 1)]
    public void With_limits_the_completion_is_judged_by_its_deadline(int hours, long inTime, long due)
    {
        var context = Context with
        {
            Terms = _ => new CaseTerms { Limits = ImmutableDictionary<ClockKind, string>.Empty.Add(ClockKind.Completion, "2h").Add(ClockKind.FirstResponse, "1h") },
            Deadlines = state => new Dictionary<ClockKind, long?> { [ClockKind.Completion] = state.Opened!.Stamp.At + 2 * Hour },
        };
        var state = Decide(Case(Some.Morning + hours * Hour), context: context).State;
        var counts = CaseFlows.Change(new CaseState(state.Id), state).Aggregate(CaseCounts.Empty, (sum, flow) => sum.Plus(flow.Delta));

        Assert.Equal((inTime, due), CaseRates.OnTime.Of(counts));
        // The file tells nothing of the first response: it is not judged.
        Assert.Equal(0, counts[CaseCodes.Of(CaseCodes.Due(ClockKind.FirstResponse), CaseKind.Complaint)]);
        Assert.All(Enum.GetValues<ClockKind>(), clock => Assert.False(state.IsLive(clock)));
    }

    [Fact]
    public void Without_limits_nothing_is_judged() =>
        Assert.Empty(Decide(Case(Some.Morning + Hour)).Events.OfType<CaseClockMarked>());

    [Fact]
    public void A_number_that_is_taken_gives_way_to_the_next()
    {
        var (first, second) = (Decide(Case()).State.Intake.Number, Decide(Case(), context: Context with { Attempt = 1 }).State.Intake.Number);
        Assert.NotEqual(first, second);
        Assert.Equal((first, second), (CaseNumber.Read(first), CaseNumber.Read(second)));
        Assert.StartsWith("20260302-", second);
    }

    [Fact]
    public void A_node_that_the_organisation_does_not_have_is_refused_whole()
    {
        foreach (var imported in (ImportedCase[])[Case(Some.Morning) with { Node = new NodeId("n999") }, Case(Some.Morning) with { Lead = new NodeId("n999") }])
        {
            var decision = Decide(imported);
            Assert.Equal(("node-unknown", "n999", 0), (decision.Refusal!.Code, decision.Refusal.Value, decision.Events.Length));
        }
    }
}
