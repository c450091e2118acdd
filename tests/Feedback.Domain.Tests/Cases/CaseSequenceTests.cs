using System.Text.Json;
using CsCheck;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>Whatever anybody does to a case, in whatever order.</summary>
public sealed class CaseSequenceTests
{
    private static readonly CaseActor[] Actors =
    [
        Clerk, Clerk, Clerk, Officer, Rated, Head, Stranger, Supervisor, Supervisor, InnerSupervisor, CaseActor.Citizen, CaseActor.City, CaseActor.System,
        CaseActor.CitizenOf(CaseId.Of(Some.Bytes(2))),
        Supervisor with { Handles = NodeScope.At(new("n1")) },
    ];

    private static readonly CaseId Second = CaseId.Of(Some.Bytes(2));

    private static readonly Gen<ClockKind> Clocks = Gen.Int[1, 6].Select(clock => (ClockKind)clock);

    private static readonly Gen<Grade?> Grades = Gen.Int[0, 5].Select(grade => grade == 0 ? null : (Grade?)grade);

    private static readonly Gen<CaseCommand> Steps = Gen.Frequency<CaseCommand>(
        (2, Gen.Int[1, 9].Select(node => (CaseCommand)new DispatchCase(NodeId.Numbered(node), [new("n7")]))),
        (1, Gen.OneOf(Actors).Select(actor => (CaseCommand)new NameOwner(actor))),
        (1, Gen.OneOf<CaseCommand>(new NamePersons(["s-7"]), new NamePersons([]))),
        (4, Gen.Const<CaseCommand>(new SignForCase())),
        (1, Gen.Const<CaseCommand>(new ReturnCase("not ours"))),
        (1, Gen.OneOf<CaseCommand>(new WithdrawCase(), new CloseImported(), new CategoriseCase("fees"))),
        (1, Gen.OneOf<CaseStage?>([null, .. Enum.GetValues<CaseStage>().Cast<CaseStage?>()]).Select(stage => (CaseCommand)new MergeCase(Second, stage))),
        (1, Gen.Byte[2, 4].Select(other => (CaseCommand)new AbsorbCase(CaseId.Of(Some.Bytes(other)), []) { About = other == 3 ? ["s-7"] : [] })),
        (2, Gen.Bool.Select(told => (CaseCommand)new NoteProgress(Text, told))),
        (3, Gen.Int[1, 3].Select(finding => (CaseCommand)new VerifyRating((RatingFinding)finding))),
        (2, Gen.Const<CaseCommand>(new AppealRating("self-rating"))),
        (2, Gen.Bool.Select(upheld => (CaseCommand)new DecideAppeal(upheld, "looked into"))),
        (1, Gen.Const<CaseCommand>(new ExcludeBadRating("flagged"))),
        (8, Gen.Const<CaseCommand>(new HandleCase("done"))),
        (10, Gen.Int[1, 3].Select(outcome => (CaseCommand)new GiveFeedback("phone", (FeedbackOutcome)outcome, Text))),
        (2, Grades.Select(grade => (CaseCommand)new ConfirmCase(grade))),
        (2, Gen.Const<CaseCommand>(new DisputeCase())),
        (6, Gen.Select(Gen.Bool, Gen.Int[0, 2], Grades).Select((reached, solved, grade) =>
            (CaseCommand)new CallCitizenBack(reached, solved == 0 || !reached ? null : solved == 1, reached ? grade : null))),
        (1, Gen.Const<CaseCommand>(new SendBackCase("unsolved"))),
        (6, Gen.Const<CaseCommand>(new CloseCase())),
        (2, Gen.Const<CaseCommand>(new ReopenCase("unsolved"))),
        (2, Gen.OneOf<CaseCommand>(new UrgeCase("late"), new SuperviseCase("late"), new CirculateCase("late"))),
        (3, Clocks.Select(clock => (CaseCommand)new OpenAccountability("overdue", clock, Some.Morning + Some.Day))),
        (2, Clocks.Select(clock => (CaseCommand)new PauseClock(clock, "away"))),
        (2, Clocks.Select(clock => (CaseCommand)new ResumeClock(clock))),
        (1, Clocks.Select(clock => (CaseCommand)new ChangeLimit(clock, "9wd", "policy"))),
        (1, Clocks.Select(clock => (CaseCommand)new AskExtension(clock, "9wd", "survey"))),
        (1, Gen.Bool.Select(granted => (CaseCommand)new DecideExtension(granted))));

    private static readonly Gen<(CaseKind Kind, int Shape, (CaseActor Actor, bool Fits, CaseCommand Command, long Wait)[] Steps)> Histories = Gen.Select(
        Gen.Int[1, 7].Select(kind => (CaseKind)kind), Gen.Int[0, 7],
        Gen.Select(Gen.OneOf(Actors), Gen.Int[0, 3].Select(one => one > 0), Steps, Gen.OneOf(0L, 0L, Some.Minute, Some.Day, 20 * Some.Day)).Array[1, 40]);

    [Fact]
    public void Whatever_happens_the_rules_of_a_case_hold()
    {
        var (closed, reopened, merged, done) = (0L, 0L, 0L, 0L);
        Histories.Sample(history =>
        {
            var desk = Opened(history.Kind, history.Shape);
            foreach (var (actor, fits, command, wait) in history.Steps)
            {
                if (desk.After(wait).Try(fits ? Fitting(desk.State, command) : actor, command) is not null)
                    continue;
                Interlocked.Increment(ref done);
                Check(desk);
            }

            CheckFold(desk);
            if (desk.Events.Any(e => e is CaseClosed))
                Interlocked.Increment(ref closed);
            if (desk.Counts["reopened/" + history.Kind.Word()] > 0)
                Interlocked.Increment(ref reopened);
            if (desk.State.Stage == CaseStage.Merged)
                Interlocked.Increment(ref merged);
        }, iter: 10_000);

        // The histories are no empty ones.
        Assert.True(closed > 1_000 && reopened > 250 && merged > 500 && done > 30_000, $"{closed} closed, {reopened} reopened, {merged} merged, {done} done");
    }

    // Somebody who may do it, at least at some stage.
    private static CaseActor Fitting(CaseState state, CaseCommand command) => CaseTable.Of(command).Who switch
    {
        _ when command is CallCitizenBack or VerifyRating or DecideAppeal or DecideExtension or ChangeLimit => Supervisor,
        CaseParty.Lead => Clerk with { Handles = NodeScope.At(state.Lead) },
        var who when who.HasFlag(CaseParty.Handler) => Clerk,
        var who when who.HasFlag(CaseParty.Citizen) => CaseActor.Citizen,
        var who when who.HasFlag(CaseParty.Supervisor) => Supervisor,
        var who when who.HasFlag(CaseParty.City) => CaseActor.City,
        _ => CaseActor.System,
    };

    // Whether the citizen can be reached, is anonymous, and who is complained of, by the bits of the shape.
    private static CaseDesk Opened(CaseKind kind, int shape)
    {
        var intake = Intake(kind) with
        {
            Contact = (shape & 1) == 0 ? Contact : null,
            Anonymous = (shape & 2) != 0,
            About = (shape & 4) == 0 ? [] : ["s-7"],
        };
        var desk = new CaseDesk();
        desk.Due(ClockKind.Completion, Some.Morning + Some.Day).Due(ClockKind.Rectification, Some.Morning + (30 * Some.Day)).Due(ClockKind.SignFor, Some.Morning);
        return desk.Do(kind == CaseKind.BadRating ? CaseActor.System : Clerk, new OpenCase(intake));
    }

    private static void Check(CaseDesk desk)
    {
        var state = desk.State;
        AssertAnswered(desk.Events);
        Assert.NotEqual(Head.Name, state.Persons.Any() ? state.Owner : null);
        Assert.NotEqual(Rated.Name, state.Persons.Any() ? state.Owner : null);
        Assert.Equal(desk.Events.Count, state.Version);
        // What was added to the days, change by change, is what the state counts, and never less than nothing.
        Assert.Equal(
            state.Counted.ByDay().Where(day => !day.Value.IsEmpty).Select(day => (day.Key, day.Value.Write())),
            desk.Days.Where(day => !day.Value.IsEmpty).OrderBy(day => day.Key).Select(day => (day.Key, day.Value.Write())));
        Assert.All(desk.Days.Values.SelectMany(day => day.All), count => Assert.True(count.Value > 0, count.Key));
        CheckFigures(desk.Counts, state);
    }

    // By the events alone: between the last time that it went back and each closing, the citizen had an answer, or was unreachable,
    // or the city took back what the unit had returned, by its own word or as supervision tells.
    private static void AssertAnswered(IReadOnlyList<CaseEvent> events)
    {
        var (answered, returned) = (false, false);
        foreach (var e in events)
        {
            answered = e switch
            {
                CaseFeedbackGiven told => answered || told.Outcome != FeedbackOutcome.NotReached || told.Unreachable,
                CaseDisputed or CaseSentBack or CaseReopened => false,
                CaseCalledBack { City: false, Solved: false } => false,
                _ => answered,
            };
            returned = e is CaseReturned || (returned && e is not CaseDispatched);
            if (e is CaseClosed closed)
                Assert.True(closed.Ending == CaseEnding.Withdrawn ? returned && (e.Stamp.By == "city" || e.Stamp.By == Supervisor.Name) : answered, "closed without an answer");
        }
    }

    private static void CheckFigures(CaseCounts counts, CaseState state)
    {
        long Of(string code) => counts[CaseCodes.Of(code, state.Intake.Kind)];
        Assert.Equal(1, Of(CaseCodes.Opened));
        Assert.Equal(state.Stage == CaseStage.Closed ? 1 : 0, Of(CaseCodes.Closed));
        Assert.Equal(state.Stage == CaseStage.Merged ? 1 : 0, Of(CaseCodes.Merged));
        Assert.Equal(state.Stage == CaseStage.Closed ? 1 : 0, Enum.GetValues<CaseEnding>().Sum(ending => Of(CaseCodes.ClosedAs(ending))));
        Assert.Equal(state.Answer is null ? 0 : 1, Enum.GetValues<FeedbackOutcome>().Sum(outcome => Of(CaseCodes.AnsweredAs(outcome))));
        Assert.Equal(state.Solved == true ? 1 : 0, Of(CaseCodes.Confirmed));
        Assert.All(CaseRates.All, rate =>
        {
            var (numerator, denominator) = rate.Of(counts, state.Intake.Kind);
            Assert.True(numerator <= denominator, $"{rate.Word}: {numerator} of {denominator}");
        });
    }

    private static void CheckFold(CaseDesk desk)
    {
        var read = desk.Events.Select(e => EventText.Read(EventText.Write(e)));
        var folded = CaseState.Fold(desk.State.Id, read);
        Assert.Equal(JsonSerializer.Serialize(desk.State), JsonSerializer.Serialize(folded));
        Assert.Empty(CaseFlows.Change(desk.State, folded));
        Assert.Equal(desk.State.ToRow(desk.Deadlines), folded.ToRow(desk.Deadlines));
    }
}
