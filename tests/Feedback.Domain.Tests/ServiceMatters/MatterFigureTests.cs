using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Catalogue;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Tests.Support;
using Xunit;
using static Feedback.Domain.Tests.Support.MatterDesk;

namespace Feedback.Domain.Tests.ServiceMatters;

public sealed class MatterFigureTests
{
    [Fact]
    public void The_rates_are_shares_of_what_was_completed()
    {
        MatterDesk[] matters =
        [
            Accept().Do(new CompleteMatter("granted")),
            new MatterDesk().Do(Acceptance() with { Online = true }).Do(new CompleteMatter("granted")),
            Accept().Visit(result: "granted"),
            Accept().Visit().Visit(result: "granted"),
            Accept().Do(new WithdrawMatter("changed-mind")),
            Accept(),
        ];
        var sum = matters.Aggregate(CaseCounts.Empty, (counts, matter) => counts.Plus(matter.Counts));
        Assert.Equal((2, 4), MatterFlows.OneVisit.Of(sum));
        Assert.Equal((3, 4), MatterFlows.TwoVisits.Of(sum));
        Assert.Equal((6, 1, 1, 1), (sum[MatterFlows.Accepted], sum[MatterFlows.Online], sum[MatterFlows.Withdrawn], sum[MatterFlows.Accountable(MatterRules.ThirdVisit)]));
    }

    [Fact]
    public void Each_event_counts_on_its_own_day()
    {
        var desk = Accept().At("2026-03-03 10:00").Visit().At("2026-03-04 10:00").Visit().At("2026-03-05 10:00").Do(new CompleteMatter("granted"));
        Assert.Equal("{\"matter/accepted\":1}", desk.Days[new DateOnly(2026, 3, 2)].Write());
        Assert.False(desk.Days.ContainsKey(new DateOnly(2026, 3, 3)));
        Assert.Equal("{\"matter/accountable/third-visit\":1}", desk.Days[new DateOnly(2026, 3, 4)].Write());
        Assert.Equal("{\"matter/completed\":1}", desk.Days[new DateOnly(2026, 3, 5)].Write());
    }

    [Fact]
    public void Commands_travel_as_text_and_arrive_as_they_were()
    {
        MatterCommand[] commands =
        [
            Acceptance(Licence, Photo, NoRecord) with { Limit = "5wd", Online = true }, Acceptance(), new SupplementMatter(["licence", "photo"]),
            new VisitMatter(["licence"], [new AskedDocument("lease", "租赁合同")], "granted"), new VisitMatter([], [], null),
            new CompleteMatter("granted"), new WithdrawMatter("changed-mind"),
            new TellMatter(Some.Hall, Item, Some.Bytes(7), Online: true, "5wd", 3, 4, MatterStage.Withdrawn, 9, "changed-mind", LawfulVisits: 2),
            new TellMatter(Some.Hall, Item, Some.Bytes(7), Online: false, null, 3, 0, MatterStage.Open, null, null),
        ];
        Assert.All(commands, command => Assert.Equivalent(command, MatterCommandText.Read(MatterCommandText.Write(command)), strict: true));
        Assert.Throws<FormatException>(() => MatterCommandText.Read("{\"step\":\"praise\"}"));
    }

    [Fact]
    public void What_was_published_is_found_as_it_was_at_a_version_of_the_catalogue()
    {
        ServiceItemDisclosed Disclosed(string zh, string limit) => new()
        {
            Salt = Some.Salt,
            Code = Item,
            Sections = ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>>.Empty.Add(DisclosureSection.Basis, [new DisclosedLine(zh, null)]),
            Limit = limit,
        };
        var catalogue = Bureau.Catalogue.Apply(Disclosed("旧法", "10wd")).Apply(Disclosed("新法", "5wd"));
        Assert.Null(catalogue.DisclosureOf(Item, 3));
        Assert.Null(catalogue.DisclosureOf("print"));
        Assert.Equal((4, "10wd", "旧法"), (catalogue.DisclosureOf(Item, 4)!.Version, catalogue.DisclosureOf(Item, 4)!.Limit, catalogue.DisclosureOf(Item, 4)!.Sections[DisclosureSection.Basis][0].Zh));
        Assert.Equal("5wd", catalogue.DisclosureOf(Item)!.Limit);
        Assert.Equal(DisclosureWords.All, DisclosureWords.All.Select(section => DisclosureWords.SectionOf(section.Word())!.Value));
    }
}
