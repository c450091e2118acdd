using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>What somebody wants to do with a case. Reasons are short words without numbers and addresses of persons.</summary>
public abstract record CaseCommand;

/// <summary>A command that is refused without a reason.</summary>
/// <param name="Reason">Why.</param>
public abstract record ReasonedCommand(string Reason) : CaseCommand;

/// <summary>Opens the case (登记). The actor is who received it.</summary>
/// <param name="Intake">What is known of it.</param>
public sealed record OpenCase(CaseIntake Intake) : CaseCommand
{
    /// <summary>How long the city gives its order, such as <c>5wd</c>, in place of what the policies say; null for that.</summary>
    public string? Limit { get; init; }

    /// <summary>Until when the city wants its order done, milliseconds UTC, where it gives no limit; null for neither.</summary>
    public long? Due { get; init; }
}

/// <summary>Sends it to a lead unit and assisting ones (派单, 转办).</summary>
public sealed record DispatchCase(NodeId Lead, ImmutableArray<NodeId> Assisting, string? Reason = null) : CaseCommand;

/// <summary>Names who answers for it.</summary>
/// <param name="Owner">The account, with the facts that recusal asks for.</param>
public sealed record NameOwner(CaseActor Owner) : CaseCommand;

/// <summary>Names who is complained of, in place of whoever was named before; who was rated stays complained of.</summary>
/// <param name="Staff">Their staff codes; none for nobody.</param>
public sealed record NamePersons(ImmutableArray<string> Staff) : CaseCommand;

/// <summary>Signs for it (签收).</summary>
public sealed record SignForCase : CaseCommand;

/// <summary>Returns it (退回).</summary>
public sealed record ReturnCase(string Reason) : ReasonedCommand(Reason);

/// <summary>The city takes a returned order back and answers the citizen itself; supervision enters it where the city cannot do so here.</summary>
public sealed record WithdrawCase : CaseCommand;

/// <summary>Puts it into a category that the catalogue has.</summary>
public sealed record CategoriseCase(string Category) : CaseCommand;

/// <summary>Merges it into another (并案).</summary>
/// <param name="Into">The case that goes on.</param>
/// <param name="IntoStage">Where that one stands; null when there is none.</param>
public sealed record MergeCase(CaseId Into, CaseStage? IntoStage) : CaseCommand;

/// <summary>Hears that another case goes on as this one.</summary>
/// <param name="Other">The other case.</param>
/// <param name="With">Cases that had been merged into that one.</param>
public sealed record AbsorbCase(CaseId Other, ImmutableArray<CaseId> With) : CaseCommand
{
    /// <summary>Staff codes of those who are complained of in the other case: they are so here, too.</summary>
    public ImmutableArray<string> About { get; init; } = [];
}

/// <summary>Notes progress, told to the citizen or not.</summary>
public sealed record NoteProgress(PersonalReference? Note, bool Told) : CaseCommand;

/// <summary>Attaches a file that was checked.</summary>
public sealed record AttachFile(Opaque File, string Type, long Size, Opaque Hash) : CaseCommand;

/// <summary>Looks into a bad rating (核实).</summary>
public sealed record VerifyRating(RatingFinding Finding) : CaseCommand;

/// <summary>Appeals against a bad rating (申诉).</summary>
public sealed record AppealRating(string Reason, PersonalReference? Words = null) : ReasonedCommand(Reason);

/// <summary>Decides the appeal.</summary>
public sealed record DecideAppeal(bool Upheld, string Reason) : ReasonedCommand(Reason);

/// <summary>Excludes a bad rating against which nobody appealed, such as one that was flagged.</summary>
public sealed record ExcludeBadRating(string Reason) : ReasonedCommand(Reason);

/// <summary>Claims that it is done (办理完毕).</summary>
/// <param name="Result">The result's code.</param>
/// <param name="Note">What was done.</param>
public sealed record HandleCase(string Result, PersonalReference? Note = null) : CaseCommand;

/// <summary>Tells the citizen the answer, or tells that it was tried (反馈).</summary>
public sealed record GiveFeedback(string Channel, FeedbackOutcome Outcome, PersonalReference? Words) : CaseCommand;

/// <summary>The citizen says that it is solved.</summary>
public sealed record ConfirmCase(Grade? Grade = null) : CaseCommand;

/// <summary>The citizen says that it is not solved.</summary>
public sealed record DisputeCase(PersonalReference? Words = null) : CaseCommand;

/// <summary>Tells what a call back gave (回访); of the city when the city acts.</summary>
public sealed record CallCitizenBack(bool Reached, bool? Solved = null, Grade? Grade = null, PersonalReference? Words = null) : CaseCommand;

/// <summary>Supervision enters what a call back of the city gave, where the city cannot do so here.</summary>
public sealed record CityCalledBack(bool Reached, bool? Solved = null, Grade? Grade = null, PersonalReference? Words = null) : CaseCommand;

/// <summary>Sends an answered case back (重办).</summary>
public sealed record SendBackCase(string Reason) : ReasonedCommand(Reason);

/// <summary>Closes it (结案).</summary>
public sealed record CloseCase : CaseCommand;

/// <summary>Closes an imported case that was closed where it came from.</summary>
public sealed record CloseImported : CaseCommand;

/// <summary>Opens a closed case again.</summary>
public sealed record ReopenCase(string Reason, PersonalReference? Words = null) : ReasonedCommand(Reason);

/// <summary>Asks to hurry (催办).</summary>
public sealed record UrgeCase(string Reason) : ReasonedCommand(Reason);

/// <summary>Puts it under supervision (督办).</summary>
public sealed record SuperviseCase(string Reason) : ReasonedCommand(Reason);

/// <summary>Criticises the unit before all others (通报).</summary>
public sealed record CirculateCase(string Reason) : ReasonedCommand(Reason);

/// <summary>Opens an accountability event. One for a deadline is taken once, and only while it is past and its clock runs.</summary>
public sealed record OpenAccountability(string For, ClockKind? Clock = null, long? Deadline = null) : CaseCommand;

/// <summary>Warns of a deadline that comes near; once for each deadline, and only while its clock runs and it is not past.</summary>
public sealed record WarnOfDeadline(ClockKind Clock, long Deadline) : CaseCommand;

/// <summary>Tells somebody further up of a deadline that passed; each step once, one after the other.</summary>
/// <param name="Clock">The clock.</param>
/// <param name="Level">The step, from 1.</param>
/// <param name="To">Who is told.</param>
public sealed record EscalateCase(ClockKind Clock, int Level, string To) : CaseCommand;

/// <summary>Lets a clock stand still.</summary>
public sealed record PauseClock(ClockKind Clock, string Reason) : ReasonedCommand(Reason);

/// <summary>Lets a clock run on.</summary>
public sealed record ResumeClock(ClockKind Clock) : CaseCommand;

/// <summary>Gives a clock another limit, from its start on.</summary>
public sealed record ChangeLimit(ClockKind Clock, string Limit, string Reason) : ReasonedCommand(Reason);

/// <summary>Asks for more time, before the deadline (延期).</summary>
public sealed record AskExtension(ClockKind Clock, string Limit, string Reason) : ReasonedCommand(Reason);

/// <summary>Decides about more time.</summary>
public sealed record DecideExtension(bool Granted, string? Reason = null) : CaseCommand;
