using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.MatterDesk;

namespace Feedback.Domain.Tests.ServiceMatters;

/// <summary>The two-visit rule, sentence by sentence.</summary>
public sealed class TwoVisitTests
{
    [Fact]
    public void A_matter_accepted_at_a_window_had_its_first_visit_and_one_applied_for_online_had_none()
    {
        var online = new MatterDesk().Do(Acceptance() with { Online = true });
        Assert.Equal((1, 0), (Accept().State.Visits, online.State.Visits));
        Assert.Equal(0, online.Do(new CompleteMatter("granted")).State.Completion!.Visits);
    }

    [Fact]
    public void A_matter_completed_at_the_first_or_the_second_visit_keeps_the_rule()
    {
        var once = Accept().Do(new CompleteMatter("granted"));
        var twice = Accept(Licence).Visit(brings: ["licence"], result: "granted");
        Assert.Equal((1, 2), (once.State.Completion!.Visits, twice.State.Completion!.Visits));
        Assert.Empty(once.Blamed.Concat(twice.Blamed));
        Assert.Equal(MatterStage.Completed, twice.State.Stage);
    }

    [Fact]
    public void A_second_visit_that_leaves_it_open_is_the_last_that_costs_nothing()
    {
        var desk = Accept().Visit();
        Assert.True(desk.State.IsSecondVisit);
        Assert.Empty(desk.Blamed);
        Assert.Empty(desk.Do(new CompleteMatter("granted")).Blamed);
    }

    [Fact]
    public void A_third_visit_opens_accountability_and_so_does_each_one_after_it()
    {
        var desk = Accept().Visit().Visit();
        Assert.Equal([MatterRules.ThirdVisit], desk.Blamed);
        Assert.Equal([MatterRules.ThirdVisit, MatterRules.ThirdVisit], desk.Visit(result: "granted").Blamed);
        Assert.Equal(4, desk.State.Completion!.Visits);
    }

    [Fact]
    public void A_third_visit_opens_accountability_of_a_matter_applied_for_online_too()
    {
        var desk = new MatterDesk().Do(Acceptance() with { Online = true }).Visit().Visit();
        Assert.Empty(desk.Blamed);
        Assert.Equal([MatterRules.ThirdVisit], desk.Visit().Blamed);
    }

    [Fact]
    public void A_document_demanded_later_than_the_notice_opens_accountability()
    {
        var desk = Accept(Licence).Visit(asked: ["lease"]);
        Assert.Equal([MatterRules.LateDemand], desk.Blamed);
        Assert.Equal("lease", Assert.Single(desk.State.Accountable[0].Documents));
    }

    [Fact]
    public void The_same_late_demand_is_answered_for_once()
    {
        var desk = Accept(Licence).Visit(asked: ["lease", "lease"]).Visit(brings: ["licence"], asked: ["lease"]);
        Assert.Equal([MatterRules.LateDemand], desk.Blamed);
    }

    [Fact]
    public void Asking_for_what_the_notice_listed_opens_nothing() => Assert.Empty(Accept(Licence, Photo).Visit(asked: ["licence", "photo"]).Blamed);

    [Theory]
    [InlineData("licence")]
    [InlineData("photo")]
    [InlineData("record")]
    public void Handing_in_what_the_notice_listed_is_no_visit_and_opens_nothing(string document)
    {
        var desk = Accept(Licence, Photo, NoRecord).Visit().Do(new SupplementMatter([document]));
        Assert.Equal((2, 0), (desk.State.Visits, desk.State.Accountable.Length));
        Assert.Equal(new DateOnly(2026, 3, 2), desk.State.HandedIn[document]);
    }

    [Theory]
    [InlineData("licence")]
    [InlineData("photo")]
    [InlineData("record")]
    public void Coming_a_third_time_only_with_what_the_notice_listed_is_lawful(string document)
    {
        var desk = Accept(Licence, Photo, NoRecord).Visit().Visit(brings: [document], result: "granted");
        Assert.Empty(desk.Blamed);
        Assert.Equal((2, 1, 2), (desk.State.Visits, desk.State.LawfulVisits, desk.State.Completion!.Visits));
    }

    [Fact]
    public void Coming_a_third_time_is_not_lawful_where_more_is_demanded_then()
    {
        var desk = Accept(Licence).Visit().Visit(brings: ["licence"], asked: ["lease"]);
        Assert.Equal([MatterRules.LateDemand, MatterRules.ThirdVisit], desk.Blamed);
    }

    [Fact]
    public void Coming_a_third_time_with_what_was_demanded_late_is_not_lawful()
    {
        var desk = Accept().Visit(asked: ["lease"]).Visit(brings: ["lease"], result: "granted");
        Assert.Equal([MatterRules.LateDemand, MatterRules.ThirdVisit], desk.Blamed);
    }

    [Fact]
    public void What_may_follow_or_is_promised_may_come_after_the_result()
    {
        var desk = Accept(Photo, NoRecord).Do(new CompleteMatter("granted")).Do(new SupplementMatter(["photo", "record"]));
        Assert.Empty(desk.State.Outstanding);
        Assert.Empty(desk.Blamed);
    }

    [Fact]
    public void A_withdrawn_matter_takes_nothing_more()
    {
        var desk = Accept(Licence).Do(new WithdrawMatter("changed-mind"));
        Assert.Equal(MatterStage.Withdrawn, desk.State.Stage);
        MatterCommand[] more = [new SupplementMatter(["licence"]), new VisitMatter([], [], null), new CompleteMatter("granted"), new WithdrawMatter("again")];
        Assert.All(more, command => Assert.Equal("matter-over", desk.Try(command)));
    }

    [Fact]
    public void A_completed_matter_is_not_visited_completed_or_withdrawn_again()
    {
        var desk = Accept().Do(new CompleteMatter("granted"));
        MatterCommand[] more = [new VisitMatter([], [], null), new CompleteMatter("granted"), new WithdrawMatter("again")];
        Assert.All(more, command => Assert.Equal("matter-over", desk.Try(command)));
    }

    [Fact]
    public void What_cannot_be_is_refused_by_name_and_nothing_happens()
    {
        Assert.Equal("matter-unknown", new MatterDesk().Try(new CompleteMatter("granted")));
        Assert.Equal("node-unknown", new MatterDesk().Try(Acceptance(), nodeIsKnown: false));
        Assert.Equal("service-item-unknown", new MatterDesk().Try(Acceptance(), itemIsKnown: false));
        Assert.Equal("time-limit-invalid", new MatterDesk().Try(Acceptance() with { Limit = "soon" }));
        Assert.Equal("document-twice", new MatterDesk().Try(Acceptance(Licence, Licence)));
        Assert.Equal("document-day-missing", new MatterDesk().Try(Acceptance(Photo with { DueOn = null })));
        Assert.Equal("document-day-past", new MatterDesk().Try(Acceptance(Photo with { DueOn = new DateOnly(2026, 3, 1) })));
        Assert.Equal("list-too-long", new MatterDesk().Try(Acceptance([.. Enumerable.Range(0, 51).Select(number => Licence with { Code = $"d-{number}" })])));
        var desk = Accept(Licence);
        Assert.Equal("matter-exists", desk.Try(Acceptance()));
        Assert.Equal("matter-stale", desk.Try(new CompleteMatter("granted"), expected: 7));
        Assert.Equal("document-unlisted", desk.Try(new SupplementMatter(["lease"])));
        Assert.Equal("document-unlisted", desk.Try(new VisitMatter(["lease"], [], null)));
        Assert.Equal("member-missing", desk.Try(new SupplementMatter([])));
        Assert.Equal("result-missing", desk.Try(new CompleteMatter(" ")));
        Assert.Equal("reason-missing", desk.Try(new WithdrawMatter("")));
        Assert.Equal("document-unlisted", desk.Do(new SupplementMatter(["licence"])).Try(new SupplementMatter(["licence"])));
    }

    [Fact]
    public void The_fold_of_what_happened_is_the_state()
    {
        var desk = Accept(Licence, Photo).Visit(asked: ["lease"]).Do(new SupplementMatter(["licence"])).Visit(brings: ["photo"], result: "granted");
        var folded = MatterState.Fold(desk.State.Id, desk.Events.Select(happened => EventText.Read(EventText.Write(happened))));
        Assert.Equal((desk.State.Version, desk.State.Visits, desk.State.Stage), (folded.Version, folded.Visits, folded.Stage));
        Assert.Equal(desk.State.HandedIn, folded.HandedIn);
        Assert.Equal(desk.State.Counted.ByDay().Values.Select(day => day.Write()), folded.Counted.ByDay().Values.Select(day => day.Write()));
        Assert.Throws<UnknownKindException>(() => folded.Apply(Some.Accepted()));
    }
}
