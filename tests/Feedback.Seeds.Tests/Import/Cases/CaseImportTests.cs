using Feedback.Domain.Cases;
using Feedback.Seeds.Import;
using Feedback.Seeds.Import.Cases;
using Feedback.Seeds.Tests.Registers;
using Xunit;

namespace Feedback.Seeds.Tests.Import.Cases;

/// <summary>Cases of a file go in once, with the times that they had.</summary>
public sealed class CaseImportTests
{
    private const string Open = "A2,2026-02-01 11:00,,,open,Noise,call,N,2";
    private readonly CaseTrial _trial = new();

    [Fact]
    public async Task Cases_are_opened_and_closed_on_the_days_on_which_they_were()
    {
        var file = await _trial.ReadAsync(CaseTrial.Good, Open);
        await _trial.OpenUnitsAsync(file);

        var outcome = await _trial.ImportAsync(file);

        Assert.Equal((2, 2, 1, 0), (outcome.Cases, outcome.Opened, outcome.Closed, outcome.Repeated));
        var closed = _trial.Store.All.Single(one => one.Stage == CaseStage.Closed);
        Assert.Equal(("lake-2026", "lake", "A1", null), (closed.Intake.Imported, closed.Intake.External!.Source, closed.Intake.External.Number, closed.Owner));
        Assert.Equal((new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 2), CaseEnding.Imported, "system"), (closed.Opened!.Stamp.Day, closed.Closing!.Stamp.Day, closed.Closing.Ending, closed.Closing.Stamp.By));
        Assert.Equal(24 * 60 * 60_000, closed.Closing.Stamp.At - closed.Opened.Stamp.At);
        Assert.Equal(closed.Intake.Number, CaseNumber.Read(closed.Intake.Number));
        Assert.StartsWith("20260201-", closed.Intake.Number);
    }

    [Fact]
    public async Task A_repeated_import_changes_nothing()
    {
        var file = await _trial.ReadAsync(CaseTrial.Good, Open);
        await _trial.OpenUnitsAsync(file);
        await _trial.ImportAsync(file);
        var events = _trial.Store.Events;

        var again = await _trial.ImportAsync(await _trial.ReadAsync(Open, CaseTrial.Good));

        Assert.Equal((2, 0, 0, 2), (again.Cases, again.Opened, again.Closed, again.Repeated));
        Assert.Equal(events, _trial.Store.Events);
    }

    [Fact]
    public async Task A_later_file_closes_what_an_earlier_one_left_open()
    {
        var file = await _trial.ReadAsync(Open);
        await _trial.OpenUnitsAsync(file);
        await _trial.ImportAsync(file);

        var later = await _trial.ImportAsync(await _trial.ReadAsync("A2,2026-02-01 11:00,,2026-02-09 00:00,done,Noise,call,N,2"));

        Assert.Equal((0, 1, 1), (later.Opened, later.Closed, later.Repeated));
        Assert.Equal(CaseStage.Closed, _trial.Store.All.Single().Stage);
    }

    [Fact]
    public async Task An_import_that_broke_off_goes_on_where_it_was()
    {
        var rows = Enumerable.Range(1, 1_100).Select(at => Open.Replace("A2", $"N{at}")).ToArray();
        var file = await _trial.ReadAsync(rows);
        await _trial.OpenUnitsAsync(file);
        _trial.Store.BreakAfter = 300;
        await Assert.ThrowsAsync<IOException>(() => _trial.ImportAsync(file));
        Assert.Equal(300, _trial.Store.All.Count);

        var rest = await _trial.ImportAsync(file);

        Assert.Equal((1_100, 800, 300), (rest.Cases, rest.Opened, rest.Repeated));
        Assert.Equal([500, 500, 500, 100], _trial.Store.Batches);
        Assert.Equal(1_100, _trial.Store.All.Select(one => one.Intake.Number).Distinct().Count());
    }

    [Fact]
    public async Task Units_that_are_missing_are_told_and_their_register_opens_them()
    {
        var file = await _trial.ReadAsync(CaseTrial.Good, Open);
        Assert.Equal(["lake", "lake/u-1", "lake/u-2"], file.Missing(_trial.Tree).Select(place => place.Path));
        var wrong = Assert.Throws<MappingException>(() => file.CasesAt(_trial.Tree));
        Assert.Contains("lacks 3 units", wrong.Message);

        await _trial.OpenUnitsAsync(file, RegisterTrial.Chinese);

        Assert.Empty(file.Missing(_trial.Tree));
        Assert.Equal(("第 2 街道", "Ward 2", "Asia/Shanghai"), (_trial.Tree.Find("lake/u-2")!.Name.Zh, _trial.Tree.Find("lake/u-2")!.Name.En, _trial.Tree.Find("lake/u-2")!.Zone.Id));
    }

    [Fact]
    public async Task The_identity_of_a_case_is_its_source_and_its_number_and_nothing_else()
    {
        var file = await _trial.ReadAsync(CaseTrial.Good, Open);
        await _trial.OpenUnitsAsync(file);
        var (one, other) = (file.CasesAt(_trial.Tree)[0], file.CasesAt(_trial.Tree)[1]);

        Assert.NotEqual(one.Id, other.Id);
        Assert.Equal(one.Id, (other with { Number = "A1" }).Id);
        Assert.NotEqual(one.Id, (one with { Source = "lak", Number = "eA1" }).Id);
        Assert.True(CaseId.IsId(one.Id.Value));
        var day = new DateOnly(2026, 2, 1);
        Assert.NotEqual(one.NumberOn(day, 0), one.NumberOn(day, 1));
        Assert.NotNull(CaseNumber.Read(one.NumberOn(day, 1)));
    }

    [Fact]
    public async Task A_name_of_an_import_that_is_misshapen_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => CaseImport.RunAsync([], "Feb 2026", _trial.Store));
}
