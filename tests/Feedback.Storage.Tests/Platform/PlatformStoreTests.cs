using Feedback.Domain.Platform;
using Feedback.Grains.Journal;
using Feedback.Grains.Platform;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Platform;

/// <summary>What was reported, on both databases.</summary>
public sealed class PlatformStoreTests
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PlatformBatch Batch = new("b1", [new BatchPart("window:n1", 0, 2, Kinds: "evaluations finished"), new BatchPart("window:n2", 4, 5, Again: "n2-x")], 100);

    [Theory, EveryDatabase]
    public async Task One_batch_is_under_way_until_it_ends_and_the_last_one_is_remembered(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var store = silo.Get<IPlatformStore>();
        Assert.Null(await store.UnderWayAsync());

        await ChangeAsync(silo, new PlatformChange { Begin = Batch });
        await ChangeAsync(silo, new PlatformChange { Begin = Batch with { Id = "b2" } });

        var underWay = (await store.UnderWayAsync())!;
        Assert.Equal(("b1", 100L, 3L), (underWay.Id, underWay.Begun, underWay.Size));
        Assert.Equal<BatchPart>(Batch.Parts, underWay.Parts);
        await ChangeAsync(silo, new PlatformChange { Batch = "b1", End = new BatchEnd(200, 3, 1) });
        Assert.Null(await store.UnderWayAsync());
        Assert.Equal(new EndedBatch("b1", 200, 3, 1), await store.LastAsync());
        await ChangeAsync(silo, new PlatformChange { Begin = Batch with { Id = "b2" } });
        await ChangeAsync(silo, new PlatformChange { Batch = "b2", End = new BatchEnd(300, 0, 0) });
        Assert.Equal("b1", (await store.LastAsync())!.Id);
        await ChangeAsync(silo, new PlatformChange { Begin = Batch with { Id = "b3" }, Batch = "b3", End = new BatchEnd(400, 1, 0) });
        Assert.Equal("b3", (await store.LastAsync())!.Id);
    }

    [Theory, EveryDatabase]
    public async Task Of_two_who_end_the_same_batch_one_does_everything_and_the_other_nothing(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var store = silo.Get<IPlatformStore>();
        await silo.Journal.AppendAsync(Some.Stream(), (3, Some.Instant));
        await ChangeAsync(silo, new PlatformChange { Begin = Batch });
        var end = new PlatformChange
        {
            Batch = "b1",
            End = new BatchEnd(200, 2, 0),
            Streams = [new ReportedStream("window:n1", 2)],
            Counts = [new ReportedCount(Day, PlatformKind.Evaluations, 2)],
        };

        await Task.WhenAll(ChangeAsync(silo, end), ChangeAsync(silo, end));
        await ChangeAsync(silo, end with { Streams = [new ReportedStream("window:n1", 3)], Rejected = [Rejected("n1-3")] });

        Assert.Equal([new StreamBehind("window:n1", 2, 3)], await store.BehindAsync("window:", "", 10));
        Assert.Equal([new ReportedDay(Day, PlatformKind.Evaluations, 2, null, null, null)], await store.DaysAsync(Day));
        Assert.Equal(0, await store.CountRejectedAsync());
    }

    [Theory, EveryDatabase]
    public async Task Streams_are_behind_that_go_on_after_what_is_reported_of_them(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var store = silo.Get<IPlatformStore>();
        await silo.Journal.AppendAsync(Some.Stream(1), (2, Some.Instant), (3, Some.Instant));
        await silo.Journal.AppendAsync(Some.Stream(2), (4, Some.Instant));
        await silo.Journal.AppendAsync(new("window"), (1, Some.Instant));
        await silo.Journal.AppendAsync(new("matter:m1"), (1, Some.Instant));
        Assert.Equal([new StreamBehind("window:n1", null, 5), new StreamBehind("window:n2", null, 4)], await store.BehindAsync("window:", "", 10));
        Assert.Equal(["window:n2"], (await store.BehindAsync("window:", "window:n1", 10)).Select(one => one.Stream));
        Assert.Equal(["matter:m1"], (await store.BehindAsync("matter:", "", 10)).Select(one => one.Stream));
        Assert.Equal(new WaitingEvents(2, 9), await store.WaitingAsync("window:"));

        await ChangeAsync(silo, new PlatformChange { Begin = Batch, Batch = "b1", Streams = [new ReportedStream("window:n1", 4), new ReportedStream("window:n2", 4)] });
        await ChangeAsync(silo, new PlatformChange { Batch = "b1", Streams = [new ReportedStream("window:n1", 3)] });

        Assert.Equal([new StreamBehind("window:n1", 4, 5)], await store.BehindAsync("window:", "", 10));
        Assert.Equal(new WaitingEvents(1, 1), await store.WaitingAsync("window:"));
    }

    [Theory, EveryDatabase]
    public async Task Rejected_items_are_replaced_marked_and_taken_away(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var store = silo.Get<IPlatformStore>();
        await ChangeAsync(silo, new PlatformChange { Begin = Batch, Batch = "b1", Rejected = [Rejected("n1-1"), Rejected("n1-2") with { At = 60, IsKnown = true }] });
        Assert.Equal([Rejected("n1-2") with { At = 60, IsKnown = true }, Rejected("n1-1")], await store.ListRejectedAsync(again: false, 10));

        await ChangeAsync(silo, new PlatformChange { Again = ["n1-1", "unknown"] });
        Assert.Equal([Rejected("n1-1") with { Again = true }], await store.ListRejectedAsync(again: true, 10));
        await ChangeAsync(silo, new PlatformChange { Batch = "b1", Rejected = [Rejected("n1-1") with { Reason = "另一个" }], Taken = ["n1-2"] });

        Assert.Equal([Rejected("n1-1") with { Reason = "另一个" }], (await store.RejectedAsync(["n1-1", "n1-2", "n1-3"])).Values);
        Assert.Equal(1, await store.CountRejectedAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_day_keeps_what_was_taken_when_the_platform_was_asked(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var store = silo.Get<IPlatformStore>();
        await ChangeAsync(silo, new PlatformChange { Begin = Batch, Batch = "b1", Counts = [new ReportedCount(Day, PlatformKind.Matters, 2)] });
        await ChangeAsync(silo, new PlatformChange { Compared = [new ComparedDay(Day, PlatformKind.Matters, 3, 500), new ComparedDay(Day.AddDays(1), PlatformKind.Matters, 0, 500)] });
        await ChangeAsync(silo, new PlatformChange { Batch = "b1", Counts = [new ReportedCount(Day, PlatformKind.Matters, 1)] });

        var days = await store.DaysAsync(Day);
        Assert.Equal([new ReportedDay(Day, PlatformKind.Matters, 3, 3, 500, 2), new ReportedDay(Day.AddDays(1), PlatformKind.Matters, 0, 0, 500, 0)], days);
        Assert.Equal([false, true], days.Select(day => day.IsEqual!.Value));
        Assert.Empty(await store.DaysAsync(Day.AddDays(2)));
    }

    private static RejectedItem Rejected(string id) => new(id, PlatformKind.Evaluations, "window:n1", 1, Day, "不认识", 50, "b1", IsKnown: false);

    private static Task ChangeAsync(OpenStorage silo, PlatformChange change) => silo.Journal.WriteAsync(new JournalUnit { Platform = change });
}
