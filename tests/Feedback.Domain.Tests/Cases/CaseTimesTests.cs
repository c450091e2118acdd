using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Policies;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.WorkingTime;
using Xunit;
using static Feedback.Domain.Tests.Support.CaseDesk;

namespace Feedback.Domain.Tests.Cases;

/// <summary>What follows for a case from policies, calendar and hours.</summary>
public sealed class CaseTimesTests
{
    [Fact]
    public void A_clock_that_begins_anew_while_it_runs_has_done_its_first_piece()
    {
        var history = CaseHistories.Of(
        [
            new(ClockMarkKind.Started, Some.Morning, "5wd"), new(ClockMarkKind.Paused, Some.Morning + 1, Reason: "away"),
            new(ClockMarkKind.Restarted, Some.Morning + 2, "3wd"), new(ClockMarkKind.LimitChanged, Some.Morning + 3, "9wd", "extension"),
        ]);

        Assert.Equal([Limit.WorkingDays(5), Limit.WorkingDays(9)], history.Runs.Select(run => run.Limit));
        Assert.Equal(ClockState.Running, history.State);
        Assert.Equal(LimitChange.Extension, Assert.Single(history.Marks.OfType<LimitChanged>()).Why);
    }

    [Fact]
    public void Marks_that_cannot_be_read_are_left_out()
    {
        Assert.Equal(ClockState.NotStarted, CaseHistories.Of([new(ClockMarkKind.Started, Some.Morning, "soon"), new(ClockMarkKind.Resumed, Some.Morning)]).State);
        Assert.Equal(ClockState.Running, CaseHistories.Of([new(ClockMarkKind.Restarted, Some.Morning, "5wd"), new(ClockMarkKind.Resumed, Some.Morning)]).State);
    }

    [Theory]
    [InlineData(CaseKind.Complaint, "completion=15wd first-response=1wd progress=5wd")]
    [InlineData(CaseKind.Suggestion, "completion=15wd first-response=2wd")]
    [InlineData(CaseKind.BadRating, "first-response=1wd rectification=15wd")]
    [InlineData(CaseKind.HotlineOrder, "completion=7d first-response=1wd sign-for=1wd")]
    public void Limits_are_those_of_the_policies(CaseKind kind, string limits)
    {
        var times = new CaseTimes(new CaseState(CaseId.Of(Some.Bytes(1))), Bureau.Tree, PolicyBook.Empty, Some.Morning, Intake(kind));
        Assert.Equal(limits, string.Join(' ', times.Terms.Limits.Where(limit => limit.Key != ClockKind.CallBack).Select(limit => $"{limit.Key.Word()}={limit.Value}").Order()));
    }

    [Fact]
    public void How_often_a_citizen_may_reopen_is_told_by_the_policy()
    {
        var once = PolicyBook.Empty.Apply(new PolicySet { Salt = Some.Salt, Node = new("n1"), Subject = "reopen", From = new DateOnly(2026, 1, 1), Text = """{"times":1}""" });
        Assert.Equal((2, 1), (TimesIn(PolicyBook.Empty), TimesIn(once)));

        int TimesIn(PolicyBook book) => new CaseTimes(new CaseState(CaseId.Of(Some.Bytes(1))), Bureau.Tree, book, Some.Morning, Intake()).Terms.ReopenTimes;
    }

    [Fact]
    public void Who_calls_back_is_told_by_the_policy()
    {
        var set = PolicyBook.Empty.Apply(new PolicySet { Salt = Some.Salt, Node = new("n1"), Subject = "bad-rating", From = new DateOnly(2026, 1, 1), Text = """{"calledBackBy":"lead-manager"}""" });
        Assert.Equal((Reviewer.ParentSupervision, Reviewer.LeadManager), (CallerIn(PolicyBook.Empty), CallerIn(set)));

        Reviewer CallerIn(PolicyBook book) => new CaseTimes(new CaseState(CaseId.Of(Some.Bytes(1))), Bureau.Tree, book, Some.Morning, Intake(CaseKind.BadRating)).Terms.CalledBackBy;
    }

    [Fact]
    public void Next_is_a_warning_then_the_deadline_then_each_step_above_and_nothing_for_imported_history()
    {
        var desk = new CaseDesk { Terms = new CaseTerms { Limits = ImmutableDictionary<ClockKind, string>.Empty.Add(ClockKind.Completion, "24h") } };
        desk.Do(Clerk, new OpenCase(Intake()));
        var due = Some.Morning + Some.Day;

        Assert.Equal(new CaseAlarm(due - (288 * Some.Minute), new WarnOfDeadline(ClockKind.Completion, due)), Next(desk));
        desk.Do(CaseActor.System, new WarnOfDeadline(ClockKind.Completion, due));
        Assert.Equal(new CaseAlarm(due + 1, new OpenAccountability("overdue", ClockKind.Completion, due)), Next(desk));
        desk.After(Some.Day + 1).Do(CaseActor.System, new OpenAccountability("overdue", ClockKind.Completion, due));
        Assert.Equal(new CaseAlarm(due, new EscalateCase(ClockKind.Completion, 1, "owner")), Next(desk));
        desk.Do(CaseActor.System, new EscalateCase(ClockKind.Completion, 1, "owner"));
        Assert.Equal(new EscalateCase(ClockKind.Completion, 2, "lead-manager"), Next(desk)!.Command);

        var imported = new CaseDesk { Terms = desk.Terms };
        imported.Do(CaseActor.System, new OpenCase(Intake() with { Imported = "import-1" }));
        Assert.Null(Next(imported));
    }

    [Fact]
    public void An_order_that_is_overdue_is_chased_each_working_day_then_watched_over_then_criticised()
    {
        var desk = new CaseDesk { Terms = new CaseTerms { Limits = ImmutableDictionary<ClockKind, string>.Empty.Add(ClockKind.Completion, "24h") } };
        desk.Do(CaseActor.City, new OpenCase(Intake(CaseKind.HotlineOrder))).Do(Clerk, new SignForCase());

        // Due on Tuesday 3 March 2026; the weekend is no working day. Half of five chasings is three.
        Assert.Equal(
            [
                ("urge", Some.On("2026-03-04")), ("urge", Some.On("2026-03-05")), ("urge", Some.On("2026-03-06")), ("supervise", Some.On("2026-03-06")),
                ("urge", Some.On("2026-03-09")), ("urge", Some.On("2026-03-10")), ("circulate", Some.On("2026-03-10")),
            ],
            Degrees(desk));
    }

    [Fact]
    public void What_the_city_sends_back_is_chased_by_degrees_again_up_to_criticism_and_stays_watched_over()
    {
        var desk = new CaseDesk { Terms = new CaseTerms { Limits = ImmutableDictionary<ClockKind, string>.Empty.Add(ClockKind.Completion, "24h") } };
        desk.Do(CaseActor.City, new OpenCase(Intake(CaseKind.HotlineOrder))).Do(Clerk, new SignForCase());
        Assert.Equal("circulate", Degrees(desk)[^1].Word);
        desk.Do(Clerk, new HandleCase("done", Text)).Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text)).Do(CaseActor.City, new SendBackCase("unsolved"));
        Assert.Equal((false, true), (desk.State.Circulated, desk.State.Supervised));
        Assert.Equal(["urge", "urge", "urge", "urge", "urge", "circulate"], Degrees(desk).Select(degree => degree.Word));
        Assert.Equal(2, desk.Counts["circulated/hotline-order"]);
    }

    [Fact]
    public void An_order_that_is_back_with_the_city_is_neither_blamed_nor_chased_and_has_its_time_when_it_is_sent_again()
    {
        var desk = new CaseDesk { Terms = new CaseTerms { Limits = ImmutableDictionary<ClockKind, string>.Empty.Add(ClockKind.Completion, "24h") } };
        desk.Do(CaseActor.City, new OpenCase(Intake(CaseKind.HotlineOrder))).Do(Clerk, new ReturnCase("not ours")).After(30 * Some.Day);
        Assert.Null(Next(desk));
        desk.Do(CaseActor.City, new DispatchCase(new("n7"), []));
        // Nothing of the day was used before.
        Assert.Equal(new WarnOfDeadline(ClockKind.Completion, desk.Now + Some.Day), Next(desk)!.Command);
    }

    [Fact]
    public void What_was_late_before_it_was_returned_is_chased_no_more_while_it_is_with_the_city_and_nobody_is_blamed_for_that_time_afterwards()
    {
        var desk = new CaseDesk { Terms = new CaseTerms { Limits = ImmutableDictionary<ClockKind, string>.Empty.Add(ClockKind.Completion, "24h") } };
        desk.Do(CaseActor.City, new OpenCase(Intake(CaseKind.HotlineOrder))).After(2 * Some.Day)
            .Do(CaseActor.System, new OpenAccountability("overdue", ClockKind.Completion, Some.Morning + Some.Day)).Do(CaseActor.System, new EscalateCase(ClockKind.Completion, 1, "owner"));
        Assert.True(desk.State.ToRow(desk.Deadlines).Overdue);
        desk.Do(Clerk, new ReturnCase("not ours")).After(30 * Some.Day);
        Assert.Null(Next(desk));
        Assert.Equal((false, false), (desk.State.ToRow(desk.Deadlines).Overdue, desk.State.ToRow(desk.Deadlines).ToSupervise));
        desk.Do(CaseActor.City, new DispatchCase(new("n7"), []));
        Assert.InRange(Next(desk)!.At, desk.Now + 1, desk.Now + (3 * Some.Day));
    }

    // Nobody knows yet which days of 2027 are worked.
    [Fact]
    public void In_a_year_that_nobody_knows_nobody_is_refused_who_may_reopen_in_time()
    {
        var book = PolicyBook.Empty.Apply(new PolicySet { Salt = Some.Salt, Node = new("n1"), Subject = "reopen", From = new DateOnly(2026, 1, 1), Text = """{"within":"15wd"}""" });
        var desk = Open(CaseKind.Question).Do(Clerk, new HandleCase("done")).Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text)).Do(Clerk, new CloseCase());
        var closed = desk.State with { Closing = desk.State.Closing! with { Stamp = desk.State.Closing!.Stamp with { At = Some.At("2026-12-20T09:00:00+08:00") } } };

        // Fifteen working days with New Year's Day off and nothing else are over on 12 January, 23 days later.
        Assert.InRange(new CaseTimes(closed, Bureau.Tree, book, desk.Now).Terms.ReopenDays, 23, 60);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(30, true)]
    [InlineData(31, false)]
    [InlineData(-1, false)]
    public void The_clocks_of_an_order_run_from_when_the_city_sent_it_unless_that_is_long_ago_or_to_come(int daysAgo, bool counts)
    {
        var desk = Sent(daysAgo);
        var since = counts ? Some.Morning - (daysAgo * Some.Day) : Some.Morning;
        Assert.All((ClockKind[])[ClockKind.FirstResponse, ClockKind.Completion, ClockKind.SignFor], clock => Assert.Equal(since, desk.State.Clocks[clock][0].At));
        Assert.Equal((counts ? since : (long?)null, Some.Morning), (desk.Events.OfType<CaseClockMarked>().First().From, desk.State.Opened!.Stamp.At));
    }

    [Fact]
    public void A_deadline_that_had_passed_when_the_order_came_in_is_late_and_warned_of_no_more()
    {
        var desk = Sent(daysAgo: 2);
        var due = Some.Morning - Some.Day;
        Assert.Equal(new CaseAlarm(due + 1, new OpenAccountability("overdue", ClockKind.SignFor, due)), Next(desk, ClockKind.SignFor));
        desk.Due(ClockKind.SignFor, due).Do(Clerk, new SignForCase());
        Assert.Equal((0, 1), CaseRates.HotlineSigning.Of(desk.Counts));
    }

    [Fact]
    public void An_order_that_comes_in_late_by_our_limit_and_in_time_by_the_citys_makes_nobody_accountable()
    {
        var order = Intake(CaseKind.HotlineOrder) with { OccurredAt = new(Some.Morning - (2 * Some.Day), 480) };
        var terms = new CaseTerms { Limits = ImmutableDictionary<ClockKind, string>.Empty.Add(ClockKind.Completion, "24h") };
        var ours = new CaseDesk { Terms = terms }.Do(CaseActor.City, new OpenCase(order));
        var theirs = new CaseDesk { Terms = terms }.Do(CaseActor.City, new OpenCase(order) { Limit = "72h" });
        Assert.IsType<OpenAccountability>(Next(ours)!.Command);
        Assert.Equal(new WarnOfDeadline(ClockKind.Completion, Some.Morning + Some.Day), Next(theirs)!.Command);
    }

    [Fact]
    public void When_something_happened_does_not_start_the_clocks_of_what_is_no_order_of_the_citys()
    {
        var desk = new CaseDesk();
        desk.Do(Clerk, new OpenCase(Intake() with { OccurredAt = new(Some.Morning - Some.Day, 480) }));
        Assert.Equal(Some.Morning, desk.State.Clocks[ClockKind.Completion][0].At);
    }

    [Fact]
    public void Who_is_answered_is_chased_no_more_and_a_new_round_is_chased_anew()
    {
        var desk = new CaseDesk { Terms = new CaseTerms { Limits = ImmutableDictionary<ClockKind, string>.Empty.Add(ClockKind.Completion, "24h") } };
        desk.Do(CaseActor.City, new OpenCase(Intake(CaseKind.HotlineOrder))).Do(Clerk, new SignForCase()).After(2 * Some.Day)
            .Do(CaseActor.System, new OpenAccountability("overdue", ClockKind.Completion, Some.Morning + Some.Day)).Do(CaseActor.System, new UrgeCase("overdue"))
            .Do(Clerk, new HandleCase("done", Text)).Do(Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, Text));
        Assert.Null(Next(desk));
        desk.Do(CaseActor.City, new SendBackCase("unsolved"));
        Assert.Equal((0, 1), (desk.State.Chased, desk.State.Urged));
    }

    [Fact]
    public void A_clock_of_an_order_is_extended_as_often_as_the_policy_says_and_late_where_it_allows_it()
    {
        var desk = new CaseDesk
        {
            Terms = new CaseTerms { Limits = ImmutableDictionary<ClockKind, string>.Empty.Add(ClockKind.Completion, "24h"), Extensions = 1 },
        };
        desk.Do(CaseActor.City, new OpenCase(Intake(CaseKind.HotlineOrder))).Do(Clerk, new SignForCase())
            .Do(Clerk, new AskExtension(ClockKind.Completion, "48h", "parts")).Do(CaseActor.City, new DecideExtension(true));
        Assert.Equal("extensions-used", desk.Try(Clerk, new AskExtension(ClockKind.Completion, "72h", "parts")));
        desk.Terms = desk.Terms with { Extensions = 2 };
        desk.Due(ClockKind.Completion, desk.Now - 1);
        Assert.Equal("extension-late", desk.Try(Clerk, new AskExtension(ClockKind.Completion, "72h", "parts")));
        desk.Terms = desk.Terms with { ExtensionsLate = true };
        Assert.Null(desk.Try(Clerk, new AskExtension(ClockKind.Completion, "72h", "parts")));
    }

    // How an order that nobody works on is chased until nothing is left to be done by itself.
    private static List<(string Word, DateOnly Day)> Degrees(CaseDesk desk)
    {
        var degrees = new List<(string Word, DateOnly Day)>();
        while (Next(desk) is { } alarm)
        {
            desk.After(Math.Max(0, alarm.At - desk.Now)).Do(CaseActor.System, alarm.Command);
            if (alarm.Command is UrgeCase or SuperviseCase or CirculateCase)
                degrees.Add((CaseTable.Of(alarm.Command).Word, Feedback.Domain.Time.HallZone.Get("Asia/Shanghai").LocalTime(alarm.At).Day));
        }

        return degrees;
    }

    // An order that the city sent so many days before the morning on which it came in; every clock has a day.
    private static CaseDesk Sent(int daysAgo)
    {
        var desk = new CaseDesk { Terms = new CaseTerms { Limits = Enum.GetValues<ClockKind>().ToImmutableDictionary(clock => clock, _ => "24h") } };
        return desk.Do(CaseActor.City, new OpenCase(Intake(CaseKind.HotlineOrder) with { OccurredAt = new(Some.Morning - (daysAgo * Some.Day), 480) }));
    }

    // As the case stands when only one of its clocks is kept.
    private static CaseAlarm? Next(CaseDesk desk, ClockKind clock) => new CaseTimes(
        desk.State with { Clocks = desk.State.Clocks.RemoveRange(desk.State.Clocks.Keys.Where(other => other != clock)) }, Bureau.Tree, PolicyBook.Empty, desk.Now).Next;

    private static CaseAlarm? Next(CaseDesk desk) => new CaseTimes(desk.State, Bureau.Tree, PolicyBook.Empty, desk.Now).Next;
}
