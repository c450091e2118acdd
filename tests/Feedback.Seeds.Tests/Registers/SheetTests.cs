using System.Text;
using Feedback.Grains.Registers;
using Feedback.Seeds.Registers;
using Xunit;

namespace Feedback.Seeds.Tests.Registers;

/// <summary>Files as people really send them.</summary>
public sealed class SheetTests
{
    private const string Table = "层级,上级编号,编号,名称,时区\n区县局,,jy,江源区交通局,Asia/Shanghai\n大厅,jy,hall-1,河滨大厅,\n";
    private readonly RegisterTrial _trial = new();

    public static TheoryData<string> Encodings => ["utf-8", "utf-8-bom", "gb18030", "utf-16"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Chinese_is_read_in_every_encoding_that_spreadsheets_write(string name)
    {
        var encoding = name switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-bom" => new UTF8Encoding(true),
            "utf-16" => Encoding.Unicode,
            _ => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!,
        };
        Assert.Empty((await _trial.ImportAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(Table)])).Errors);
        Assert.Equal("江源区交通局", _trial.Tree.Find("jy")!.Name.Zh);
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    public async Task Other_delimiters_are_seen(char delimiter) =>
        Assert.Empty((await _trial.ImportAsync(Table.Replace(',', delimiter))).Errors);

    [Fact]
    public async Task Title_blank_lines_and_space_around_cells_do_no_harm()
    {
        var outcome = await _trial.ImportAsync("组织机构登记表,,,,\n\n 层级 ,上级编号,编号,名称,时区\n区县局,, ＪＹ ,　江源区  交通局 ,Asia/Shanghai\n,,,,\n大厅,jy,０１,河滨大厅,\n大厅,jy,x y,坏,\n");
        Assert.Equal(7, Assert.Single(outcome.Errors).Row);

        Assert.Empty((await _trial.ImportAsync(" 层级 ,上级编号,编号,名称,时区\n区县局,, ＪＹ ,　江源区  交通局 ,Asia/Shanghai\n大厅,jy,０１,河滨大厅,\n")).Errors);
        Assert.Equal(["jy", "jy/01"], _trial.Paths);
        Assert.Equal("江源区 交通局", _trial.Tree.Find("jy")!.Name.Zh);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n\n")]
    [InlineData("层级,上级编号,编号,名称\n")]
    [InlineData("层级,编号,名称\n大厅,h1,大厅\n")]
    [InlineData("PK\u0003\u0004 nothing")]
    [InlineData("层级,上级编号,编号,名称\n大厅,jy,\"h1,大厅\n")]
    [InlineData("a\0b")]
    public async Task A_file_that_is_no_register_is_refused_in_words(string text)
    {
        var error = Assert.Single((await _trial.ImportAsync(text)).Errors);
        Assert.True(error is { Problem.Length: > 10, Mend.Length: > 10 });
    }

    [Fact]
    public async Task Old_workbooks_and_bytes_of_no_encoding_are_refused_in_words()
    {
        Assert.Contains(".xls", Assert.Single((await _trial.ImportAsync([0xD0, 0xCF, 0x11, 0xE0, 0, 0])).Errors).Problem, StringComparison.Ordinal);
        Assert.Contains("GB18030", Assert.Single((await _trial.ImportAsync([0xFF, 0x41, 0x80, 0x0A])).Errors).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_keeps_zeros_of_text_takes_numbers_and_fills_merged_cells()
    {
        var file = RegisterTrial.Workbook(
            RegisterTrial.Row(1, "Level", "Parent", "Code", "Name", "Time zone")
            + RegisterTrial.Row(2, "district", "", "jy", "江源区交通局", "Asia/Shanghai")
            + RegisterTrial.Row(3, "hall", "jy", "<c r=\"C3\"><v>7</v></c>", "河滨大厅")
            + RegisterTrial.Row(5, "window", "7", "01", "<c r=\"D5\" t=\"str\"><f>\"综合\"&amp;\"咨询\"</f><v>综合咨询</v></c>")
            + RegisterTrial.Row(6, "window", "<c r=\"B6\"/>", "02", "货运许可"),
            "<mergeCells count=\"1\"><mergeCell ref=\"B5:B6\"/></mergeCells>");

        Assert.Empty((await _trial.ImportAsync(file)).Errors);
        Assert.Equal(["jy", "jy/7", "jy/7/01", "jy/7/02"], _trial.Paths);
        Assert.Equal("综合咨询", _trial.Tree.Find("jy/7/01")!.Name.Zh);
    }

    [Fact]
    public async Task Rows_of_a_workbook_are_counted_as_its_program_shows_them()
    {
        var file = RegisterTrial.Workbook(
            RegisterTrial.Row(2, "Level", "Parent", "Code", "Name", "Time zone")
            + RegisterTrial.Row(5, "district", "", "jy", "<c r=\"D5\" t=\"e\"><f>A1+1/0</f><v>#DIV/0!</v></c>", "Asia/Shanghai")
            + RegisterTrial.Row(9, "hall", "jy", "<c r=\"C9\"><v>440100000000000017</v></c>", "大厅"));

        Assert.Equal([(5, "Name"), (9, "Code")], (await _trial.ImportAsync(file)).Errors.Select(error => ((int)error.Row, error.Column!)));
    }

    [Fact]
    public async Task Errors_as_a_file_cannot_be_computed_by_a_spreadsheet()
    {
        var outcome = await _trial.ImportAsync("Level,Parent,Code,Name\nhall,jy,h,\"=HYPERLINK(1)\"\n");
        var report = new StringWriter { NewLine = "\n" };
        await RegisterReport.WriteErrorsAsync(outcome.Errors, report);

        var lines = report.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("row,column,value,problem,mend", lines[0]);
        Assert.StartsWith("2,Name,'=HYPERLINK(1),", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RegisterKind.Organisation, true)]
    [InlineData(RegisterKind.Organisation, false)]
    [InlineData(RegisterKind.ServiceItems, true)]
    [InlineData(RegisterKind.Staff, false)]
    public async Task A_template_asks_to_be_filled_in_and_its_example_can_be_taken(RegisterKind kind, bool chinese)
    {
        var template = RegisterImport.TemplateOf(kind, chinese ? RegisterTrial.Chinese : RegisterTrial.English);
        Assert.Contains("headings", Assert.Single((await _trial.ImportAsync(template, kind)).Errors).Problem, StringComparison.Ordinal);

        using var example = new MemoryStream();
        MiniExcelLibs.MiniExcel.SaveAs(example, MiniExcelLibs.MiniExcel.QueryAsDataTable(new MemoryStream(template), sheetName: chinese ? "示例" : "Example"));
        var outcome = await _trial.ImportAsync(example.ToArray(), kind);
        Assert.Empty(outcome.Errors);
        Assert.Equal(outcome.Rows, outcome.Changes.Count);
    }
}
