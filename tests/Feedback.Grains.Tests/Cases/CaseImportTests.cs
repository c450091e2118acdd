using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Xunit;

namespace Feedback.Grains.Tests.Cases;

/// <summary>Imported cases in the real journal: each once, with its row and its counts, whatever goes wrong on the way.</summary>
public sealed class CaseImportTests : IAsyncLifetime
{
    private const long Hour = 60 * 60_000;
    private static readonly HallZone Zone = HallZone.Get("Asia/Shanghai");
    private static readonly long Opened = Some.Morning.AddDays(-20).ToUnixTimeMilliseconds();
    private Site _site = null!;

    private ICaseImport Import => _site.Silo.Get<ICaseImport>();

    private ICaseStore Cases => _site.Silo.Get<ICaseStore>();

    private IJournal Journal => _site.Silo.Get<IJournal>();

    public async Task InitializeAsync() => _site = await Site.OpenAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    private static ImportedCase Case(int number, long? hours = 30) =>
        new("lake", $"A{number}", CaseKind.Complaint, CaseChannel.Hotline, Places.Window, Places.Unit, Zone.At(Opened))
        {
            Category = "noise",
            Closed = hours is { } after ? Zone.At(Opened + (after * Hour)) : null,
        };

    private Task<System.Collections.Immutable.ImmutableArray<CaseImportResult>> ImportAsync(params ImportedCase[] cases) => Import.ImportAsync("feb-2026", cases);

    private async Task<string> CountsAsync() => string.Join(' ', (await Cases.CaseCountsAsync([Places.Window], new(2026, 2, 1), new(2026, 3, 31)))
        .Select(flow => $"{flow.Day.Day}:{flow.Counts["opened/complaint"]}/{flow.Counts["closed/complaint"]}"));

    [Fact]
    public async Task A_case_is_stored_with_its_row_and_is_counted_on_its_own_days()
    {
        var result = Assert.Single(await ImportAsync(Case(1)));

        Assert.Equal((true, true, null), (result.Opened, result.Closed, result.Refusal));
        var row = (await Cases.FindAsync("lake", "A1"))!;
        Assert.Equal((result.Case, 2, CaseStage.Closed, Opened, Opened + (30 * Hour), "noise"), (row.Id, row.Version, row.Stage, row.OpenedAt, row.ClosedAt, row.Category));
        Assert.Equal((Places.Window, Places.Unit, null, null), (row.Node, row.Lead, row.Owner, row.DueAt));
        Assert.Equal("10:1/0 11:0/1", await CountsAsync());
        // The journal's own time is that of the import: when it happened stands in the events.
        var stored = Assert.Single(await Journal.ReadAsync(StreamName.Case(row.Id), 0, 9));
        Assert.Equal(_site.Silo.Clock.GetUtcNow().ToUnixTimeMilliseconds(), stored.At);
        Assert.Equal(row, CaseState.Fold(row.Id, EventText.Read(stored).Select(one => one.Happened)).ToRow(new Dictionary<ClockKind, long?>()));
    }

    [Fact]
    public async Task A_repeated_import_stores_nothing_and_a_later_one_closes_what_was_open()
    {
        ImportedCase[] first = [Case(1), Case(2, hours: null)];
        await ImportAsync(first);
        var written = _site.Silo.Journal.Written.Count;

        Assert.All(await ImportAsync(first), result => Assert.Equal((false, false, null), (result.Opened, result.Closed, result.Refusal)));
        Assert.Equal(written, _site.Silo.Journal.Written.Count);
        Assert.Equal((false, true), (await ImportAsync(Case(1), Case(2, hours: 60)))[1] switch { var late => (late.Opened, late.Closed) });
        Assert.Equal("10:2/0 11:0/1 12:0/1", await CountsAsync());
    }

    [Fact]
    public async Task What_was_stored_without_anybody_knowing_is_not_stored_again()
    {
        _site.Silo.Journal.FailAfterNext(unit => unit.Cases.Count > 0);
        await Assert.ThrowsAsync<IOException>(() => ImportAsync(Case(1), Case(2), Case(3)));
        await _site.CrashAndRestartAsync();

        await ImportAsync(Case(1), Case(2), Case(3));

        Assert.Equal("10:3/0 11:0/3", await CountsAsync());
    }

    [Fact]
    public async Task Two_imports_at_once_open_a_case_once()
    {
        var held = _site.Silo.Journal.HoldNext(unit => unit.Cases.Count > 0);
        var slow = ImportAsync(Case(1));
        await held.ReachedAsync();

        var quick = Assert.Single(await ImportAsync(Case(1)));
        held.Open();

        Assert.True(quick.Opened);
        Assert.Equal((false, false, null), Assert.Single(await slow) switch { var late => (late.Opened, late.Closed, late.Refusal) });
        Assert.Equal("10:1/0 11:0/1", await CountsAsync());
    }

    [Fact]
    public async Task A_readable_number_that_another_case_has_is_drawn_again()
    {
        var (day, one) = (new DateOnly(2026, 2, 10), Case(1));
        await Journal.WriteAsync(new JournalUnit { Cases = [Taken(one.NumberOn(day, 0), null)] });

        Assert.True(Assert.Single(await ImportAsync(one)).Opened);

        Assert.Equal(one.NumberOn(day, 1), (await Cases.FindAsync("lake", "A1"))!.Number);
    }

    [Fact]
    public async Task A_case_that_came_another_way_under_its_number_there_is_not_opened_again()
    {
        await Journal.WriteAsync(new JournalUnit { Cases = [Taken("20260210-0000000-0", ("lake", "A1"))] });

        Assert.Equal((false, false, null), Assert.Single(await ImportAsync(Case(1))) switch { var known => (known.Opened, known.Closed, known.Refusal) });

        Assert.Equal("", await CountsAsync());
    }

    [Fact]
    public async Task A_case_at_a_node_that_is_not_there_is_refused_and_the_others_are_stored()
    {
        var results = await ImportAsync(Case(1), Case(2) with { Node = new NodeId("n99") }, Case(3));

        Assert.Equal([null, "node-unknown", null], results.Select(result => result.Refusal?.Code));
        Assert.Equal("10:2/0 11:0/2", await CountsAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ImportAsync([.. Enumerable.Range(0, ICaseImport.Most + 1).Select(number => Case(number))]));
    }

    private static CaseRow Taken(string number, (string, string)? external) => new(
        CaseId.Of(new Opaque(7)), 1, number, CaseKind.Complaint, CaseChannel.Window, CaseStage.Registered, Places.OtherWindow, Places.Unit, Opened, new DateOnly(2026, 2, 10))
    {
        External = external,
    };
}
