using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Domain.Personal;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Tallies;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;
using Feedback.Grains.Cluster;
using Feedback.Grains.Lookups;
using Feedback.Grains.Paper;
using Feedback.Grains.Platform;
using Feedback.Grains.ServiceMatters;
using Feedback.Grains.Tallies;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Tests.Wire;

/// <summary>
/// One rich value of everything that travels or is kept, by a name that is never used again for another value. Members that come
/// later get another value under another name.
/// </summary>
internal static class Goldens
{
    /// <summary>What travels between silos.</summary>
    public static readonly IReadOnlyDictionary<string, object> Travelling = new Dictionary<string, object>
    {
        ["a node id"] = new NodeId("n17"),
        ["a tally"] = Tally(),
        ["a sender"] = new Sender("t1", "k1", "import-7", StaffPresent: true),
        ["a refusal"] = new Refusal("grade-out-of-range", "grade", "6", Retryable: true),
        ["an evaluation claim"] = Claim(),
        ["an invited claim"] = Claim() with { Matter = null, MatterHash = Hash() },
        ["a matter claim"] = Finished(),
        ["a submission"] = new Submission([Claim(), Finished()], new Sender("t1", "k1")),
        ["a claim result"] = new ClaimResult(ClaimStatus.Accepted, 42, "2bb80d53"),
        ["a refused claim result"] = new ClaimResult(ClaimStatus.Refused, Refusal: new Refusal("busy", Retryable: true)),
        ["an outcome"] = new Outcome(7, new Refusal("evaluation-unknown", "version", "9")),
        ["a rating's standing"] = new RatingStanding(true, true, new DateOnly(2026, 3, 2), "2bb80d53", true),
        ["a day"] = new DayTally(new DateOnly(2026, 3, 2), 42, Tally()),
        ["a child's report"] = new ChildReport(new NodeId("n17"), "epoch-1", 40, 42, [new DayTally(new DateOnly(2026, 3, 2), 42, Tally())]),
        ["a node's days"] = new NodeDays(
            new FigureMark("epoch-1", 42),
            [new DayTally(new DateOnly(2026, 3, 2), 42, Tally())],
            ImmutableDictionary<NodeId, ImmutableArray<DayTally>>.Empty.Add(new NodeId("n17"), [new DayTally(new DateOnly(2026, 3, 2), 42, Tally())])),
        ["how a silo fares"] = new SiloReport
        {
            At = Moment(60),
            Version = "0.4.0",
            StartedAt = Moment(0),
            IsDraining = true,
            Windows = 12,
            Tallies = 5,
            JournalWaiting = 3,
            JournalMostWaiting = 8192,
            JournalOldest = TimeSpan.FromMilliseconds(12),
            CommittedAt = Moment(59),
            CommitTook = TimeSpan.FromMilliseconds(7),
            FailingSince = Moment(58),
            Conflicts = 2,
            ReportsOldest = TimeSpan.FromMilliseconds(40),
            LastError = "A transaction of {Units} units could not be stored.",
            LastErrorAt = Moment(57),
            ErrorsInHour = 1,
            WorkingSet = 250_000_000,
            Cpu = 0.25,
        },
        ["how a silo fares that must be started anew"] = new SiloReport { At = Moment(60), Version = "0.4.0", StartedAt = Moment(0), NeedsRestart = true },
        ["a request to a case"] = new CaseRequest(new ChangeLimit(ClockKind.Completion, "20wd", "survey"), new CaseActor("account:sun") { Works = [new NodeId("n2")] })
        {
            Id = "r-1",
            Expected = 7,
            Words = "等了很久",
            Contact = "13800000000",
            File = [1, 2, 3],
            WithQueryCode = true,
        },
        ["a case's answer"] = new CaseAnswer(7, null, "20260302-0000042-0", "123456"),
        ["a case's refusal"] = new CaseAnswer(0, new Refusal("version-stale", Value: "8")),
        ["a request to a matter"] = new MatterRequest(new CompleteMatter("granted"), "account:li") { Id = "r-1", Expected = 7 },
        ["how the platform fares"] = new PlatformFare(1_772_415_000_000, "it answers 500", 1_772_415_060_000, "it cannot be reached"),
        ["a matter's answer"] = new MatterAnswer(7),
        ["a matter's refusal"] = new MatterAnswer(0, new Refusal("matter-stale", Value: "8")),
        ["a request to a batch of forms"] = new PaperRequest(new SpoilForm(7, "blank"), "account:li") { Expected = 7, Mark = "AAECAwQFBgcICQoLDA0ODw" },
        ["a request that corrects a form"] = new PaperRequest(
            new CorrectForm(new ReadForm(7, new PaperAnswers { Window = new NodeId("n17"), Day = new DateOnly(2026, 3, 2), Grade = Grade.Satisfied })), "account:li")
        {
            Expected = 7,
            MayExclude = true,
            Address = "10.1.2.3",
        },
        ["a batch's answer"] = new PaperAnswer(7) { Rows = [new PaperRow(1, true), new PaperRow(2, false, new Refusal("paper-form-spoilt", "form", "blank"))] },
        ["a batch's answer to a repeat"] = new PaperAnswer(7) { IsRepeat = true },
        ["a batch's refusal"] = new PaperAnswer(0, new Refusal("paper-closed")),
        ["a mark"] = new FigureMark("epoch-1", 42),
        ["versions to erase"] = ImmutableArray.Create(1L, 42L),
        ["a part and a cause"] = (ErasedPart.MatterNumber, ErasureCause.Restored),
    };

    /// <summary>What grains keep for their next activation.</summary>
    public static readonly IReadOnlyDictionary<string, object> Kept = new Dictionary<string, object>
    {
        ["a window's state"] = new WindowState
        {
            Generation = "9f86d081884c7d659a2feaa0c55ad015",
            Version = 42,
            Digest = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
            At = 1_772_415_001_000,
            KnownIds = [1, 2, 3, 250],
            Duty = "s-7@1772415000000",
            Excluded = "7;9",
            Watch = "态度",
            Unmarked = "3-5",
            Waiting = "3;42;;n17",
        },
        ["a window's state that tells what it forgot"] = new WindowState
        {
            Generation = "9f86d081884c7d659a2feaa0c55ad015",
            Version = 42,
            At = 1_772_415_001_000,
            KnownIds = [1, 2, 3, 250],
            ForgottenOwnThrough = 1_772_415_000_500,
        },
        ["lookup tries"] = new LookupTriesState { Text = "42:3@1772415001000" },
    };

    private static DateTimeOffset Moment(int second) => new(2026, 3, 2, 8, 0, second % 60, TimeSpan.Zero);

    private static Opaque Hash() => Opaque.FromBytes([.. Enumerable.Range(0, Opaque.Length).Select(i => (byte)i)]);

    private static Tally Tally() => Domain.Tallies.Tally.Of(
    [
        (Cell.Graded(Origin.Active, Grade.VerySatisfied), 3), (Cell.Graded(Origin.Declined, null), 2), (Cell.Excluded(Origin.Callback, Grade.Dissatisfied), 1),
        (Cell.Dimension("attitude", Grade.Satisfied), 2), (Cell.Hour(9, Grade.VerySatisfied), 2), (Cell.Hour(null, Grade.VerySatisfied), 1),
        (Cell.Of(Channel.Terminal), 3), (Cell.Of(Channel.Qr), 2), (Cell.Reason("态度"), 1), (Cell.ServiceItem("permit", Grade.Dissatisfied), 1),
        (Cell.MattersFinished, 5), (Cell.MattersRated, 2), (Cell.Unattached, 1), (Cell.Flag("repeated"), 1), (Cell.Staff("s-7", Grade.VerySatisfied), 3),
        (Cell.Released(Grade.VerySatisfied), 5),
    ]);

    private static EvaluationClaim Claim() => new(
        new Evaluation
        {
            Id = "e-1",
            Source = "kiosk \"A\"",
            Window = new NodeId("n17"),
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
        Matter: "M-2026-1",
        Comment: "等了很久")
    {
        Signature = "c2ln",
        SignedBeforeRevocation = true,
        SignedByEndedKey = true,
    };

    private static MatterClaim Finished() => new(new NodeId("n17"), "M-2026-1", "oa", new Moment(1_772_380_800_000, 480, DateOnly: true), "permit", "s-7")
    {
        Signature = "c2ln",
        SignedBeforeRevocation = true,
        SignedByEndedKey = true,
    };
}
