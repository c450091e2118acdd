using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;

namespace Feedback.Domain.Tests.Cases;

/// <summary>Commands travel as text.</summary>
public sealed class CommandTextTests
{
    private static readonly CaseActor Actor = new("account:li")
    {
        Staff = "s-1",
        Handles = NodeScope.Of([new NodeId("n3"), new NodeId("n4")]),
        Supervises = NodeScope.Everywhere,
        Works = [new NodeId("n3")],
    };

    private static readonly CaseId Other = CaseId.Of(Some.Bytes(9));

    private static readonly CaseCommand[] Commands =
    [
        new OpenCase(CaseDesk.Intake() with { About = ["s-7"], Contact = null }), new DispatchCase(new("n2"), [new("n3"), new("n4")], "theirs"), new NameOwner(Actor),
        new OpenCase(CaseDesk.Intake(CaseKind.HotlineOrder)) { Limit = "20wd" }, new OpenCase(CaseDesk.Intake(CaseKind.HotlineOrder)) { Due = 1_764_034_200_000 },
        new NamePersons(["s-7", "s-8"]), new SignForCase(), new ReturnCase("not ours"), new WithdrawCase(), new CategoriseCase("fees"), new MergeCase(Other, CaseStage.Handling),
        new AbsorbCase(Other, [CaseId.Of(Some.Bytes(1))]) { About = ["s-7"] }, new NoteProgress(null, Told: true), new AttachFile(default, "image/png", 0, default),
        new VerifyRating(RatingFinding.Partly), new AppealRating("self-rating"), new DecideAppeal(true, "looked into"), new ExcludeBadRating("flagged"), new HandleCase("done"),
        new GiveFeedback("phone", FeedbackOutcome.Posted, null), new ConfirmCase(Grade.Satisfied), new DisputeCase(),
        new CallCitizenBack(Reached: true, Solved: false, Grade.Dissatisfied), new CityCalledBack(Reached: true, Solved: false, Grade.Dissatisfied), new SendBackCase("unsolved"), new CloseCase(), new CloseImported(),
        new ReopenCase("again"), new UrgeCase("late"), new SuperviseCase("late"), new CirculateCase("late"),
        new OpenAccountability("overdue", ClockKind.Completion, 7), new WarnOfDeadline(ClockKind.Progress, 8), new EscalateCase(ClockKind.CallBack, 2, "supervisor"),
        new PauseClock(ClockKind.Completion, "away"), new ResumeClock(ClockKind.Completion), new ChangeLimit(ClockKind.Completion, "9wd", "policy"),
        new AskExtension(ClockKind.Completion, "9wd", "survey"), new DecideExtension(true, "yes"),
    ];

    [Fact]
    public void Every_command_is_read_as_it_was_written()
    {
        // Lists are equal only to themselves; so it is the text that is compared.
        Assert.All(Commands, command => Assert.Equal(CommandText.Write(command), CommandText.Write(CommandText.Read(CommandText.Write(command)))));
        Assert.All(Commands, command => Assert.IsType(command.GetType(), CommandText.Read(CommandText.Write(command))));
        Assert.Equal(CaseTable.Steps.Length + 1, Commands.Select(command => command.GetType()).Distinct().Count());
        Assert.EndsWith("\"limit\":\"20wd\"}", CommandText.Write(new OpenCase(CaseDesk.Intake(CaseKind.HotlineOrder)) { Limit = "20wd" }), StringComparison.Ordinal);
        Assert.Equal<string>(["s-7"], ((AbsorbCase)CommandText.Read(CommandText.Write(Commands.OfType<AbsorbCase>().Single()))).About);
        Assert.Equal("""{"step":"change-limit","clock":"completion","limit":"9wd","reason":"policy"}""", CommandText.Write(new ChangeLimit(ClockKind.Completion, "9wd", "policy")));
    }

    [Fact]
    public void Who_acts_is_read_as_it_was_written()
    {
        foreach (var actor in (CaseActor[])[Actor, CaseActor.Citizen, CaseActor.City, CaseActor.System, CaseDesk.Clerk, CaseDesk.Supervisor])
        {
            var read = CommandText.ReadActor(CommandText.Write(actor));
            Assert.Equal((actor.Name, actor.Outside, actor.Staff), (read.Name, read.Outside, read.Staff));
            Assert.Equal(actor.Handles.Tops.ToList(), read.Handles.Tops.ToList());
            Assert.Equal((actor.Handles.IsEverywhere, actor.Supervises.IsEverywhere), (read.Handles.IsEverywhere, read.Supervises.IsEverywhere));
            Assert.Equal(actor.Works.ToList(), read.Works.ToList());
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"step":"dance"}""")]
    [InlineData("""{"step":"warn","clock":"lunch","deadline":1}""")]
    [InlineData("[]")]
    public void What_is_no_command_is_told_so(string text) => Assert.Throws<FormatException>(() => CommandText.Read(text));
}
