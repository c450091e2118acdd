using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Journal;
using Feedback.Grains.Paper;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Paper.PaperSite;

namespace Feedback.Grains.Tests.Paper;

/// <summary>Batches are numbered, found again by their request, and listed.</summary>
public sealed class PaperListTests
{
    [Fact]
    public async Task The_batches_of_a_node_are_numbered_without_gaps_and_a_repeated_request_is_known()
    {
        await using var site = await Site.OpenAsync();
        var batches = site.Silo.Get<PaperBatches>();
        var command = Opening();
        var mark = batches.MarkOf(Places.Hall, "account:li", "r-1")!;
        Assert.Equal(3, new[] { mark, batches.MarkOf(Places.Hall, "account:wang", "r-1"), batches.MarkOf(Places.OtherHall, "account:li", "r-1") }.Distinct().Count());
        Assert.Null(batches.MarkOf(Places.Hall, "account:li", null));
        var request = new PaperRequest(command, "account:li") { Mark = mark };
        var (first, again) = (await Grain(site).Perform(request), await Grain(site).Perform(request));
        Assert.Equal([(2L, false), (2L, true)], new[] { first, again }.Select(answer => (answer.Version, answer.IsRepeat)));
        Assert.Equal("paper-batch-exists", (await Grain(site).Perform(new PaperRequest(command, "account:li"))).Refusal!.Code);

        Assert.Equal(1, await batches.CountAsync(Places.Hall));
        Assert.Equal(Batch, (await batches.OpenedByAsync(Places.Hall, 1, mark))!.Id);
        Assert.Equal(0, await batches.CountAsync(Places.OtherHall));
        Assert.Null(await batches.FindAsync(PaperBatchId.Of(Places.Hall, 2)));
        Assert.Equal("paper-batch-unknown", (await site.Silo.Get<IGrainFactory>().GetGrain<IPaperGrain>("q1").Perform(request)).Refusal!.Code);
    }

    [Fact]
    public async Task Batches_are_listed_page_by_page_and_only_what_is_shown_and_changed_is_read()
    {
        await using var site = await Site.OpenAsync();
        NodeId[] places = [Places.Hall, Places.Window, Places.Hall, Places.Hall, Places.Window, Places.OtherHall, Places.Hall];
        var opened = new List<PaperBatchId>();
        foreach (var place in places)
        {
            var id = PaperBatchId.Of(place, 1 + opened.Count(one => one.Node == place));
            Assert.Null((await Grain(site, id).Perform(new PaperRequest(Opening() with { Node = place }, "account:li"))).Refusal);
            opened.Insert(0, id);
            await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        var (lists, all) = (site.Silo.Get<PaperLists>(), new[] { Places.Hall, Places.TeamWindow, Places.Window, Places.OtherHall });
        var (pages, after) = (new List<PaperPage>(), (PaperCursor?)null);
        do
        {
            pages.Add(await lists.ListAsync(all, after, 3));
            after = pages[^1].Next;
        }
        while (after is not null);
        Assert.Equal([3, 3, 1], pages.Select(page => page.Batches.Count));
        Assert.Equal(opened, pages.SelectMany(page => page.Batches).Select(line => line.Id));
        Assert.Equal(opened.Where(id => id.Node == Places.Window), (await lists.ListAsync([Places.Window], null, 2)).Batches.Select(line => line.Id));

        // The same page once more reads nothing but heads; a batch that changed is read, and no other.
        var before = site.Silo.Journal.PaperReads;
        await lists.ListAsync(all, null, 3);
        Assert.Equal(before, site.Silo.Journal.PaperReads);
        Assert.Null((await Grain(site, opened[0]).Perform(new PaperRequest(new SpoilForm(1, "blank"), "account:li"))).Refusal);
        before = site.Silo.Journal.PaperReads;
        Assert.Equal(1, (await lists.ListAsync(all, null, 3)).Batches[0].Spoilt);
        Assert.Equal(2, site.Silo.Journal.PaperReads - before);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => lists.ListAsync(all, null, 0));
    }

    [Fact]
    public async Task A_new_reader_of_the_first_page_reads_no_batch_behind_it()
    {
        await using var site = await Site.OpenAsync();
        for (var ordinal = 1; ordinal <= 40; ordinal++)
            Assert.Null((await Grain(site, PaperBatchId.Of(Places.Hall, ordinal)).Perform(new PaperRequest(Opening(), "account:li"))).Refusal);
        var (batches, before) = (new PaperBatches(site.Silo.Get<IJournal>(), site.Secrets), site.Silo.Journal.PaperReads);

        var page = await new PaperLists(site.Silo.Get<IJournal>(), batches).ListAsync(Places.Above, null, 2);
        Assert.Equal(["p4-40", "p4-39"], page.Batches.Select(line => line.Id.Value));
        // The openings of three, and both batches of the page to their ends.
        Assert.Equal(3 + (2 * 2), site.Silo.Journal.PaperReads - before);
        Assert.Equal(40, await batches.CountAsync(Places.Hall));

        // All of one moment, they lie in the order of their numbers.
        var (lists, ordinals, after) = (site.Silo.Get<PaperLists>(), new List<int>(), (PaperCursor?)null);
        do
        {
            page = await lists.ListAsync(Places.Above, after, 7);
            ordinals.AddRange(page.Batches.Select(line => line.Id.Ordinal));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(Enumerable.Range(1, 40).Reverse(), ordinals);
    }

    [Theory]
    [InlineData("1772416800000.p4-1", true)]
    [InlineData("1772416800000.n4-1", false)]
    [InlineData("-1.p4-1", false)]
    [InlineData("1.2.p4-1", false)]
    [InlineData("", false)]
    public void A_place_in_the_list_is_read_as_it_was_written(string text, bool isPlace)
    {
        Assert.Equal(isPlace, PaperCursor.TryParse(text, out var place));
        Assert.True(!isPlace || place.ToString() == text);
    }
}
