using System.Collections.Frozen;
using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Policies;
using static Feedback.Domain.Cases.CaseParty;

namespace Feedback.Domain.Cases;

/// <summary>A row of the table: who may do something at which stages.</summary>
public sealed class CaseStep
{
    private const int Stages = 9;

    private readonly string _cells;

    internal CaseStep(Type command, string word, string cells, CaseParty who)
    {
        (Command, Word, Who, _cells) = (command, word, who, cells.Replace(" ", "", StringComparison.Ordinal));
        if (_cells.Length != Stages)
            throw new ArgumentException($"'{cells}' has no {Stages} cells.", nameof(cells));
    }

    /// <summary>The command.</summary>
    public Type Command { get; }

    /// <summary>Its stable word.</summary>
    public string Word { get; }

    /// <summary>Who may do it.</summary>
    public CaseParty Who { get; }

    /// <summary>Whether it is about an answer, and so is not possible without one, even for a closed case that the city took back.</summary>
    public bool NeedsAnswer => _cells.Contains('a', StringComparison.Ordinal);

    /// <summary>Why it is not possible at a stage; null where it is.</summary>
    public Refusal? RefusedAt(CaseStage stage) => (_cells[(int)stage - 1], stage) switch
    {
        ('x', _) => null,
        ('a', _) => new Refusal("answer-missing"),
        (_, CaseStage.Closed) => new Refusal("case-closed"),
        (_, CaseStage.Merged) => new Refusal("case-merged"),
        _ => new Refusal("step-not-now", Value: stage.Word()),
    };
}

/// <summary>
/// The lifecycle of a case as a table: one row for each command, one column for each stage. <c>x</c> is possible, <c>.</c> is not,
/// and <c>a</c> is not before the citizen has an answer.
/// </summary>
public static class CaseTable
{
    private const CaseParty Office = Handler | Supervisor;

    /// <summary>Every row.</summary>
    public static readonly ImmutableArray<CaseStep> Steps =
    [
        // Registered, Dispatched, Verifying, Handling, Appealed, Handled, Answered, Closed, Merged
        //                                        Reg Dis Ver Han App Hnd Ans Clo Mer
        Row<DispatchCase>("dispatch",             "x   x   x   x   .   .   .   .   .", Office | City | CaseParty.System),
        Row<NameOwner>("name-owner",              "x   x   x   x   x   x   x   .   .", Office),
        Row<NamePersons>("name-persons",          "x   x   x   x   x   x   x   .   .", Office),
        Row<SignForCase>("sign-for",              ".   x   .   .   .   .   .   .   .", Lead),
        Row<ReturnCase>("return",                 ".   x   .   .   .   .   .   .   .", Lead),
        Row<WithdrawCase>("withdraw",             "x   .   .   .   .   .   .   .   .", Supervisor | City),
        Row<CategoriseCase>("categorise",         "x   x   x   x   x   x   x   .   .", Office | CaseParty.System),
        Row<MergeCase>("merge",                   "x   x   x   x   .   x   .   .   .", Office),
        Row<AbsorbCase>("absorb",                 "x   x   x   x   x   x   x   x   x", CaseParty.System),
        Row<NoteProgress>("note-progress",        "x   .   x   x   x   x   .   .   .", Handler),
        Row<AttachFile>("attach",                 "x   x   x   x   x   x   x   .   .", Office | Citizen | City | CaseParty.System),
        Row<VerifyRating>("verify",               ".   .   x   .   .   .   .   .   .", Office),
        Row<AppealRating>("appeal",               ".   .   x   x   .   .   .   .   .", Handler),
        Row<DecideAppeal>("decide-appeal",        ".   .   .   .   x   .   .   .   .", Supervisor),
        Row<ExcludeBadRating>("exclude-rating",   "x   x   x   x   x   x   x   x   .", Supervisor),
        Row<HandleCase>("handle",                 "x   .   .   x   .   .   .   .   .", Handler),
        Row<GiveFeedback>("give-feedback",        ".   .   .   .   .   x   x   .   x", Office | CaseParty.System),
        Row<ConfirmCase>("confirm",               "a   a   a   a   a   a   x   x   .", Citizen),
        Row<DisputeCase>("dispute",               "a   a   a   a   a   a   x   .   .", Citizen),
        Row<CallCitizenBack>("call-back",         "a   a   a   a   a   a   x   x   .", Office | City),
        Row<CityCalledBack>("city-call-back",     "a   a   a   a   a   a   x   x   .", Supervisor),
        Row<SendBackCase>("send-back",            "a   a   a   a   a   a   x   x   .", Supervisor | City),
        Row<CloseCase>("close",                   "a   a   a   a   a   a   x   .   .", Office | City | CaseParty.System),
        Row<CloseImported>("close-imported",      "x   x   x   x   x   x   x   .   .", CaseParty.System),
        Row<ReopenCase>("reopen",                 ".   .   .   .   .   .   .   x   .", Office | Citizen | City),
        Row<UrgeCase>("urge",                     "x   x   x   x   x   x   .   .   .", Supervisor | Citizen | City | CaseParty.System),
        Row<SuperviseCase>("supervise",           "x   x   x   x   x   x   x   .   .", Supervisor | City | CaseParty.System),
        Row<CirculateCase>("circulate",           "x   x   x   x   x   x   x   .   .", Supervisor | City | CaseParty.System),
        Row<OpenAccountability>("account-for",    "x   x   x   x   x   x   x   x   x", Supervisor | CaseParty.System),
        Row<WarnOfDeadline>("warn",               "x   x   x   x   x   x   x   .   x", CaseParty.System),
        Row<EscalateCase>("escalate",             "x   x   x   x   x   x   x   .   x", CaseParty.System),
        Row<PauseClock>("pause-clock",            "x   x   x   x   .   x   x   .   .", Office),
        Row<ResumeClock>("resume-clock",          "x   x   x   x   .   x   x   .   .", Office | CaseParty.System),
        Row<ChangeLimit>("change-limit",          "x   x   x   x   x   x   x   .   .", Supervisor | CaseParty.System),
        Row<AskExtension>("ask-extension",        "x   x   x   x   .   x   .   .   .", Handler),
        Row<DecideExtension>("decide-extension",  "x   x   x   x   x   x   .   .   .", Supervisor | City),
    ];

    private static readonly FrozenDictionary<Type, CaseStep> ByCommand = Steps.ToFrozenDictionary(step => step.Command);

    /// <summary>The row of a command; there is none for <see cref="OpenCase"/>, which is possible exactly once.</summary>
    public static CaseStep Of(CaseCommand command) => ByCommand[command.GetType()];

    /// <summary>
    /// Whether recusal keeps somebody from a step: from every one of the case, but that a place's policy may let the unit look into its bad
    /// ratings itself (谁办理谁负责).
    /// </summary>
    public static bool Recuses(Type command, CaseState state, CaseContext context) =>
        Recusal.Refuses(state, context.Actor, context.Line) is not null && !(command == typeof(VerifyRating) && context.Terms.VerifiedBy == Reviewer.HandlingUnit);

    /// <summary>What the actor may try with a case as it stands, such as the buttons of a page. The rules look closer.</summary>
    public static IEnumerable<CaseStep> PossibleFor(CaseState state, CaseContext context) => Steps.Where(step =>
        step.RefusedAt(state.Stage) is null
        && (step.Who & context.Actor.To(state, context.Tree, context.Today)) != None
        && !Recuses(step.Command, state, context)
        && (step.Command != typeof(VerifyRating) || Recusal.RefusesVerifying(state, context) is null)
        && (step.Command != typeof(ExcludeBadRating) || (state.AppealUpheld is null && Recusal.RefusesExcluding(state, context) is null))
        && (step.Command != typeof(WithdrawCase) || state.Returned)
        && (!IsOfTheCity(step.Command) || Recusal.RefusesForCity(state, context) is null));

    // What the city does itself or, where it has no way to do so here, supervision enters for it.
    private static bool IsOfTheCity(Type command) => command == typeof(WithdrawCase) || command == typeof(CityCalledBack);

    private static CaseStep Row<T>(string word, string cells, CaseParty who)
        where T : CaseCommand => new(typeof(T), word, cells, who);
}
