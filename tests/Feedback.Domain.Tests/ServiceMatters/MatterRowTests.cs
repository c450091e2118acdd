using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.MatterDesk;

namespace Feedback.Domain.Tests.ServiceMatters;

/// <summary>What lists know of a matter.</summary>
public sealed class MatterRowTests
{
    [Fact]
    public void A_row_tells_where_the_matter_stands_and_when_something_happened_to_it_last()
    {
        var desk = Accept().At("2026-03-03 10:00").Visit();
        var row = MatterRow.Of(desk.State, deadline: null);

        Assert.Equal((desk.State.Id, 2, AcceptanceNumber.Of(desk.State), Some.Hall, Item, false), (row.Id, row.Version, row.Number, row.Node, row.Item, row.Online));
        Assert.Equal((MatterStage.Open, 2, Office.At("2026-03-02 09:30"), Office.At("2026-03-03 10:00")), (row.Stage, row.Visits, row.OpenedAt, row.LastAt));
        Assert.Equal((null, null, false, false), (row.Limit, row.DueAt, row.Broken, row.Overdue));
        Assert.Equal(MatterStage.Completed, MatterRow.Of(desk.Do(new CompleteMatter("granted")).State, null).Stage);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void The_rule_is_broken_by_a_third_visit_and_by_a_late_demand_and_not_by_a_second_visit(bool third, bool late)
    {
        var desk = Accept().Visit(asked: late ? ["lease"] : null);
        if (third)
            desk.Visit();

        Assert.Equal(third || late, MatterRow.Of(desk.State, null).Broken);
    }

    [Fact]
    public void A_deadline_stands_in_the_row_while_its_clock_runs_and_being_late_breaks_no_rule_of_visits()
    {
        var desk = new MatterDesk { Limit = "1wd" }.Do(Acceptance(Licence));
        Assert.Null(MatterRow.Of(desk.State, 5).DueAt);
        desk.Do(new SupplementMatter([Licence.Code]));
        Assert.Equal(("1wd", 5L), (MatterRow.Of(desk.State, 5).Limit, MatterRow.Of(desk.State, 5).DueAt));

        desk.At("2026-03-09 10:00").Do(new CompleteMatter("granted"));

        var row = MatterRow.Of(desk.State, 5);
        Assert.Equal((null, true, false), (row.DueAt, row.Overdue, row.Broken));
    }

    [Fact]
    public void A_deadline_is_pending_while_the_clock_runs_into_a_year_that_nobody_knows_and_not_while_it_waits_or_at_the_end()
    {
        var desk = new MatterDesk { Limit = "5wd" }.At("2026-12-30 10:00").Do(Acceptance(Licence));
        Assert.False(MatterRow.At(desk.State, desk.Times).Pending);
        desk.Do(new SupplementMatter([Licence.Code]));
        Assert.Equal(((long?)null, true), (MatterRow.At(desk.State, desk.Times).DueAt, MatterRow.At(desk.State, desk.Times).Pending));
        desk.Do(new CompleteMatter("granted"));
        Assert.False(MatterRow.At(desk.State, desk.Times).Pending);
    }
}
