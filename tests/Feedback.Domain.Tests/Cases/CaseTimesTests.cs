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

    private static CaseAlarm? Next(CaseDesk desk) => new CaseTimes(desk.State, Bureau.Tree, PolicyBook.Empty, desk.Now).Next;
}
