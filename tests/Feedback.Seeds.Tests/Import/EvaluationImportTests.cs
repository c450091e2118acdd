using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Feedback.Seeds.Import;
using Xunit;

namespace Feedback.Seeds.Tests.Import;

public sealed class EvaluationImportTests
{
    private readonly ImportTrial _trial = new();

    [Fact]
    public async Task Rows_of_one_respondent_are_one_evaluation()
    {
        var outcome = await _trial.RunRowsAsync("a,02/06/2021,Main,Desk,1,quick", "a,02/06/2021,Main,Desk,1,kind", "b,03/06/2021,Main,Desk,4,");

        Assert.Equal((3, 2, 2, 0), (outcome.Rows, outcome.Respondents, outcome.Accepted, outcome.Rejected));
        Assert.Equal(["quick\nkind", null], _trial.Stored.Select(claim => claim.Comment));
    }

    [Theory]
    [InlineData("a,02/06/2021,Main,Desk,2,", "grade")]
    [InlineData("a,03/06/2021,Main,Desk,1,", "date")]
    [InlineData("a,02/06/2021,Main,Door,1,", "window")]
    [InlineData("a,02/06/2021,Annex,Desk,1,", "hall")]
    public async Task Of_rows_that_contradict_each_other_the_first_counts_and_both_are_named(string second, string field)
    {
        var outcome = await _trial.RunRowsAsync("a,02/06/2021,Main,Desk,1,", "b,02/06/2021,Main,Desk,1,", second);

        Assert.Equal((3, 2, 2, 1), (outcome.Rows, outcome.Respondents, outcome.Accepted, outcome.Rejected));
        var error = Assert.Single(_trial.Errors);
        Assert.StartsWith($"4,,a,Row 4 contradicts row 2 of the same respondent in its {field}", error, StringComparison.Ordinal);
        Assert.Equal(Grade.VerySatisfied, _trial.Stored.First(claim => claim.Evaluation.Id == "a").Evaluation.Grade);
    }

    [Fact]
    public async Task Rows_of_one_respondent_may_stand_far_apart()
    {
        var others = Enumerable.Range(0, 12_000).Select(i => $"r{i},02/06/2021,Main,Desk,1,");

        var outcome = await _trial.RunRowsAsync([.. others, "r0,02/06/2021,Main,Desk,1,", "r1,02/06/2021,Main,Desk,5,", "r2,02/06/2021,Main,Desk,1,late"]);

        Assert.Equal((12_003, 12_000, 12_000, 2), (outcome.Rows, outcome.Respondents, outcome.Accepted, outcome.Rejected));
        Assert.StartsWith("12003,,r1,\"Row 12003 contradicts row 3 of", _trial.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith("12004,,r2,The comment stands too far from row 4", _trial.Errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scale_is_turned_and_who_did_not_answer_has_declined()
    {
        var outcome = await _trial.RunRowsAsync("a,02/06/2021,Main,Desk,1,", "b,02/06/2021,Main,Desk,5,", "c,02/06/2021,Main,Desk,7,");

        Assert.Equal([(Grade.VeryDissatisfied, 1L), (Grade.VerySatisfied, 1L)], outcome.Grades.Select(one => (one.Key, one.Value)));
        Assert.Equal([(Origin.Active, 2L), (Origin.Declined, 1L)], outcome.Origins.Select(one => (one.Key, one.Value)));
        Assert.Equal(1, outcome.Declined);
        Assert.Null(_trial.Stored.Single(claim => claim.Evaluation.Origin == Origin.Declined).Evaluation.Grade);
    }

    [Fact]
    public async Task Halls_and_windows_are_opened_on_the_way()
    {
        var outcome = await _trial.RunRowsAsync(
            "a,02/06/2021,Main,Children & young people's desk,1,", "b,02/06/2021,窗口大厅,三号窗口,1,", "c,02/06/2021,窗口大厅,n5,1,", "d,02/06/2021,窗口大厅,N  5,1,");

        var tree = _trial.Bureau.Current.Tree;
        Assert.Equal(7, outcome.NodesOpened);
        Assert.Equal(
            ["lake", "lake/main-hall", "lake/main-hall/children-young-peoples-desk", "lake/hall-2", "lake/hall-2/window-1", "lake/hall-2/window-2", "lake/hall-2/n-5"],
            tree.Nodes.Select(node => tree.PathOf(node.Id)));
        Assert.Equal(("主厅", "Main hall"), (tree.Find("lake/main-hall")!.Name.Zh, tree.Find("lake/main-hall")!.Name.En));
        Assert.Equal(("三号窗口", "三号窗口"), (tree.Find("lake/hall-2/window-1")!.Name.Zh, tree.Find("lake/hall-2/window-1")!.Name.En));
        Assert.Equal([NodeKind.District, NodeKind.Hall, NodeKind.Window], tree.Nodes.Take(3).Select(node => node.Kind));
        Assert.All(tree.Nodes, node => Assert.Equal("Asia/Shanghai", node.Zone.Id));
    }

    [Fact]
    public async Task A_second_run_repeats_everything_and_changes_nothing()
    {
        string[] rows = ["a,02/06/2021,Main,Desk,1,fine", "b,02/06/2021,Annex,Door,5,", "c,30/06/2021,Annex,Door,7,"];
        var first = await _trial.RunRowsAsync(rows);
        var events = _trial.Bureau.Events.Count;

        var second = await _trial.RunRowsAsync(rows);

        Assert.Equal((3, 0, 5), (first.Accepted, first.Repeated, first.NodesOpened));
        Assert.Equal((0, 3, 0), (second.Accepted, second.Repeated, second.NodesOpened));
        Assert.Equal(first.Grades, second.Grades);
        Assert.Equal((new DateOnly(2021, 6, 2), new DateOnly(2021, 6, 30)), (second.From, second.To));
        Assert.Equal(3, _trial.Stored.Count());
        Assert.Equal(events, _trial.Bureau.Events.Count);
    }

    [Fact]
    public async Task Imported_events_bear_the_name_of_the_import()
    {
        await _trial.RunRowsAsync("a,02/06/2021,Main,Desk,1,");

        Assert.Equal("import:trial", _trial.Stored.Single().Evaluation.Source);
        Assert.Equal(new Sender("import", null, "trial"), _trial.Windows.Senders.Single());
        await Assert.ThrowsAsync<ArgumentException>(() => _trial.RunAsync(ImportTrial.Header, name: "No Name"));
    }

    [Fact]
    public async Task A_day_without_an_hour_is_the_halls_day()
    {
        await _trial.RunRowsAsync("a,02/06/2021,Main,Desk,1,");

        Assert.Equal(Moment.OnDay(new DateOnly(2021, 6, 2), HallZone.Get("Asia/Shanghai")), _trial.Stored.Single().Evaluation.OccurredAt);
    }

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm", "2021-06-02 09:30", "Asia/Shanghai", "2021-06-02T09:30:00.000+08:00")]
    [InlineData("yyyy-MM-dd'T'HH:mm:sszzz", "2021-06-02T09:30:00+01:00", "Asia/Shanghai", "2021-06-02T09:30:00.000+01:00")]
    [InlineData("dd/MM/yyyy HH:mm", "28/03/2021 01:30", "Europe/London", "2021-03-28T02:30:00.000+01:00")]
    [InlineData("dd/MM/yyyy HH:mm", "31/10/2021 01:30", "Europe/London", "2021-10-31T01:30:00.000+01:00")]
    public async Task A_time_without_an_offset_is_local(string format, string text, string zone, string expected)
    {
        var mapping = ImportTrial.Mapping.Replace("dd/MM/yyyy", format, StringComparison.Ordinal).Replace("Asia/Shanghai", zone, StringComparison.Ordinal);

        await _trial.RunAsync($"{ImportTrial.Header}\na,{text},Main,Desk,1,", mapping);

        var moment = _trial.Stored.Single().Evaluation.OccurredAt;
        Assert.Equal(expected, moment.ToString());
        Assert.False(moment.DateOnly);
    }

    [Fact]
    public async Task Progress_ends_with_everything_settled()
    {
        await _trial.RunRowsAsync([.. Enumerable.Range(0, 1200).Select(i => $"r{i},02/06/2021,Main,Desk,1,")]);

        Assert.Equal([500, 1000, 1200, 1200], _trial.Progress.Select(progress => progress.Settled));
        Assert.Equal(new ImportProgress(1200, 1200, 1200, AllRead: true), _trial.Progress[^1]);
    }

    [Fact]
    public async Task Every_field_can_come_from_a_column()
    {
        var mapping = """
            {
              "place": { "district": { "code": "d", "zh": "区", "en": "D" }, "zone": "Asia/Shanghai", "window": { "value": "Counter" } },
              "id": { "column": "id" }, "date": { "column": "day", "format": "yyyy-MM-dd" }, "grade": { "column": "grade" },
              "origin": { "column": "origin", "values": { "phone": "callback" } }, "channel": { "column": "channel" },
              "matter": { "column": "matter" }, "serviceItem": { "column": "item" }, "staff": { "column": "staff" }, "language": { "value": "zh-CN" },
              "dimensions": { "style": { "column": "s" }, "attitude": { "column": "a" } }
            }
            """;

        await _trial.RunAsync("id,day,grade,origin,channel,matter,item,staff,s,a\n1,2021-06-02,3,phone,hotline,M-1,permit,S7,4,\n2,2021-06-02,5,active,qr,,,,5,1", mapping);

        var (one, two) = (_trial.Stored.First(), _trial.Stored.Last());
        Assert.Equal((Grade.FairlySatisfied, Origin.Callback, Channel.Hotline, "M-1", "permit", "S7", "zh-CN"),
            (one.Evaluation.Grade, one.Evaluation.Origin, one.Evaluation.Channel, one.Matter, one.Evaluation.ServiceItem, one.Evaluation.Staff, one.Evaluation.Language));
        Assert.Equal(new DimensionGrade("style", Grade.Satisfied), Assert.Single(one.Evaluation.Dimensions));
        Assert.Equal(["attitude", "style"], two.Evaluation.Dimensions.Select(dimension => dimension.Code));
        Assert.Equal("d/counter", _trial.Bureau.Current.Tree.PathOf(two.Window));
    }
}
