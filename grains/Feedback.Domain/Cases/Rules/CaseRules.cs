using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Cases;

/// <summary>
/// What a command does to a case: events, and work in other streams; or a refusal, and nothing happens. Pure: the same state,
/// command and context give the same but for the salts.
/// </summary>
public static partial class CaseRules
{
    /// <summary>What an accountability event for a deadline that passed is for.</summary>
    public const string ForOverdue = CaseReasons.Overdue;

    /// <summary>Natural days: an order of the hotline that was sent longer ago than this runs from its opening here on.</summary>
    public const int OldestOrder = 30;

    /// <summary>The most files of a case.</summary>
    public const int MostFiles = 10;

    /// <summary>Decides one command.</summary>
    /// <param name="state">The case as its stream tells it.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="context">Who wants it, when, and what they are bound by.</param>
    public static CaseDecision Decide(CaseState state, CaseCommand command, CaseContext context)
    {
        var steps = new CaseSteps(state, context);
        var refusal = Refused(state, command, context) ?? Do(command, steps);
        // Imported history has no consequences, but what was merged into it is owed its answer all the same.
        return refusal is null
            ? new CaseDecision(steps.Events, steps.State.Opened?.Intake.Imported is null ? steps.FollowUps : [.. steps.FollowUps.Where(one => one is AnswerAbsorbed)], steps.State, null)
            : new CaseDecision([], [], state, refusal);
    }

    /// <summary>Whether somebody of the office may now do what takes reaching the citizen: tell the answer, or call back.</summary>
    /// <param name="state">The case as its stream tells it.</param>
    /// <param name="context">Who wants to, and when.</param>
    public static bool MayReach(CaseState state, CaseContext context) => context.Actor.IsOffice
        && ((CaseCommand[])[new GiveFeedback("phone", FeedbackOutcome.NotReached, null), new CallCitizenBack(Reached: false)])
            .Any(attempt => Decide(state, attempt, context with { Salt = () => default, Expected = null }).Refusal is null);

    private static Refusal? Refused(CaseState state, CaseCommand command, CaseContext context)
    {
        if (command is OpenCase)
            return state.Opened is null ? null : new Refusal("case-exists");
        if (state.Opened is null)
            return new Refusal("case-unknown");
        var (step, actor) = (CaseTable.Of(command), context.Actor);
        var party = actor.To(state, context.Tree, context.Today);
        if (party == CaseParty.None)
            return new Refusal("case-elsewhere");
        if (CaseTable.Recuses(step.Command, state, context))
            return new Refusal("recused");
        if ((party & step.Who) == CaseParty.None)
            return new Refusal("step-not-yours", Value: step.Word);
        if (context.Expected is { } expected && expected != state.Version)
            return new Refusal("version-stale", Value: Invariant(state.Version));
        if (step.RefusedAt(state.Stage) is { } notNow)
            return notNow;
        if (step.NeedsAnswer && state.Answer is null)
            return new Refusal("answer-missing");
        return command is ReasonedCommand { Reason: var reason } && string.IsNullOrWhiteSpace(reason) ? new Refusal("reason-missing", "reason") : null;
    }

    private static Refusal? Do(CaseCommand command, CaseSteps steps) => command switch
    {
        OpenCase c => Open(c, steps),
        DispatchCase c => Dispatch(c, steps),
        NameOwner c => Name(c, steps),
        NamePersons c => Complained(c, steps),
        SignForCase => SignFor(steps),
        ReturnCase c => Return(c, steps),
        WithdrawCase => Withdraw(steps),
        CategoriseCase c => Categorise(c, steps),
        MergeCase c => Merge(c, steps),
        AbsorbCase c => Absorb(c, steps),
        NoteProgress c => Progress(c, steps),
        AttachFile c => Attach(c, steps),
        VerifyRating c => Verify(c, steps),
        AppealRating c => Appeal(c, steps),
        DecideAppeal c => Decide(c, steps),
        ExcludeBadRating c => Exclude(c, steps),
        HandleCase c => Handle(c, steps),
        GiveFeedback c => Tell(c, steps),
        ConfirmCase c => Confirm(c, steps),
        DisputeCase c => Dispute(c, steps),
        CallCitizenBack c => CallBack(c, steps, city: steps.Context.Actor.Outside == CaseParty.City),
        CityCalledBack c => Recusal.RefusesForCity(steps.State, steps.Context) ?? CallBack(new CallCitizenBack(c.Reached, c.Solved, c.Grade, c.Words), steps, city: true),
        SendBackCase c => SendBack(c, steps),
        CloseCase => Close(steps),
        CloseImported => CloseAsImported(steps),
        ReopenCase c => Reopen(c, steps),
        UrgeCase c => Urge(c, steps),
        SuperviseCase c => Supervise(c, steps),
        CirculateCase c => Circulate(c, steps),
        OpenAccountability c => AccountFor(c, steps),
        WarnOfDeadline c => Warn(c, steps),
        EscalateCase c => Escalate(c, steps),
        PauseClock c => Pause(c, steps),
        ResumeClock c => Resume(c, steps),
        ChangeLimit c => Change(c, steps),
        AskExtension c => Ask(c, steps),
        DecideExtension c => Decide(c, steps),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No such command."),
    };

    // Whoever of those who handle it acts first on a case that nobody owns answers for it, unless they are recused.
    private static void OwnAsHandler(CaseSteps steps)
    {
        if ((steps.Context.Actor.To(steps.State, steps.Context.Tree, steps.Context.Today) & CaseParty.Handler) != CaseParty.None)
            Own(steps);
    }

    private static void Own(CaseSteps steps)
    {
        if (steps.State.Owner is null && steps.Context.Actor.IsOffice && Recusal.Refuses(steps.State, steps.Context.Actor, steps.Context.Line) is null)
            steps.Then(new CaseOwnerNamed { Salt = steps.Salt(), Stamp = steps.Stamp, Owner = steps.Context.Actor.Name });
    }

    private static Refusal? UnknownNode(CaseSteps steps, NodeId node, string field) =>
        steps.Context.Tree.Find(node) is null ? new Refusal("node-unknown", field, node.Value) : null;

    private static string Invariant(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
