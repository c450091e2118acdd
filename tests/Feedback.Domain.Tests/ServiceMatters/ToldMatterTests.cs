using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.MatterDesk;

namespace Feedback.Domain.Tests.ServiceMatters;

/// <summary>What the lists of other systems tell of matters.</summary>
public sealed class ToldMatterTests
{
    private static readonly TellMatter Open = new(Some.Hall, Item, Some.Bytes(16), Online: false, "3wd", Office.At("2026-03-02 09:30"), 1, MatterStage.Open, null, null);
    private static readonly TellMatter Done = Open with { Visits = 2, Stage = MatterStage.Completed, EndedAt = Office.At("2026-03-04 15:00"), Outcome = "granted" };

    [Fact]
    public void A_matter_that_is_over_is_accepted_and_completed_at_the_times_that_it_had()
    {
        var desk = Told(Done);

        Assert.Equal((MatterStage.Completed, 2, "granted"), (desk.State.Stage, desk.State.Visits, desk.State.Completion!.Result));
        Assert.Equal((Open.AcceptedAt, Done.EndedAt), (desk.State.Accepted!.Stamp.At, (long?)desk.State.Completion.Stamp.At));
        Assert.Equal((1, 1), MatterFlows.OnTime.Of(desk.Counts));
        Assert.Equal(1, desk.Days[new DateOnly(2026, 3, 4)][MatterFlows.Completed]);
        Assert.Empty(desk.Blamed);
    }

    [Fact]
    public void The_same_list_again_changes_nothing_and_one_that_is_behind_moves_nothing_back()
    {
        var desk = Told(Done);
        var before = desk.State;

        Tell(desk, Done);
        Tell(desk, Open);

        Assert.Same(before, desk.State);
    }

    [Fact]
    public void A_later_list_moves_a_matter_on()
    {
        var desk = Told(Open);
        Assert.Equal((MatterStage.Open, 1), (desk.State.Stage, desk.State.Visits));
        Tell(desk, Open with { Visits = 2 });
        Assert.Equal((MatterStage.Open, 2), (desk.State.Stage, desk.State.Visits));
        Tell(desk, Done with { Visits = 2, Stage = MatterStage.Withdrawn, Outcome = "changed-mind" });
        Assert.Equal((MatterStage.Withdrawn, "changed-mind"), (desk.State.Stage, desk.State.Withdrawal!.Reason));
    }

    [Fact]
    public void A_third_visit_and_a_late_result_are_to_be_answered_for()
    {
        var desk = Told(Done with { Visits = 3, EndedAt = Office.At("2026-03-20 15:00") });

        Assert.Equal([MatterRules.ThirdVisit, MatterRules.Overdue], desk.Blamed);
        Assert.Equal((0, 1), MatterFlows.OnTime.Of(desk.Counts));
    }

    [Fact]
    public void Visits_that_a_list_tells_as_lawful_are_none_to_answer_for()
    {
        var desk = Told(Done with { Visits = 4, LawfulVisits = 1 });

        Assert.Equal((3, 1), (desk.State.Visits, desk.State.LawfulVisits));
        Assert.Equal([MatterRules.ThirdVisit], desk.Blamed);
        Assert.Empty(Told(Done with { Visits = 3, LawfulVisits = 1 }).Blamed);
        // Whoever comes a second time comes a second time, whatever they bring.
        Assert.Equal((2, 0), (Told(Done with { LawfulVisits = 1 }).State.Visits, Told(Done with { LawfulVisits = 1 }).State.LawfulVisits));
    }

    [Fact]
    public void A_third_visit_that_was_recorded_here_as_lawful_is_no_other_one_when_a_list_counts_it()
    {
        var desk = Accept(Licence).Visit().Visit(brings: ["licence"]);
        Assert.Equal((2, 1), (desk.State.Visits, desk.State.LawfulVisits));
        var before = desk.State;

        Tell(desk, Open with { Limit = null, Visits = 3 });
        Assert.Same(before, desk.State);

        Tell(desk, Open with { Limit = null, Visits = 4 });
        Assert.Equal((3, 1), (desk.State.Visits, desk.State.LawfulVisits));
        Assert.Equal([MatterRules.ThirdVisit], desk.Blamed);
    }

    [Fact]
    public void Another_item_or_another_way_contradicts_what_is_known()
    {
        var desk = Told(Open);

        Assert.Equal("matter-exists", desk.Try(Open with { Item = "other" }));
        Assert.Equal("matter-exists", desk.Try(Open with { Online = true }));
        Assert.Equal("service-item-unknown", new MatterDesk().Try(Open, itemIsKnown: false));
        Assert.Equal("node-unknown", new MatterDesk().Try(Open, nodeIsKnown: false));
    }

    private static MatterDesk Told(TellMatter told)
    {
        var desk = new MatterDesk { Now = Office.At("2026-03-31 02:00") };
        Tell(desk, told);
        return desk;
    }

    // As the grain does: piece by piece, each at its own time.
    private static void Tell(MatterDesk desk, TellMatter told)
    {
        var now = desk.Now;
        for (var version = -1L; version != desk.State.Version;)
        {
            version = desk.State.Version;
            desk.Now = Math.Min(now, told.TimeOf(desk.State) ?? now);
            desk.Do(told);
        }

        desk.Now = now;
    }
}
