using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Cases;

/// <summary>Lists and counts of cases by filters, page by page.</summary>
public sealed class CaseListTests
{
    private static readonly CaseRow[] Rows =
    [
        SomeCase.Row(1) with { Owner = "u-1", DueAt = 500, DueClock = "progress", Overdue = true },
        SomeCase.Row(2, node: "n8") with { Kind = CaseKind.Suggestion, Channel = CaseChannel.Box, Stage = CaseStage.Handling, Category = "style", External = ("12345", "GD-7"), Assisting = NodeSet.Read("n12") },
        SomeCase.Row(3, node: "n8") with { Stage = CaseStage.Handling, DueAt = 300, DueClock = "completion", Supervised = true, ToSupervise = true },
        SomeCase.Row(4, node: "n9") with { Kind = CaseKind.BadRating, Stage = CaseStage.Answered, ToCallBack = true, Category = "wait", Lead = new NodeId("n7") },
        SomeCase.Row(5, node: "n9") with { Stage = CaseStage.Closed, Owner = "u-1", ClosedAt = Some.Instant + 9, Assisting = NodeSet.Read("n12 n13") },
    ];

    public static readonly TheoryData<string, CaseFilter, int[]> Filters = new()
    {
        { "everything", CaseFilter.Everything, [5, 4, 3, 2, 1] },
        { "nodes", new CaseFilter { Nodes = [new("n7"), new("n8"), new("n8")] }, [3, 2, 1] },
        { "nodes at a stage", new CaseFilter { Nodes = [new("n7"), new("n8")], Stages = [CaseStage.Handling, CaseStage.Closed] }, [3, 2] },
        { "many nodes", new CaseFilter { Nodes = [.. Enumerable.Range(8, 100).Select(NodeId.Numbered)], Stages = [CaseStage.Handling, CaseStage.Closed] }, [5, 3, 2] },
        { "many nodes or handled there", new CaseFilter { Nodes = [new("n7"), .. Enumerable.Range(100, 100).Select(NodeId.Numbered)], OrHandledThere = true }, [4, 1] },
        { "no node", new CaseFilter { Nodes = [] }, [] },
        { "nodes or handled there", new CaseFilter { Nodes = [new("n7")], OrHandledThere = true }, [4, 1] },
        { "whom they concern", new CaseFilter { Reach = new CaseReach([new("n7")], null) }, [4, 1] },
        { "whom they concern or who owns them", new CaseFilter { Reach = new CaseReach([new("n8")], "u-1"), Stages = [CaseStage.Handling, CaseStage.Closed] }, [5, 3, 2] },
        { "who owns them alone", new CaseFilter { Reach = new CaseReach([], "u-1"), Nodes = [new("n9")] }, [5] },
        { "many whom they concern", new CaseFilter { Reach = new CaseReach([.. Enumerable.Range(8, 100).Select(NodeId.Numbered)], "u-1"), Nodes = [new("n7"), new("n9")] }, [5, 4, 1] },
        { "nodes or helped there", new CaseFilter { Nodes = [new("n12"), new("n7")], OrHelpedThere = true }, [5, 2, 1] },
        { "nodes, handled or helped there", new CaseFilter { Nodes = [new("n12"), new("n7")], OrHandledThere = true, OrHelpedThere = true, Stages = [CaseStage.Answered, CaseStage.Closed] }, [5, 4] },
        { "many nodes or helped there", new CaseFilter { Nodes = [.. Enumerable.Range(12, 100).Select(NodeId.Numbered)], OrHelpedThere = true }, [5, 2] },
        { "unit that handles or helps", new CaseFilter { Units = [new("n7"), new("n13")] }, [5, 4] },
        { "many units that handle or help", new CaseFilter { Units = [new("n7"), .. Enumerable.Range(13, 100).Select(NodeId.Numbered)] }, [5, 4] },
        { "whom they concern or who helps", new CaseFilter { Reach = new CaseReach([new("n7")], "u-1") { Helping = [new("n12")] }, Overdue = false }, [5, 4, 2] },
        { "many whom they concern or who help", new CaseFilter { Reach = new CaseReach([.. Enumerable.Range(100, 100).Select(NodeId.Numbered)], null) { Helping = [new("n12")] } }, [5, 2] },
        { "no node and nobody who helps", new CaseFilter { Reach = new CaseReach([], null) }, [] },
        { "number elsewhere", new CaseFilter { ExternalNumber = "GD-7" }, [2] },
        { "kinds", new CaseFilter { Kinds = [CaseKind.Suggestion, CaseKind.BadRating] }, [4, 2] },
        { "stages", new CaseFilter { Stages = [CaseStage.Handling] }, [3, 2] },
        { "categories", new CaseFilter { Categories = ["style", "wait"] }, [4, 2] },
        { "like one without a category", new CaseFilter { Like = new CaseLikeness(new("n8"), CaseKind.Complaint, null) }, [3] },
        { "like one of a category elsewhere", new CaseFilter { Like = new CaseLikeness(new("n8"), CaseKind.Complaint, "wait") }, [4, 3] },
        { "like one at its nodes and in its time", new CaseFilter { Nodes = [new("n8"), new("n9")], Stages = [CaseStage.Handling, CaseStage.Answered], OpenedFrom = Some.Instant + 3, OpenedBefore = Some.Instant + 5, Like = new CaseLikeness(new("n8"), CaseKind.Complaint, "style") }, [3] },
        { "channels", new CaseFilter { Channels = [CaseChannel.Box] }, [2] },
        { "owner", new CaseFilter { Owner = "u-1" }, [5, 1] },
        { "opened", new CaseFilter { OpenedFrom = Some.Instant + 2, OpenedBefore = Some.Instant + 4 }, [3, 2] },
        { "due", new CaseFilter { DueBefore = 500 }, [3] },
        { "overdue", new CaseFilter { Overdue = true }, [1] },
        { "not overdue", new CaseFilter { Overdue = false, Stages = [CaseStage.Registered] }, [] },
        { "supervised", new CaseFilter { Supervised = true }, [3] },
        { "to supervise", new CaseFilter { ToSupervise = true }, [3] },
        { "to call back", new CaseFilter { ToCallBack = true }, [4] },
        { "all at once", new CaseFilter { Nodes = [new("n8"), new("n9")], Kinds = [CaseKind.Complaint], Stages = [CaseStage.Handling, CaseStage.Closed], Supervised = false }, [5] },
    };

    [Theory, EveryDatabase]
    public async Task Filters_let_through_what_they_say(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await OpenAsync(place);
        var cases = silo.Get<ICaseStore>();

        foreach (var (name, filter, expected) in Filters.Select(row => ((string)row[0], (CaseFilter)row[1], (int[])row[2])))
        {
            Assert.Equal((name, string.Join(',', expected)), (name, string.Join(',', Numbers(await cases.ListAsync(filter, CaseOrder.OpenedDescending, null, 200)))));
            Assert.Equal(
                Rows.Where((_, i) => expected.Contains(i + 1)).CountBy(row => row.Stage).ToDictionary(one => one.Key, one => (long)one.Value),
                await cases.CountByStageAsync(filter));
        }
    }

    [Theory, EveryDatabase]
    public async Task A_merged_case_whose_citizen_has_no_answer_is_among_the_open_ones_where_that_is_asked_for(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit
        {
            Cases =
            [
                SomeCase.Row(1), SomeCase.Row(2) with { Stage = CaseStage.Merged, Owner = "u-1" },
                SomeCase.Row(3) with { Stage = CaseStage.Merged, Owner = "u-1", ClosedAt = Some.Instant + 9 },
                SomeCase.Row(4) with { Stage = CaseStage.Closed, ClosedAt = Some.Instant + 9 },
            ],
        });
        var cases = silo.Get<ICaseStore>();
        var open = new CaseFilter { Stages = [CaseStage.Registered], OrAnswerOwed = true };
        NodeId[] few = [new("n7")], many = [.. Enumerable.Range(7, 100).Select(NodeId.Numbered)];

        foreach (var filter in new[] { open, open with { Nodes = few }, open with { Nodes = many }, open with { Reach = new CaseReach(few, "u-1") }, open with { Reach = new CaseReach(many, "u-1") } })
        {
            Assert.Equal([2, 1], Numbers(await cases.ListAsync(filter, CaseOrder.OpenedDescending, null, 200)));
            Assert.Equal(new Dictionary<CaseStage, long> { [CaseStage.Registered] = 1, [CaseStage.Merged] = 1 }, await cases.CountByStageAsync(filter));
        }

        Assert.Equal([2], Numbers(await cases.ListAsync(open with { Owner = "u-1" }, CaseOrder.OpenedDescending, null, 200)));
        Assert.Equal([1], Numbers(await cases.ListAsync(open with { OrAnswerOwed = false }, CaseOrder.OpenedDescending, null, 200)));
        Assert.Equal([3, 2], Numbers(await cases.ListAsync(open with { Stages = [CaseStage.Merged] }, CaseOrder.OpenedDescending, null, 200)));
        Assert.Equal([4, 3, 2, 1], Numbers(await cases.ListAsync(open with { Stages = [] }, CaseOrder.OpenedDescending, null, 200)));
    }

    [Theory, EveryDatabase]
    public async Task Those_due_next_come_first_and_those_without_a_deadline_last(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await OpenAsync(place);

        Assert.Equal([3, 1, 2, 4, 5], Numbers(await silo.Get<ICaseStore>().ListAsync(CaseFilter.Everything, CaseOrder.DueAscending, null, 200)));
    }

    [Theory, EveryDatabase]
    public async Task Those_received_first_come_first_where_that_is_asked_for(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await OpenAsync(place);

        Assert.Equal([1, 2, 3, 4, 5], Numbers(await silo.Get<ICaseStore>().ListAsync(CaseFilter.Everything, CaseOrder.OpenedAscending, null, 200)));
    }

    [Theory, EveryDatabase]
    public async Task Pages_follow_each_other_without_gap_or_overlap_also_where_times_are_the_same(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit { Cases = [.. Enumerable.Range(1, 25).Select(number => SomeCase.Row(number) with { OpenedAt = Some.Instant + (number / 10), DueAt = number % 3 == 0 ? null : 7 })] });
        var cases = silo.Get<ICaseStore>();

        foreach (var order in Enum.GetValues<CaseOrder>())
        {
            var (seen, sizes, after) = (new List<int>(), new List<int>(), default(CaseCursor?));
            do
            {
                var page = await cases.ListAsync(CaseFilter.Everything, order, after, 10);
                seen.AddRange(Numbers(page));
                sizes.Add(page.Cases.Count);
                after = page.Next is { } next && CaseCursor.TryParse(next.ToString(), out var cursor) ? cursor : null;
            }
            while (after is not null);

            Assert.Equal([10, 10, 5], sizes);
            Assert.Equal(Numbers(await cases.ListAsync(CaseFilter.Everything, order, null, 200)), seen);
            Assert.Equal(25, seen.Distinct().Count());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("x.qAAAAAAAAAAAAAAAAAAAAAQ")]
    [InlineData("1.nothing")]
    [InlineData("1.qAAAAAAAAAAAAAAAAAAAAAQ.2")]
    [InlineData(null)]
    public void What_is_no_cursor_is_none(string? text) => Assert.False(CaseCursor.TryParse(text, out _));

    [Theory, EveryDatabase]
    public async Task A_page_holds_at_least_one_case_and_at_most_two_hundred(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();

        foreach (var limit in new[] { 0, 201 })
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => silo.Get<ICaseStore>().ListAsync(CaseFilter.Everything, CaseOrder.OpenedDescending, null, limit));
    }

    private static async Task<OpenStorage> OpenAsync(Place place)
    {
        var silo = await place.OpenAsync();
        await silo.Journal.WriteAsync(new JournalUnit { Cases = Rows });
        return silo;
    }

    private static IEnumerable<int> Numbers(CasePage page) => page.Cases.Select(row => int.Parse(row.Number.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture));
}
