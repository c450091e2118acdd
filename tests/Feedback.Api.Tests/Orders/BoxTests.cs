using Feedback.Api.Cases;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Boxes;
using Feedback.Grains.Cases;
using Xunit;

namespace Feedback.Api.Tests.Orders;

/// <summary>Openings of the suggestion box beside what was filed from it.</summary>
[Collection(OneSite.Name)]
public sealed class BoxTests(RunningSite site)
{
    private BoxOpenings Boxes => site.Service<BoxOpenings>();

    [Fact]
    public async Task Papers_found_stand_beside_the_cases_filed_until_the_next_opening()
    {
        var hall = new NodeId((await site.NewHallAsync()).Id);
        var now = site.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        await Boxes.RecordAsync(hall, now - 7_200_000, 2, "account:li");
        await Boxes.RecordAsync(hall, now - 3_600_000, 3, "account:li");
        await FileAsync(hall, CaseChannel.Box);
        await FileAsync(hall, CaseChannel.Window);

        Assert.Equal([(3, 1L), (2, 0L)], (await Boxes.ListAsync(hall)).Select(one => (one.Opened.Found, one.Filed)));
    }

    [Fact]
    public async Task The_same_opening_is_recorded_once_and_many_at_once_are_all_kept()
    {
        var hall = new NodeId((await site.NewHallAsync()).Id);
        var now = site.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        Assert.True((await Boxes.RecordAsync(hall, now, 2, "account:li")).IsNew);
        Assert.False((await Boxes.RecordAsync(hall, now, 2, "account:li")).IsNew);
        await Task.WhenAll(Enumerable.Range(1, 5).Select(i => Boxes.RecordAsync(hall, now - i, i, "account:li")));

        Assert.Equal(6, (await Boxes.ListAsync(hall)).Count);
    }

    private async Task FileAsync(NodeId node, CaseChannel channel) => Assert.Null((await site.Service<CaseCalls>().PerformAsync(
        CaseSecrets.NewId(),
        new CaseRequest(new OpenCase(new CaseIntake { Number = "", Kind = CaseKind.Suggestion, Channel = channel, Node = node, Lead = CaseRoutes.ByRules, Anonymous = true }), CaseActor.System)
        {
            Words = "请增设座椅",
            Id = Some.Id(),
        })).Refusal);
}
