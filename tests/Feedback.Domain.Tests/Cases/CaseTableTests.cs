using System.Collections.Frozen;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>Every command at every stage: done, or refused with the code told here.</summary>
public sealed class CaseTableTests
{
    private static readonly CaseId Other = CaseId.Of(Some.Bytes(9));
    private static readonly GiveFeedback Reached = new("phone", FeedbackOutcome.Reached, Text);

    // A hotline order stands for every stage but Verifying and Appealed, which only bad ratings have, and Merged, where a complaint is. The city
    // does what it alone may. All are about s-7, so that somebody is recused.
    private static readonly FrozenDictionary<CaseStage, Func<CaseDesk>> At = new Dictionary<CaseStage, Func<CaseDesk>>
    {
        [CaseStage.Registered] = () => Order().Do(Clerk, new ReturnCase("not ours")),
        [CaseStage.Dispatched] = () => Order(),
        [CaseStage.Verifying] = () => Open(CaseKind.BadRating),
        [CaseStage.Handling] = () => Order().Do(Clerk, new SignForCase()),
        [CaseStage.Appealed] = () => Open(CaseKind.BadRating).Do(Clerk, new AppealRating("self-rating")),
        [CaseStage.Handled] = () => Order().Do(Clerk, new SignForCase()).Do(Clerk, new HandleCase("done")),
        [CaseStage.Answered] = () => Order().Do(Clerk, new SignForCase()).Do(Clerk, new HandleCase("done")).Do(Clerk, Reached),
        [CaseStage.Closed] = () => Order().Do(Clerk, new SignForCase()).Do(Clerk, new HandleCase("done")).Do(Clerk, Reached).Do(Clerk, new CloseCase()),
        [CaseStage.Merged] = () => Open(change: intake => intake with { About = ["s-7"] }).Do(Clerk, new MergeCase(Other, CaseStage.Handling)),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (CaseActor Actor, CaseCommand Command)> Commands = new Dictionary<string, (CaseActor, CaseCommand)>
    {
        ["open"] = (Clerk, new OpenCase(Intake())),
        ["dispatch"] = (Clerk, new DispatchCase(new("n2"), [])),
        ["name-owner"] = (Supervisor, new NameOwner(Officer)),
        ["name-persons"] = (Clerk, new NamePersons(["s-3", "s-7"])),
        ["sign-for"] = (Clerk, new SignForCase()),
        ["return"] = (Clerk, new ReturnCase("not ours")),
        ["withdraw"] = (CaseActor.City, new WithdrawCase()),
        ["withdraw-office"] = (Supervisor, new WithdrawCase()),
        ["categorise"] = (Clerk, new CategoriseCase("fees")),
        ["merge"] = (Clerk, new MergeCase(Other, CaseStage.Handling)),
        ["absorb"] = (CaseActor.System, new AbsorbCase(Other, [])),
        ["note-progress"] = (Clerk, new NoteProgress(Text, Told: true)),
        ["attach"] = (CaseActor.Citizen, new AttachFile(Some.Bytes(3), "image/png", 9, Some.Bytes(4))),
        ["verify"] = (Officer, new VerifyRating(RatingFinding.True)),
        ["appeal"] = (Clerk, new AppealRating("self-rating")),
        ["decide-appeal"] = (Supervisor, new DecideAppeal(true, "self-rating")),
        ["exclude-rating"] = (Supervisor, new ExcludeBadRating("flagged")),
        ["handle"] = (Clerk, new HandleCase("done")),
        ["give-feedback"] = (Clerk, Reached),
        ["confirm"] = (CaseActor.Citizen, new ConfirmCase()),
        ["dispute"] = (CaseActor.Citizen, new DisputeCase()),
        ["call-back"] = (Supervisor, new CallCitizenBack(Reached: true)),
        ["call-back-city"] = (CaseActor.City, new CallCitizenBack(Reached: true)),
        ["city-call-back"] = (Supervisor, new CityCalledBack(Reached: true)),
        ["send-back"] = (Supervisor, new SendBackCase("unsolved")),
        ["close"] = (Clerk, new CloseCase()),
        ["close-imported"] = (CaseActor.System, new CloseImported()),
        ["reopen"] = (CaseActor.Citizen, new ReopenCase("unsolved")),
        ["urge"] = (CaseActor.Citizen, new UrgeCase("late")),
        ["supervise"] = (Supervisor, new SuperviseCase("late")),
        ["circulate"] = (Supervisor, new CirculateCase("late")),
        ["account-for"] = (CaseActor.System, new OpenAccountability("third-visit")),
        ["warn"] = (CaseActor.System, new WarnOfDeadline(ClockKind.Completion, Some.Morning + Some.Day)),
        ["escalate"] = (CaseActor.System, new EscalateCase(ClockKind.Completion, 1, "owner")),
        ["pause-clock"] = (Clerk, new PauseClock(ClockKind.Completion, "citizen away")),
        ["resume-clock"] = (Clerk, new ResumeClock(ClockKind.Completion)),
        ["change-limit"] = (Supervisor, new ChangeLimit(ClockKind.Completion, "9wd", "policy")),
        ["ask-extension"] = (Clerk, new AskExtension(ClockKind.Completion, "9wd", "survey")),
        ["decide-extension"] = (Supervisor, new DecideExtension(true)),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string?> Codes = new Dictionary<string, string?>
    {
        ["x"] = null,
        ["-"] = "step-not-now",
        ["ans"] = "answer-missing",
        ["clo"] = "case-closed",
        ["mer"] = "case-merged",
        ["exi"] = "case-exists",
        ["els"] = "case-elsewhere",
        ["bad"] = "merge-bad-rating",
        ["ord"] = "merge-hotline-order",
        ["imp"] = "not-imported",
        ["urg"] = "not-urged",
        ["sup"] = "not-supervised",
        ["app"] = "appeal-not-here",
        ["apo"] = "appeal-open",
        ["exc"] = "exclusion-not-here",
        ["run"] = "clock-not-running",
        ["pau"] = "clock-not-paused",
        ["psd"] = "clock-paused",
        ["ret"] = "clock-returned",
        ["ext"] = "extension-none",
    }.ToFrozenDictionary();

    [Theory]
    // Registered, Dispatched, Verifying, Handling, Appealed, Handled, Answered, Closed, Merged
    [InlineData("open             exi exi exi exi exi exi exi exi exi")]
    [InlineData("dispatch         x   x   x   x   -   -   -   clo mer")]
    [InlineData("name-owner       x   x   x   x   x   x   x   clo mer")]
    [InlineData("name-persons     x   x   x   x   x   x   x   clo mer")]
    [InlineData("sign-for         -   x   -   -   -   -   -   clo mer")]
    [InlineData("return           -   x   -   -   -   -   -   clo mer")]
    [InlineData("withdraw         x   -   els -   els -   -   clo els")]
    [InlineData("withdraw-office  x   -   -   -   -   -   -   clo mer")]
    [InlineData("categorise       x   x   x   x   x   x   x   clo mer")]
    [InlineData("merge            ord ord bad ord -   ord -   clo mer")]
    [InlineData("absorb           x   x   x   x   x   x   x   x   x")]
    [InlineData("note-progress    x   -   x   x   x   x   -   clo mer")]
    [InlineData("attach           x   x   x   x   x   x   x   clo mer")]
    [InlineData("verify           -   -   x   -   -   -   -   clo mer")]
    [InlineData("appeal           -   -   x   app -   -   -   clo mer")]
    [InlineData("decide-appeal    -   -   -   -   x   -   -   clo mer")]
    [InlineData("exclude-rating   exc exc x   exc apo exc exc exc mer")]
    [InlineData("handle           x   -   -   x   -   -   -   clo mer")]
    [InlineData("give-feedback    -   -   -   -   -   x   x   clo x")]
    [InlineData("confirm          ans ans ans ans ans ans x   x   mer")]
    [InlineData("dispute          ans ans ans ans ans ans x   clo mer")]
    [InlineData("call-back        ans ans ans ans ans ans x   clo mer")]
    [InlineData("call-back-city   ans ans els ans els ans x   x   els")]
    [InlineData("city-call-back   ans ans ans ans ans ans x   x   mer")]
    [InlineData("send-back        ans ans ans ans ans ans x   x   mer")]
    [InlineData("close            ans ans ans ans ans ans x   clo mer")]
    [InlineData("close-imported   imp imp imp imp imp imp imp clo mer")]
    [InlineData("reopen           -   -   -   -   -   -   -   x   mer")]
    [InlineData("urge             x   x   x   x   x   x   -   clo mer")]
    [InlineData("supervise        urg urg x   urg x   urg urg clo mer")]
    [InlineData("circulate        sup sup sup sup sup sup sup clo mer")]
    [InlineData("account-for      x   x   x   x   x   x   x   x   x")]
    [InlineData("warn             x   x   x   x   x   x   x   clo x")]
    [InlineData("escalate         x   x   x   x   x   x   x   clo x")]
    [InlineData("pause-clock      psd x   x   x   -   x   run clo mer")]
    [InlineData("resume-clock     ret pau pau pau -   pau pau clo mer")]
    [InlineData("change-limit     x   x   x   x   x   x   run clo mer")]
    [InlineData("ask-extension    x   x   x   x   -   x   -   clo mer")]
    [InlineData("decide-extension ext ext ext ext ext ext -   clo mer")]
    public void Each_command_is_possible_or_refused_at_each_stage(string row)
    {
        var cells = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (actor, command) = Commands[cells[0]];
        var told = Enum.GetValues<CaseStage>().Select(stage =>
        {
            var desk = At[stage]();
            Assert.Equal(stage, desk.State.Stage);
            return desk.Try(actor, command);
        });
        Assert.Equal(cells[1..].Select(cell => Codes[cell]), told);
    }

    [Fact]
    public void Every_row_of_the_table_is_tried() => Assert.Equal(
        CaseTable.Steps.Select(step => step.Command).OrderBy(type => type.Name),
        Commands.Values.Select(one => one.Command.GetType()).Where(type => type != typeof(OpenCase)).Distinct().OrderBy(type => type.Name));

    [Fact]
    public void Whoever_is_recused_takes_no_step_at_any_stage_and_is_offered_none()
    {
        CaseActor[] recused = [Rated, Head, Rated with { Supervises = NodeScope.At(Some.Hall) }, Head with { Supervises = NodeScope.Everywhere }];
        var tried = from stage in Enum.GetValues<CaseStage>()
                    from one in Commands
                    where one.Value.Command is not OpenCase
                    from actor in recused
                    select (stage, one.Key, actor.Name, Told: At[stage]().Try(actor, one.Value.Command));
        Assert.All(tried, one => Assert.Equal((one.stage, one.Key, one.Name, (string?)"recused"), one));
        Assert.All(
            from stage in Enum.GetValues<CaseStage>() from actor in recused select (Desk: At[stage](), Actor: actor),
            one => Assert.Empty(CaseTable.PossibleFor(one.Desk.State, one.Desk.Context(one.Actor))));
    }

    [Fact]
    public void Where_a_policy_lets_the_unit_verify_that_is_all_that_the_recused_are_offered()
    {
        var desk = Open(CaseKind.BadRating);
        desk.Terms = desk.Terms with { VerifiedBy = Reviewer.HandlingUnit };
        Assert.Equal(["verify"], CaseTable.PossibleFor(desk.State, desk.Context(Head)).Select(step => step.Word));
    }

    [Fact]
    public void A_page_shows_what_may_be_tried()
    {
        var desk = Open();
        Assert.Equal(
            ["dispatch", "name-owner", "name-persons", "categorise", "merge", "note-progress", "attach", "handle", "pause-clock", "resume-clock", "ask-extension"],
            CaseTable.PossibleFor(desk.State, desk.Context(Clerk)).Select(step => step.Word));
        Assert.Empty(CaseTable.PossibleFor(desk.State, desk.Context(Stranger)));
    }

    private static CaseDesk Order() => Open(CaseKind.HotlineOrder, intake => intake with { About = ["s-7"] });
}
