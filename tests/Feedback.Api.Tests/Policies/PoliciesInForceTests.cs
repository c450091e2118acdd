using Feedback.Api.Tests.Support;
using Feedback.Domain.Journal;
using Feedback.Domain.Policies;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Organisation;
using Xunit;

namespace Feedback.Api.Tests.Policies;

/// <summary>Policies and calendars that were written are known to the running service.</summary>
[Collection(OneSite.Name)]
public sealed class PoliciesInForceTests(RunningSite site)
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public async Task A_policy_and_a_year_that_were_written_hold_for_who_asks_next()
    {
        var hall = await site.NewHallAsync();
        var window = site.Bureau.Current.Tree.Find(hall.Window)!;
        var above = site.Bureau.Current.Tree.HallOf(window.Id, Day).Id;

        var state = await site.Bureau.DecideAsync(StreamName.Policies, _ => new Decision(
        [
            new PolicySet { Salt = Some.Salt(), Node = above, Subject = "feedback", From = Day, Text = PolicySubjects.Feedback.Write(new FeedbackPolicy(4)), By = "li" },
            new CalendarDefined { Salt = Some.Salt(), Calendar = new CalendarYear(2090, [new Holiday(new(2090, 1, 2))], [], "made up for this test") },
        ]));

        var found = state.Policies.Find(state.Tree.LineOn(window.Id, Day), PolicySubjects.Feedback, Day);
        Assert.Equal((4, above), (found.Document.Attempts, found.Node!.Value));
        Assert.Equal(DayStatus.Rest, state.Policies.Calendar.StatusOf(new(2090, 1, 2)));
        Assert.Equal(FeedbackPolicy.Default, state.Policies.Find(state.Tree.LineOn(site.ForeignDistrict, Day), PolicySubjects.Feedback, Day).Document);
        Assert.Same(state.Policies, (await site.Bureau.RefreshAsync()).Policies);
    }
}
