using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Policies;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>
/// Every kind of case from its opening to its closing, by the default policies and the calendar of 2026, across Spring Festival (15 to 23 February,
/// worked on the Saturdays 14 and 28 February) and National Day (1 to 7 October, worked on Sunday 20 September and Saturday 10 October).
/// </summary>
public sealed class HolidayWalkTests
{
    private static readonly GiveFeedback Reached = new("phone", FeedbackOutcome.Reached, Text);
    private static readonly HandleCase Done = new("done", Text);
    private static readonly CallCitizenBack Satisfied = new(Reached: true, Solved: true, Grade.Satisfied);

    // Opened on a Friday before the one, and on a Tuesday before the other. Days are counted by hand.
    public static TheoryData<CaseKind, string, ClockKind, string, string, ClockKind, string> Walks => new()
    {
        { CaseKind.Complaint, "2026-02-13 15:00", ClockKind.FirstResponse, "2026-02-14", "2026-02-14 10:00", ClockKind.Completion, "2026-03-12" },
        { CaseKind.Complaint, "2026-09-29 11:00", ClockKind.FirstResponse, "2026-09-30", "2026-09-30 10:00", ClockKind.Completion, "2026-10-26" },
        { CaseKind.Suggestion, "2026-02-13 15:00", ClockKind.FirstResponse, "2026-02-24", "2026-02-24 10:00", ClockKind.Completion, "2026-03-12" },
        { CaseKind.Suggestion, "2026-09-29 11:00", ClockKind.FirstResponse, "2026-10-08", "2026-10-08 10:00", ClockKind.Completion, "2026-10-26" },
        { CaseKind.Question, "2026-02-13 15:00", ClockKind.FirstResponse, "2026-02-14", "2026-02-14 10:00", ClockKind.Completion, "2026-02-27" },
        { CaseKind.Question, "2026-09-29 11:00", ClockKind.FirstResponse, "2026-09-30", "2026-09-30 10:00", ClockKind.Completion, "2026-10-12" },
        { CaseKind.BadRating, "2026-02-13 15:00", ClockKind.FirstResponse, "2026-02-14", "2026-02-14 10:00", ClockKind.Rectification, "2026-03-12" },
        { CaseKind.BadRating, "2026-09-29 11:00", ClockKind.FirstResponse, "2026-09-30", "2026-09-30 10:00", ClockKind.Rectification, "2026-10-26" },
        { CaseKind.Finding, "2026-02-13 15:00", ClockKind.Rectification, "2026-03-12", "2026-02-14 10:00", ClockKind.Rectification, "2026-03-12" },
        { CaseKind.Finding, "2026-09-29 11:00", ClockKind.Rectification, "2026-10-26", "2026-09-30 10:00", ClockKind.Rectification, "2026-10-26" },
        // Whoever praises hears from the office once.
        { CaseKind.Praise, "2026-02-13 15:00", ClockKind.FirstResponse, "2026-02-27", "2026-02-14 10:00", ClockKind.FirstResponse, "2026-02-27" },
        { CaseKind.Praise, "2026-09-29 11:00", ClockKind.FirstResponse, "2026-10-12", "2026-09-30 10:00", ClockKind.FirstResponse, "2026-10-12" },
        // Seven natural days end on a holiday, and so on the first working day after it.
        { CaseKind.HotlineOrder, "2026-02-13 15:00", ClockKind.SignFor, "2026-02-14", "2026-02-14 10:00", ClockKind.Completion, "2026-02-24" },
        { CaseKind.HotlineOrder, "2026-09-29 11:00", ClockKind.SignFor, "2026-09-30", "2026-09-30 10:00", ClockKind.Completion, "2026-10-08" },
    };

    [Theory]
    [MemberData(nameof(Walks))]
    public void What_is_done_on_the_last_day_is_in_time_and_the_case_is_closed_with_its_answer(
        CaseKind kind, string opened, ClockKind first, string firstDay, string begun, ClockKind last, string lastDay)
    {
        var desk = Walk(kind, opened, first, firstDay, begun, last, lastDay);
        Finish(desk, kind, DeadlineOf(desk, last));

        Assert.Equal(CaseStage.Closed, desk.State.Stage);
        Assert.NotNull(desk.State.Answer);
        Assert.Equal((1, 1), InTime(kind, last).Of(desk.Counts));
        Assert.Empty(desk.Events.OfType<CaseAccountabilityOpened>());
    }

    [Theory]
    [MemberData(nameof(Walks))]
    public void A_moment_later_it_is_late_and_somebody_answers_for_that(
        CaseKind kind, string opened, ClockKind first, string firstDay, string begun, ClockKind last, string lastDay)
    {
        var desk = Walk(kind, opened, first, firstDay, begun, last, lastDay);
        var deadline = DeadlineOf(desk, last);
        At(desk, deadline + 1, CaseActor.System, new OpenAccountability(CaseRules.ForOverdue, last, deadline));
        Finish(desk, kind, deadline + Some.Minute);

        Assert.Equal(CaseStage.Closed, desk.State.Stage);
        Assert.Equal((0, 1), InTime(kind, last).Of(desk.Counts));
        Assert.Single(desk.Events.OfType<CaseAccountabilityOpened>());
    }

    [Fact]
    public void A_finding_that_goes_back_is_put_right_once_more_by_a_clock_of_its_own_and_is_in_no_rate_of_bad_ratings()
    {
        var desk = new CaseDesk();
        At(desk, Time("2026-02-13 15:00"), Clerk, new OpenCase(Intake(CaseKind.Finding)));
        At(desk, Time("2026-02-25 10:00"), Clerk, Done);
        Assert.False(desk.State.IsLive(ClockKind.Rectification));
        At(desk, Time("2026-02-25 11:00"), Clerk, Reached);

        At(desk, Time("2026-02-26 10:00"), CaseActor.Citizen, new DisputeCase());
        Assert.Equal("2026-03-18", DayOf(DeadlineOf(desk, ClockKind.Rectification)));
        At(desk, Time("2026-03-20 10:00"), Clerk, Done);

        Assert.Equal((2, 1), (desk.Counts["due/rectification/finding"], desk.Counts["in-time/rectification/finding"]));
        Assert.Equal(((0, 0), (0, 0)), (CaseRates.Rectification.Of(desk.Counts), CaseRates.RectificationInTime.Of(desk.Counts)));
    }

    [Fact]
    public void A_finding_that_goes_on_as_another_case_is_put_right_there()
    {
        var desk = new CaseDesk();
        At(desk, Time("2026-02-13 15:00"), Clerk, new OpenCase(Intake(CaseKind.Finding)));
        At(desk, Time("2026-02-14 10:00"), Clerk, new MergeCase(CaseId.Of(Some.Bytes(9)), CaseStage.Handling));

        Assert.False(desk.State.IsLive(ClockKind.Rectification));
        Assert.Equal(0, desk.Counts["due/rectification/finding"]);
    }

    [Fact]
    public void An_order_that_turns_out_to_be_complex_has_its_days_from_the_beginning_on()
    {
        var desk = new CaseDesk();
        At(desk, Time("2026-02-13 15:00"), CaseActor.City, new OpenCase(Intake(CaseKind.HotlineOrder)));
        At(desk, Time("2026-02-13 16:00"), Clerk, new CategoriseCase("complex"));

        Assert.Equal(("2026-02-24", "2026-02-28"), (DayOf(DeadlineOf(desk, ClockKind.SignFor)), DayOf(DeadlineOf(desk, ClockKind.Completion))));
        Assert.Equal(["7d", "15d"], desk.State.Clocks[ClockKind.Completion].Select(mark => mark.Limit));
        Assert.Equal(("15d", "category"), (desk.State.LastMark(ClockKind.Completion)!.Limit, desk.State.LastMark(ClockKind.Completion)!.Reason));
        // What both have in common stays as it is.
        Assert.Equal(ClockMarkKind.Started, desk.State.LastMark(ClockKind.FirstResponse)!.Kind);
    }

    private static CaseDesk Walk(CaseKind kind, string opened, ClockKind first, string firstDay, string begun, ClockKind last, string lastDay)
    {
        var desk = new CaseDesk();
        var intake = Intake(kind) with { Anonymous = kind == CaseKind.Suggestion, Contact = kind == CaseKind.Suggestion ? null : Contact };
        At(desk, Time(opened), kind switch { CaseKind.BadRating => CaseActor.System, CaseKind.HotlineOrder => CaseActor.City, _ => Clerk }, new OpenCase(intake));
        Assert.Equal((firstDay, lastDay), (DayOf(DeadlineOf(desk, first)), DayOf(DeadlineOf(desk, last))));
        // Where one clock is all, nothing comes before the end.
        if (first == last)
            return desk;
        CaseCommand begin = kind switch
        {
            CaseKind.BadRating => new VerifyRating(RatingFinding.True),
            CaseKind.HotlineOrder => new SignForCase(),
            _ => new NoteProgress(Text, Told: true),
        };
        // A bad rating is looked into outside of the unit that was rated.
        At(desk, Time(begun), kind == CaseKind.BadRating ? Officer : Clerk, begin);
        Assert.Equal(kind == CaseKind.BadRating, desk.State.IsLive(first));
        return desk;
    }

    private static void Finish(CaseDesk desk, CaseKind kind, long at)
    {
        At(desk, at, Clerk, Done);
        At(desk, at, Clerk, kind == CaseKind.Suggestion ? new GiveFeedback("web", FeedbackOutcome.Posted, Text) : Reached);
        if (kind is CaseKind.Complaint or CaseKind.BadRating)
            At(desk, at + Some.Day, Officer, Satisfied);
        // The citizen's word closes it; what is not called back is closed by whoever answered.
        At(desk, at + (2 * Some.Day), kind == CaseKind.Question ? CaseActor.Citizen : Clerk, kind == CaseKind.Question ? new ConfirmCase() : new CloseCase());
        if (kind == CaseKind.HotlineOrder)
            At(desk, at + (3 * Some.Day), CaseActor.City, Satisfied);
    }

    // Only bad ratings and what has its completion have rates of their own.
    private static CaseRate InTime(CaseKind kind, ClockKind last) => kind == CaseKind.BadRating ? CaseRates.RectificationInTime
        : last == ClockKind.Completion ? CaseRates.OnTime
        : new CaseRate("in-time", CaseCodes.InTime(last), CaseCodes.Due(last), kind);

    // By the policies, the calendar and the hours that hold then.
    private static void At(CaseDesk desk, long at, CaseActor actor, CaseCommand command)
    {
        desk.Now = at;
        var times = new CaseTimes(desk.State, Bureau.Tree, PolicyBook.Empty, at, (command as OpenCase)?.Intake);
        desk.Terms = times.Terms;
        desk.NewLimits = command is CategoriseCase { Category: var category } ? times.LimitsIn(category) : null;
        desk.Deadlines.Clear();
        if (desk.State.Opened is not null)
        {
            foreach (var (clock, due) in times.Deadlines)
                desk.Due(clock, due);
        }

        desk.Do(actor, command);
    }

    private static long DeadlineOf(CaseDesk desk, ClockKind clock) =>
        new CaseTimes(desk.State, Bureau.Tree, PolicyBook.Empty, desk.Now).Deadlines[clock] ?? throw new InvalidOperationException($"The deadline of {clock} is pending.");

    private static long Time(string local) => DateTimeOffset.Parse(local + "+08:00", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    private static string DayOf(long at) => HallZone.Get("Asia/Shanghai").LocalTime(at).Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
