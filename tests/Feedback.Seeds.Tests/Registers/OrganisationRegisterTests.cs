using Feedback.Domain.Organisation;
using Feedback.Grains.Registers;
using Xunit;

namespace Feedback.Seeds.Tests.Registers;

public sealed class OrganisationRegisterTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private readonly RegisterTrial _trial = new();

    [Fact]
    public async Task A_bureau_is_opened_from_a_file_parents_before_children_in_any_order()
    {
        var outcome = await _trial.ImportAsync(RegisterTrial.Header
            + "window,hall-1,01,综合咨询,Enquiries,,\nhall,jy,hall-1,河滨大厅,,,09:00-17:00\ndistrict,,jy,江源区交通局,Jiangyuan,Asia/Shanghai,\n");

        Assert.Empty(outcome.Errors);
        Assert.Equal((3, 0, 3), (outcome.Rows, outcome.Unchanged, outcome.Changes.Count));
        Assert.Equal(["jy", "jy/hall-1", "jy/hall-1/01"], _trial.Paths);
        var hall = _trial.Tree.Find("jy/hall-1")!;
        Assert.Equal((NodeKind.Hall, "Asia/Shanghai", "09:00-17:00", "河滨大厅", "河滨大厅"), (hall.Kind, hall.Zone.Id, hall.OpeningHours, hall.Name.Zh, hall.Name.En));
        Assert.Equal("Enquiries", _trial.Tree.Find("jy/hall-1/01")!.Name.En);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        await _trial.ImportAsync(RegisterTrial.ThreeNodes);
        var events = _trial.Bureau.Events.Count;

        var again = await _trial.ImportAsync(RegisterTrial.ThreeNodes);

        Assert.Equal((3, 3, 0), (again.Rows, again.Unchanged, again.Changes.Count));
        Assert.Equal(events, _trial.Bureau.Events.Count);
    }

    [Fact]
    public async Task Another_name_is_a_renaming_from_today_on_of_the_same_node()
    {
        await _trial.ImportAsync(RegisterTrial.ThreeNodes);
        var outcome = await _trial.ImportAsync(RegisterTrial.ThreeNodes.Replace("河滨大厅", "滨江大厅", StringComparison.Ordinal));

        var hall = _trial.Tree.Find("jy/hall-1")!;
        Assert.Equal([(RegisterAction.Renamed, "河滨大厅", "滨江大厅")], outcome.Changes.Select(change => (change.Action, change.Before, change.After)));
        Assert.Equal(("河滨大厅", "滨江大厅"), (hall.NameOn(Today.AddDays(-1)).Zh, hall.NameOn(Today).Zh));
        Assert.Equal((3, "滨江大厅"), (_trial.Tree.Count, hall.Name.En));
    }

    [Fact]
    public async Task Another_parent_is_a_move_from_tomorrow_on_of_the_same_node_with_all_below_it()
    {
        var before = RegisterTrial.ThreeNodes + "unit,jy,unit-1,运管所,,,\n";
        await _trial.ImportAsync(before);
        var window = _trial.Tree.Find("jy/hall-1/01")!.Id;

        var outcome = await _trial.ImportAsync(before.Replace("hall,jy,hall-1", "hall,unit-1,hall-1", StringComparison.Ordinal));

        Assert.Empty(outcome.Errors);
        Assert.Equal([(RegisterAction.Moved, "jy/hall-1", "jy/unit-1/hall-1")], outcome.Changes.Select(change => (change.Action, change.Before, change.After)));
        Assert.Equal((4, window), (_trial.Tree.Count, _trial.Tree.Find("jy/unit-1/hall-1/01")!.Id));
        var hall = _trial.Tree.Find("jy/unit-1/hall-1")!;
        Assert.Equal((_trial.Tree.Find("jy")!.Id, _trial.Tree.Find("jy/unit-1")!.Id), (hall.ParentOn(Today), hall.ParentOn(Today.AddDays(1))));
        // From then on the deadlines of its open cases are counted by what holds there.
        var due = Assert.Single(_trial.Bureau.Due);
        Assert.StartsWith($"case.calendar:move:{hall.Id}:", due.Key, StringComparison.Ordinal);
        Assert.InRange(due.At - hall.Zone.StartOf(Today.AddDays(1)), 1000, 60_000);
    }

    [Fact]
    public async Task A_code_that_other_halls_use_too_is_a_new_window_and_not_a_move()
    {
        await _trial.ImportAsync(RegisterTrial.ThreeNodes);

        await _trial.ImportAsync(RegisterTrial.Header + "hall,jy,hall-2,东郊大厅,,,\nwindow,hall-2,01,年审,,,\n");

        Assert.Equal(["jy", "jy/hall-1", "jy/hall-1/01", "jy/hall-2", "jy/hall-2/01"], _trial.Paths);
    }

    [Fact]
    public async Task What_the_file_does_not_name_stays()
    {
        await _trial.ImportAsync(RegisterTrial.ThreeNodes);
        await _trial.ImportAsync(RegisterTrial.Header + "window,jy/hall-1,02,货运许可,,,\n");
        Assert.Equal(["jy", "jy/hall-1", "jy/hall-1/01", "jy/hall-1/02"], _trial.Paths);
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_stores_nothing()
    {
        var told = await _trial.ImportAsync(RegisterTrial.ThreeNodes, dryRun: true);
        Assert.Empty(_trial.Bureau.Events);

        var done = await _trial.ImportAsync(RegisterTrial.ThreeNodes);
        Assert.Equal(done.Changes, told.Changes);
    }

    [Fact]
    public async Task It_is_decided_anew_when_somebody_else_was_quicker()
    {
        _trial.Bureau.Conflicts = 2;
        var outcome = await _trial.ImportAsync(RegisterTrial.ThreeNodes);
        Assert.Equal((3, 3), (outcome.Changes.Count, _trial.Bureau.Events.Count));
    }

    [Fact]
    public async Task One_bad_row_stores_nothing_and_every_bad_row_is_listed()
    {
        var outcome = await _trial.ImportAsync(RegisterTrial.ThreeNodes
            + "haus,jy,a,A,,,\nhall,nowhere,b,B,,,\nwindow,b,c d,C,,,\nhall,jy,,D,,,\nhall,jy,hall-1,E,,,\n"
            + $"hall,jy,f,{new string('名', 300)},,,\nhall,jy,g,=1+1,,,\nhall,jy,h,H,,Mars/Base,\nwindow,,i,I,,Asia/Shanghai,\nhall,01,j,J,,,\n");

        Assert.Empty(_trial.Bureau.Events);
        Assert.Empty(outcome.Changes);
        Assert.Equal(
            [(5, "Level"), (6, "Parent"), (7, "Code"), (8, "Code"), (9, "Code"), (10, "Name"), (11, "Name"), (12, "Time zone"), (13, "Parent"), (14, "Parent")],
            outcome.Errors.Select(error => ((int)error.Row, error.Column!)));
        Assert.All(outcome.Errors, error => Assert.All([error.Problem, error.Mend], words => Assert.NotEmpty(words)));
    }

    [Fact]
    public async Task Errors_speak_the_language_asked_for_and_name_the_columns_as_the_file_does()
    {
        var csv = "层级,上级编号,编号,名称\n大厅,没有,h1,大厅\n";
        var zh = Assert.Single((await _trial.ImportAsync(csv, culture: RegisterTrial.Chinese)).Errors);
        var en = Assert.Single((await _trial.ImportAsync(csv)).Errors);

        Assert.Equal((2, "上级编号", "没有"), (zh.Row, zh.Column, zh.Value));
        Assert.StartsWith("没有上级", zh.Problem, StringComparison.Ordinal);
        Assert.StartsWith("There is no parent", en.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hall,c,b,B,,,\nhall,b,c,C,,,\n", 2)]
    [InlineData("hall,d,b,B,,,\nhall,b,c,C,,,\nhall,c,d,D,,,\nwindow,d,e,E,,,\n", 3)]
    [InlineData("hall,b,b,B,,,\n", 1)]
    public async Task Whoever_lies_below_itself_is_listed(string rows, int errors)
    {
        var outcome = await _trial.ImportAsync(RegisterTrial.Header + rows);
        Assert.Equal(errors, outcome.Errors.Count);
        Assert.Empty(_trial.Bureau.Events);
    }

    [Fact]
    public async Task A_parent_that_may_be_several_must_be_written_as_a_path()
    {
        const string Teams = RegisterTrial.ThreeNodes + "hall,jy,hall-2,东郊,,,\nteam,hall-1,t,一班,,,\nteam,hall-2,t,二班,,,\n";
        var error = Assert.Single((await _trial.ImportAsync(Teams + "window,t,09,窗口,,,\n")).Errors);
        Assert.Equal((8, "Parent", "t"), (error.Row, error.Column, error.Value));

        Assert.Empty((await _trial.ImportAsync(Teams + "window,hall-2/t,09,窗口,,,\n")).Errors);
        Assert.NotNull(_trial.Tree.Find("jy/hall-2/t/09"));
    }

    [Theory]
    [InlineData("window,jy,hall-1,河滨大厅,,,", "Level")]
    [InlineData("hall,jy,hall-1,河滨大厅,,Asia/Tokyo,", "Time zone")]
    [InlineData("hall,jy,hall-1,河滨大厅,,,08:00-12:00", "Opening hours")]
    public async Task What_never_changes_is_refused(string row, string column)
    {
        await _trial.ImportAsync(RegisterTrial.ThreeNodes);
        var error = Assert.Single((await _trial.ImportAsync(RegisterTrial.Header + row + "\n")).Errors);
        Assert.Equal((2, column), (error.Row, error.Column));
    }

    [Fact]
    public async Task Five_thousand_rows_are_one_append()
    {
        var csv = RegisterTrial.Header + "district,,d,D,,Asia/Shanghai,\n"
            + string.Concat(Enumerable.Range(0, 100).Select(hall => $"hall,d,h{hall},H,,,\n"
                + string.Concat(Enumerable.Range(0, 50).Select(window => $"window,h{hall},w-{window},W,,,\n"))));
        var outcome = await _trial.ImportAsync(csv);
        Assert.Equal((5101, 0), (outcome.Changes.Count, outcome.Errors.Count));
        Assert.Equal(5101, (await _trial.ImportAsync(csv)).Unchanged);
    }
}
