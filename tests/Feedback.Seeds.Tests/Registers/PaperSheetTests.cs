using System.Text;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Paper;
using Feedback.Seeds.Registers;
using Xunit;

namespace Feedback.Seeds.Tests.Registers;

/// <summary>Forms of a batch that come as a spreadsheet.</summary>
public sealed class PaperSheetTests
{
    [Fact]
    public void A_row_is_a_form_with_Chinese_or_English_headings_and_grades_in_digits_or_words()
    {
        var chinese = Read("评议表登记,,,,,,\n编号,总体评价,办事时限,服务态度,意见,窗口,日期\n１,非常满意,4,满意,\"很好，\n谢谢\",w-01,2026年3月2日\n").Rows;
        var english = Read("Form,Grade,timeliness,Attitude,Comment,Window,Day\n1,5,4,satisfied,\"很好， 谢谢\",w-01,2026/3/2\n").Rows;
        var row = Assert.Single(chinese);
        Assert.Equal((1, Grade.VerySatisfied, "w-01", new DateOnly(2026, 3, 2), "很好， 谢谢"), (row.Form, row.Grade, row.Window, row.Day, row.Comment));
        Assert.Equal([new DimensionGrade("attitude", Grade.Satisfied), new DimensionGrade("timeliness", Grade.Satisfied)], row.Dimensions);
        Assert.Equivalent(row with { Row = 2 }, Assert.Single(english), strict: true);
    }

    [Fact]
    public void A_workbook_is_read_alike()
    {
        var file = RegisterTrial.Workbook(RegisterTrial.Row(1, "编号", "总体评价", "废票") + RegisterTrial.Row(2, "7", "2", "") + RegisterTrial.Row(3, "8", "", "空白"));
        var read = new PaperSheet().Read(file, ServiceCatalogue.BuiltInDimensions, RegisterTrial.Chinese);
        Assert.Empty(read.Errors);
        Assert.Equal([(7, (Grade?)Grade.Dissatisfied, (string?)null), (8, null, "blank")], read.Rows.Select(row => (row.Form, row.Grade, row.Spoilt)));
    }

    [Theory]
    [InlineData("编号,总体评价\n1,优\n", 2, "总体评价", "no grade")]
    [InlineData("编号,总体评价\n一,5\n", 2, "编号", "no number of a form")]
    [InlineData("编号,总体评价\n,5\n", 2, "编号", "blank")]
    [InlineData("编号,总体评价\n1,\n", 2, "总体评价", "The overall grade is blank")]
    [InlineData("编号,总体评价\n1,5\n1,4\n", 3, "编号", "stands in row 2 already")]
    [InlineData("编号,总体评价,废票\n1,5,空白\n", 2, "废票", "both spoilt")]
    [InlineData("编号,总体评价,废票\n1,,丑\n", 2, "废票", "no reason")]
    [InlineData("编号,总体评价,日期\n1,5,昨天\n", 2, "日期", "is no day")]
    [InlineData("编号,总体评价,服务态度\n1,5,9\n", 2, "服务态度", "no grade")]
    [InlineData("编号,总体评价,意见\n1,5,=1+1\n", 2, "意见", "formula")]
    [InlineData("编号,总体评价,事项\n1,5,13812345678\n", 2, "事项", "kept in the open")]
    [InlineData("编号,意见\n1,很好\n", 1, null, "总体评价 / Grade")]
    [InlineData("", 0, null, "nothing")]
    public void What_cannot_be_read_is_told_with_its_row_and_nothing_is_taken(string csv, long row, string? column, string words)
    {
        var read = Read(csv);
        Assert.Empty(read.Rows);
        var error = read.Errors[0];
        Assert.Equal((row, column), (error.Row, error.Column));
        Assert.Contains(words, error.Problem, StringComparison.OrdinalIgnoreCase);
    }

    private static PaperSheetRows Read(string csv) => new PaperSheet().Read(Encoding.UTF8.GetBytes(csv), ServiceCatalogue.BuiltInDimensions, RegisterTrial.English);
}
