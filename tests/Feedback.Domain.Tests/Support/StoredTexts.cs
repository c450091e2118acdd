using Feedback.Domain.Access;
using Feedback.Domain.Audit;
using Feedback.Domain.Cases;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Matters;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.Supervision;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Tests.Support;

/// <summary>
/// Events of every kind beside the bytes that keep them. The texts were written by hand from the format's description. They are
/// read in ten years: a text that no longer fits is a broken format, never a text to be brought up to date.
/// </summary>
public static partial class StoredTexts
{
    private const string Head = "\"v\":1,\"salt\":\"AAECAwQFBgcICQoLDA0ODw\"";
    private const string Head2 = "\"v\":2,\"salt\":\"AAECAwQFBgcICQoLDA0ODw\"";
    private const string Hash = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

    /// <summary>Each event with its text, by a name for the test's report.</summary>
    public static readonly IReadOnlyDictionary<string, (JournalEvent Happened, string Text)> All = Window().Concat(Bureau()).Concat(Trail()).Concat(Policies()).Concat(Cases()).Concat(CaseAnswers()).Concat(ServiceMatters()).Concat(Paper())
        .ToDictionary(one => one.Name, one => (one.Happened, one.Text));

    /// <summary>Texts of earlier versions, which are read for good, beside the events of today that they are read as.</summary>
    public static readonly IReadOnlyDictionary<string, (JournalEvent Happened, string Text)> Earlier = new Dictionary<string, (JournalEvent, string)>
    {
        ["a device key of version 1"] = (
            new DeviceKeyIssued { Salt = Some.Salt, Key = "k1", Terminal = "t1", Scope = new NodeId("n3"), Hash = Hash, At = 1_772_415_000_000 },
            "{\"kind\":\"device-key.issued\"," + Head + ",\"key\":\"k1\",\"terminal\":\"t1\",\"scope\":\"n3\",\"hash\":\"" + Hash
            + "\",\"at\":1772415000000}"),
        ["a token of version 1"] = (
            new ApiTokenIssued
            {
                Salt = Some.Salt,
                Key = "k2",
                Scope = new NodeId("n1"),
                Hash = Hash,
                Permissions = [Permission.ReadReleased, Permission.ReadFigures],
                At = 1_772_415_000_000,
            },
            "{\"kind\":\"api-token.issued\"," + Head + ",\"key\":\"k2\",\"scope\":\"n1\",\"hash\":\"" + Hash + "\",\"at\":1772415000000}"),
    };

    private static IEnumerable<(string Name, JournalEvent Happened, string Text)> Window()
    {
        yield return ("an evaluation with everything",
            new EvaluationAccepted
            {
                Salt = Some.Salt,
                Evaluation = new Evaluation
                {
                    Id = "e-1",
                    Source = "kiosk \"A\"",
                    Window = new NodeId("n5"),
                    OccurredAt = new Moment(1_772_415_000_000, 480),
                    Grade = Grade.Dissatisfied,
                    Origin = Origin.Active,
                    Dimensions = [new DimensionGrade("attitude", Grade.VeryDissatisfied), new DimensionGrade("style", Grade.Satisfied)],
                    ServiceItem = "permit",
                    Staff = "s-7",
                    Channel = Channel.Qr,
                    Reasons = ["slow", "态度"],
                    Language = "zh-CN",
                },
                Matter = new MatterReference(Some.Bytes(16), Some.Bytes(32)),
                Comment = new PersonalReference(Some.Bytes(32), Some.Bytes(16)),
                Admission = new Admission
                {
                    ReceivedAt = 1_772_415_001_000,
                    Terminal = "t1",
                    Key = "k1",
                    Signature = "c2ln",
                    Hall = new NodeId("n3"),
                    Parent = new NodeId("n4"),
                    Day = new DateOnly(2026, 3, 2),
                    Hour = 9,
                    Staff = "s-8",
                    Scheme = 2,
                    Catalogue = 3,
                    Policy = 4,
                    Flags = ["uncatalogued"],
                    Uncatalogued = ["reason:态度"],
                    Imported = "paper-2026-02",
                },
            },
            "{\"kind\":\"evaluation.accepted\"," + Head
            + ",\"claim\":{\"id\":\"e-1\",\"source\":\"kiosk \\\"A\\\"\",\"window\":\"n5\",\"at\":1772415000000,\"offset\":480"
            + ",\"grade\":2,\"origin\":\"active\",\"dimensions\":{\"attitude\":1,\"style\":4},\"serviceItem\":\"permit\",\"staff\":\"s-7\""
            + ",\"channel\":\"qr\",\"reasons\":[\"slow\",\"态度\"],\"language\":\"zh-CN\""
            + ",\"matter\":{\"hash\":\"EBESExQVFhcYGRobHB0eHw\",\"ref\":\"ICEiIyQlJicoKSorLC0uLw\"}"
            + ",\"comment\":{\"ref\":\"ICEiIyQlJicoKSorLC0uLw\",\"hash\":\"EBESExQVFhcYGRobHB0eHw\"}}"
            + ",\"set\":{\"receivedAt\":1772415001000,\"terminal\":\"t1\",\"key\":\"k1\",\"signature\":\"c2ln\",\"hall\":\"n3\",\"parent\":\"n4\""
            + ",\"day\":\"2026-03-02\",\"hour\":9,\"staff\":\"s-8\",\"scheme\":2,\"catalogue\":3,\"policy\":4"
            + ",\"flags\":[\"uncatalogued\"],\"uncatalogued\":[\"reason:态度\"],\"imported\":\"paper-2026-02\"}}");
        yield return ("an evaluation with nothing that may be missing",
            new EvaluationAccepted
            {
                Salt = Some.Salt,
                Evaluation = new Evaluation
                {
                    Id = "2",
                    Source = "t1",
                    Window = new NodeId("n5"),
                    OccurredAt = new Moment(1_772_380_800_000, 480, DateOnly: true),
                    Origin = Origin.Declined,
                    Channel = Channel.Paper,
                },
                Admission = new Admission
                {
                    ReceivedAt = 1_772_415_001_000,
                    Terminal = "import",
                    Hall = new NodeId("n3"),
                    Parent = new NodeId("n3"),
                    Day = new DateOnly(2026, 3, 2),
                    Scheme = 0,
                    Catalogue = 0,
                    Policy = 0,
                },
            },
            "{\"kind\":\"evaluation.accepted\"," + Head
            + ",\"claim\":{\"id\":\"2\",\"source\":\"t1\",\"window\":\"n5\",\"at\":1772380800000,\"offset\":480,\"dateOnly\":true"
            + ",\"origin\":\"declined\",\"channel\":\"paper\"}"
            + ",\"set\":{\"receivedAt\":1772415001000,\"terminal\":\"import\",\"hall\":\"n3\",\"parent\":\"n3\",\"day\":\"2026-03-02\""
            + ",\"scheme\":0,\"catalogue\":0,\"policy\":0}}");
        yield return ("a finished matter",
            new MatterFinished
            {
                Salt = Some.Salt,
                Source = "oa",
                Matter = new MatterReference(Some.Bytes(16), null),
                ServiceItem = "permit",
                Staff = "s-7",
                FinishedAt = new Moment(1_772_415_000_000, -210),
                Rateable = true,
                Admission = Some.Admission(),
            },
            "{\"kind\":\"matter.finished\"," + Head
            + ",\"claim\":{\"source\":\"oa\",\"matter\":{\"hash\":\"EBESExQVFhcYGRobHB0eHw\"},\"serviceItem\":\"permit\",\"staff\":\"s-7\""
            + ",\"at\":1772415000000,\"offset\":-210}"
            + ",\"set\":{\"receivedAt\":1772415001000,\"terminal\":\"t1\",\"key\":\"k1\",\"hall\":\"n3\",\"parent\":\"n3\",\"day\":\"2026-03-02\""
            + ",\"hour\":9,\"scheme\":0,\"catalogue\":0,\"policy\":0}}");
        yield return ("a finished matter that nobody is asked to rate",
            new MatterFinished
            {
                Salt = Some.Salt,
                Source = "oa",
                Matter = new MatterReference(Some.Bytes(16), Some.Bytes(32)),
                FinishedAt = new Moment(1_772_415_000_000, 480),
                Rateable = false,
                Admission = Some.Admission(),
            },
            "{\"kind\":\"matter.finished\"," + Head
            + ",\"claim\":{\"source\":\"oa\",\"matter\":{\"hash\":\"EBESExQVFhcYGRobHB0eHw\",\"ref\":\"ICEiIyQlJicoKSorLC0uLw\"}"
            + ",\"at\":1772415000000,\"offset\":480},\"unrateable\":true"
            + ",\"set\":{\"receivedAt\":1772415001000,\"terminal\":\"t1\",\"key\":\"k1\",\"hall\":\"n3\",\"parent\":\"n3\",\"day\":\"2026-03-02\""
            + ",\"hour\":9,\"scheme\":0,\"catalogue\":0,\"policy\":0}}");
        yield return ("staff signed in", new StaffSignedIn { Salt = Some.Salt, Staff = "s-7", At = 1_772_415_000_000 },
            "{\"kind\":\"staff.signed-in\"," + Head + ",\"staff\":\"s-7\",\"at\":1772415000000}");
        yield return ("staff signed out", new StaffSignedOut { Salt = Some.Salt, Staff = "s-7", At = 1_772_415_000_000 },
            "{\"kind\":\"staff.signed-out\"," + Head + ",\"staff\":\"s-7\",\"at\":1772415000000}");
        yield return ("an exclusion", new EvaluationExcluded { Salt = Some.Salt, Evaluation = 12, Reason = "self-rating", At = 1_772_415_000_000 },
            "{\"kind\":\"evaluation.excluded\"," + Head + ",\"evaluation\":12,\"reason\":\"self-rating\",\"at\":1772415000000}");
        yield return ("a reinstatement", new EvaluationReinstated { Salt = Some.Salt, Evaluation = 12, Reason = "appeal", At = 1_772_415_000_000 },
            "{\"kind\":\"evaluation.reinstated\"," + Head + ",\"evaluation\":12,\"reason\":\"appeal\",\"at\":1772415000000}");
        yield return ("an erasure",
            new PersonalTextErased { Salt = Some.Salt, Of = 12, Ref = Some.Bytes(32), Reason = "asked", At = 1_772_415_000_000 },
            "{\"kind\":\"personal.erased\"," + Head + ",\"of\":12,\"ref\":\"ICEiIyQlJicoKSorLC0uLw\",\"reason\":\"asked\",\"at\":1772415000000}");
        yield return ("an unmasking",
            new IdentityUnmasked { Salt = Some.Salt, Window = new NodeId("n5"), Evaluation = 12, By = "account:li", Reason = "投诉核实", At = 1_772_415_000_000 },
            "{\"kind\":\"identity.unmasked\"," + Head + ",\"window\":\"n5\",\"evaluation\":12,\"by\":\"account:li\",\"reason\":\"投诉核实\",\"at\":1772415000000}");
        yield return ("a contact that was told",
            new ContactTold
            {
                Salt = Some.Salt,
                Case = CaseId.Of(Some.Bytes(0)),
                Node = new NodeId("n5"),
                Lead = new NodeId("n3"),
                By = "account:li",
                Reason = "回访投诉人",
                At = 1_772_415_000_000,
            },
            "{\"kind\":\"contact.told\"," + Head + ",\"case\":\"qAAECAwQFBgcICQoLDA0ODw\",\"node\":\"n5\",\"lead\":\"n3\",\"by\":\"account:li\",\"reason\":\"回访投诉人\",\"at\":1772415000000}");
    }

    private static IEnumerable<(string Name, JournalEvent Happened, string Text)> Trail()
    {
        yield return ("an act with everything",
            new AuditRecorded
            {
                Salt = Some.Salt,
                Act = "identity.unmasked",
                Actor = "account:lin",
                Target = "n5#344",
                Node = new NodeId("n5"),
                Reason = "回访 \"call back\"",
                Address = "10.1.2.3",
                At = 1_772_415_000_000,
            },
            "{\"kind\":\"audit.recorded\"," + Head + ",\"act\":\"identity.unmasked\",\"actor\":\"account:lin\",\"target\":\"n5#344\",\"node\":\"n5\""
            + ",\"reason\":\"回访 \\\"call back\\\"\",\"address\":\"10.1.2.3\",\"at\":1772415000000}");
        yield return ("an act of the command line",
            new AuditRecorded { Salt = Some.Salt, Act = "derived.rebuilt", Actor = "verb", At = 1_772_415_000_000 },
            "{\"kind\":\"audit.recorded\"," + Head + ",\"act\":\"derived.rebuilt\",\"actor\":\"verb\",\"at\":1772415000000}");
        yield return ("a checkpoint",
            new CheckpointMade { Salt = Some.Salt, Text = "{\"v\":1}", Signature = "MEUCIQ==" },
            "{\"kind\":\"checkpoint.made\"," + Head + ",\"text\":\"{\\\"v\\\":1}\",\"signature\":\"MEUCIQ==\"}");
        yield return ("refusals counted together",
            new AuditRecorded
            {
                Salt = Some.Salt,
                Act = "charts",
                Actor = "token:k4",
                Reason = "forbidden",
                Address = "2001:db8::7",
                Refused = true,
                At = 1_772_415_059_999,
                Count = 12_345,
                FirstAt = 1_772_415_000_000,
            },
            "{\"kind\":\"audit.recorded\"," + Head + ",\"act\":\"charts\",\"actor\":\"token:k4\",\"reason\":\"forbidden\",\"address\":\"2001:db8::7\""
            + ",\"refused\":true,\"at\":1772415059999,\"count\":12345,\"firstAt\":1772415000000}");
    }
}
