using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Tests.Support;

public static partial class StoredTexts
{
    private const string Tail = ",\"by\":\"account:li\",\"at\":1772415000000,\"day\":\"2026-03-02\"}";
    private const string Reference = "{\"ref\":\"ICEiIyQlJicoKSorLC0uLw\",\"hash\":\"EBESExQVFhcYGRobHB0eHw\"}";

    private static readonly PersonalReference Words = new(Some.Bytes(32), Some.Bytes(16));
    private static readonly CaseStamp Li = new(1_772_415_000_000, new DateOnly(2026, 3, 2), "account:li");
    private static readonly CaseId Other = CaseId.Of(Some.Bytes(0));

    private static IEnumerable<(string Name, JournalEvent Happened, string Text)> Cases()
    {
        yield return ("a case with everything",
            new CaseOpened
            {
                Salt = Some.Salt,
                Stamp = Li,
                Intake = new CaseIntake
                {
                    Number = "20260302-0000042-0",
                    Kind = CaseKind.BadRating,
                    Channel = CaseChannel.Automatic,
                    Node = new NodeId("n5"),
                    Lead = new NodeId("n3"),
                    Assisting = [new NodeId("n4"), new NodeId("n7")],
                    Category = "attitude",
                    External = new ExternalNumber("12345", "GD-7 \"A\""),
                    Rating = new CaseRating(new NodeId("n5"), 12, Grade.Dissatisfied, "s-7"),
                    About = ["s-8", "s-9"],
                    Anonymous = true,
                    Text = Words,
                    Contact = Words,
                    QueryCode = Some.Bytes(16),
                    Language = "zh-CN",
                    Imported = "paper-2026-02",
                    OccurredAt = new Moment(1_772_380_800_000, 480, DateOnly: true),
                },
                ToSign = true,
                Catalogue = 3,
                Policy = 4,
            },
            "{\"kind\":\"case.opened\"," + Head + ",\"number\":\"20260302-0000042-0\",\"about\":\"bad-rating\",\"channel\":\"automatic\",\"node\":\"n5\""
            + ",\"lead\":\"n3\",\"assisting\":[\"n4\",\"n7\"],\"category\":\"attitude\",\"external\":{\"source\":\"12345\",\"number\":\"GD-7 \\\"A\\\"\"}"
            + ",\"rating\":{\"window\":\"n5\",\"version\":12,\"grade\":2,\"staff\":\"s-7\"},\"staff\":[\"s-8\",\"s-9\"],\"anonymous\":true"
            + ",\"text\":" + Reference + ",\"contact\":" + Reference + ",\"query\":\"EBESExQVFhcYGRobHB0eHw\",\"language\":\"zh-CN\""
            + ",\"imported\":\"paper-2026-02\",\"occurred\":{\"at\":1772380800000,\"offset\":480,\"dateOnly\":true}"
            + ",\"toSign\":true,\"catalogue\":3,\"policy\":4" + Tail);
        yield return ("a case with nothing that may be missing",
            new CaseOpened
            {
                Salt = Some.Salt,
                Stamp = Li,
                Intake = new CaseIntake
                {
                    Number = "20260302-0000042-0",
                    Kind = CaseKind.Complaint,
                    Channel = CaseChannel.Window,
                    Node = new NodeId("n5"),
                    Lead = new NodeId("n3"),
                },
                Catalogue = 0,
                Policy = 0,
            },
            "{\"kind\":\"case.opened\"," + Head + ",\"number\":\"20260302-0000042-0\",\"about\":\"complaint\",\"channel\":\"window\",\"node\":\"n5\""
            + ",\"lead\":\"n3\",\"catalogue\":0,\"policy\":0" + Tail);
        yield return ("a case of a rating with a matter",
            new CaseOpened
            {
                Salt = Some.Salt,
                Stamp = Li,
                Intake = new CaseIntake
                {
                    Number = "20260302-0000042-0",
                    Kind = CaseKind.BadRating,
                    Channel = CaseChannel.Automatic,
                    Node = new NodeId("n5"),
                    Lead = new NodeId("n3"),
                    Rating = new CaseRating(new NodeId("n5"), 12, Grade.Dissatisfied, null, HasMatter: true),
                    Anonymous = true,
                },
                Catalogue = 0,
                Policy = 0,
            },
            "{\"kind\":\"case.opened\"," + Head + ",\"number\":\"20260302-0000042-0\",\"about\":\"bad-rating\",\"channel\":\"automatic\",\"node\":\"n5\""
            + ",\"lead\":\"n3\",\"rating\":{\"window\":\"n5\",\"version\":12,\"grade\":2,\"matter\":true},\"anonymous\":true,\"catalogue\":0,\"policy\":0" + Tail);
        yield return Case("a dispatch", "dispatched", ",\"lead\":\"n3\",\"assisting\":[\"n4\",\"n7\"],\"reason\":\"转办\"",
            new CaseDispatched { Salt = Some.Salt, Stamp = Li, Lead = new NodeId("n3"), Assisting = [new NodeId("n4"), new NodeId("n7")], Reason = "转办" });
        yield return Case("a dispatch by the city", "dispatched", ",\"lead\":\"n3\",\"city\":true",
            new CaseDispatched { Salt = Some.Salt, Stamp = Li, Lead = new NodeId("n3"), City = true });
        yield return Case("an owner", "owner-named", ",\"owner\":\"account:chen\"", new CaseOwnerNamed { Salt = Some.Salt, Stamp = Li, Owner = "account:chen" });
        yield return Case("an owner who is recused", "owner-released", "", new CaseOwnerReleased { Salt = Some.Salt, Stamp = Li });
        yield return Case("persons complained of", "persons-named", ",\"staff\":[\"s-8\",\"s-9\"]", new CasePersonsNamed { Salt = Some.Salt, Stamp = Li, Staff = ["s-8", "s-9"] });
        yield return Case("nobody complained of", "persons-named", "", new CasePersonsNamed { Salt = Some.Salt, Stamp = Li });
        yield return Case("a signature", "signed-for", "", new CaseSignedFor { Salt = Some.Salt, Stamp = Li });
        yield return Case("a return", "returned", ",\"reason\":\"not ours\"", new CaseReturned { Salt = Some.Salt, Stamp = Li, Reason = "not ours" });
        yield return Case("a category", "categorised", ",\"category\":\"fees\"", new CaseCategorised { Salt = Some.Salt, Stamp = Li, Category = "fees" });
        yield return Case("a merging", "merged", ",\"into\":\"qAAECAwQFBgcICQoLDA0ODw\"", new CaseMerged { Salt = Some.Salt, Stamp = Li, Into = Other });
        yield return Case("an absorption", "absorbed", ",\"other\":\"qAAECAwQFBgcICQoLDA0ODw\"", new CaseAbsorbed { Salt = Some.Salt, Stamp = Li, Other = Other });
        yield return Case("progress", "progressed", ",\"note\":" + Reference + ",\"told\":true", new CaseProgressed { Salt = Some.Salt, Stamp = Li, Note = Words, Told = true });
        yield return Case("a claim", "handled", ",\"result\":\"done\",\"note\":" + Reference, new CaseHandled { Salt = Some.Salt, Stamp = Li, Result = "done", Note = Words });
        yield return Case("an attachment", "attached",
            ",\"file\":\"ICEiIyQlJicoKSorLC0uLw\",\"type\":\"image/png\",\"size\":1024,\"hash\":\"EBESExQVFhcYGRobHB0eHw\"",
            new CaseAttached { Salt = Some.Salt, Stamp = Li, File = Some.Bytes(32), Type = "image/png", Size = 1024, Hash = Some.Bytes(16) });
        yield return Case("a verification", "verified", ",\"finding\":\"partly\"", new CaseVerified { Salt = Some.Salt, Stamp = Li, Finding = RatingFinding.Partly });
        yield return Case("an appeal", "appealed", ",\"reason\":\"self-rating\",\"words\":" + Reference,
            new CaseAppealed { Salt = Some.Salt, Stamp = Li, Reason = "self-rating", Words = Words });
        yield return Case("an upheld appeal", "appeal-decided", ",\"upheld\":true,\"reason\":\"self-rating\"",
            new CaseAppealDecided { Salt = Some.Salt, Stamp = Li, Upheld = true, Reason = "self-rating" });
        yield return Case("an urging", "urged", ",\"reason\":\"late\"", new CaseUrged { Salt = Some.Salt, Stamp = Li, Reason = "late" });
        yield return Case("a supervision", "supervised", ",\"reason\":\"late\"", new CaseSupervised { Salt = Some.Salt, Stamp = Li, Reason = "late" });
        yield return Case("a circulation", "circulated", ",\"reason\":\"late\"", new CaseCirculated { Salt = Some.Salt, Stamp = Li, Reason = "late" });
        yield return Case("an accountability", "accountability-opened", ",\"for\":\"overdue\",\"clock\":\"first-response\",\"deadline\":1772414000000",
            new CaseAccountabilityOpened { Salt = Some.Salt, Stamp = Li, For = "overdue", Clock = ClockKind.FirstResponse, Deadline = 1_772_414_000_000 });
        yield return Case("a warning", "warned", ",\"clock\":\"completion\",\"deadline\":1772414000000",
            new CaseWarned { Salt = Some.Salt, Stamp = Li, Clock = ClockKind.Completion, Deadline = 1_772_414_000_000 });
        yield return Case("an escalation", "escalated", ",\"clock\":\"completion\",\"deadline\":1772414000000,\"level\":2,\"to\":\"lead-manager\"",
            new CaseEscalated { Salt = Some.Salt, Stamp = Li, Clock = ClockKind.Completion, Deadline = 1_772_414_000_000, Level = 2, To = "lead-manager" });
        yield return Case("a clock that runs since before", "clock-marked", ",\"clock\":\"sign-for\",\"mark\":\"started\",\"limit\":\"1wd\",\"from\":1772414000000",
            new CaseClockMarked { Salt = Some.Salt, Stamp = Li, Clock = ClockKind.SignFor, Mark = ClockMarkKind.Started, Limit = "1wd", From = 1_772_414_000_000 });
        yield return Case("a clock that starts", "clock-marked", ",\"clock\":\"completion\",\"mark\":\"restarted\",\"limit\":\"15wd\",\"reason\":\"again\",\"done\":true,\"deadline\":1772416000000",
            new CaseClockMarked
            {
                Salt = Some.Salt,
                Stamp = Li,
                Clock = ClockKind.Completion,
                Mark = ClockMarkKind.Restarted,
                Limit = "15wd",
                Reason = "again",
                Done = true,
                Deadline = 1_772_416_000_000,
            });
        yield return Case("an extension asked for", "extension-asked", ",\"clock\":\"completion\",\"limit\":\"20wd\",\"reason\":\"survey\"",
            new CaseExtensionAsked { Salt = Some.Salt, Stamp = Li, Clock = ClockKind.Completion, Limit = "20wd", Reason = "survey" });
        yield return Case("an extension granted", "extension-decided", ",\"granted\":true,\"reason\":\"survey\"",
            new CaseExtensionDecided { Salt = Some.Salt, Stamp = Li, Granted = true, Reason = "survey" });
    }

    private static IEnumerable<(string Name, JournalEvent Happened, string Text)> CaseAnswers()
    {
        yield return Case("feedback", "feedback-given", ",\"channel\":\"phone\",\"outcome\":\"reached\",\"words\":" + Reference + ",\"callBack\":true",
            new CaseFeedbackGiven { Salt = Some.Salt, Stamp = Li, Channel = "phone", Outcome = FeedbackOutcome.Reached, Words = Words, CallBack = true });
        yield return Case("a last attempt", "feedback-given", ",\"channel\":\"phone\",\"outcome\":\"not-reached\",\"unreachable\":true",
            new CaseFeedbackGiven { Salt = Some.Salt, Stamp = Li, Channel = "phone", Outcome = FeedbackOutcome.NotReached, Unreachable = true });
        yield return Case("a confirmation", "confirmed", ",\"grade\":4", new CaseConfirmed { Salt = Some.Salt, Stamp = Li, Grade = Grade.Satisfied });
        yield return Case("a dispute", "disputed", ",\"words\":" + Reference, new CaseDisputed { Salt = Some.Salt, Stamp = Li, Words = Words });
        yield return Case("a call back", "called-back", ",\"city\":true,\"reached\":true,\"solved\":0,\"grade\":2,\"words\":" + Reference,
            new CaseCalledBack { Salt = Some.Salt, Stamp = Li, City = true, Reached = true, Solved = false, Grade = Grade.Dissatisfied, Words = Words });
        yield return Case("a last call", "called-back", ",\"unreachable\":true",
            new CaseCalledBack { Salt = Some.Salt, Stamp = Li, Reached = false, Unreachable = true });
        yield return Case("a sending back", "sent-back", ",\"reason\":\"unsolved\"", new CaseSentBack { Salt = Some.Salt, Stamp = Li, Reason = "unsolved" });
        yield return Case("a closing", "closed", ",\"ending\":\"confirmed\"", new CaseClosed { Salt = Some.Salt, Stamp = Li, Ending = CaseEnding.Confirmed });
        yield return Case("a reopening", "reopened", ",\"reason\":\"again\",\"words\":" + Reference,
            new CaseReopened { Salt = Some.Salt, Stamp = Li, Reason = "again", Words = Words });
    }

    private static (string, JournalEvent, string) Case(string name, string kind, string members, CaseEvent happened) =>
        (name, happened, "{\"kind\":\"case." + kind + "\"," + Head + members + Tail);
}
