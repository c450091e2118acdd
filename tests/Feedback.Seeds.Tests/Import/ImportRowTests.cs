using Feedback.Seeds.Import;
using Xunit;

namespace Feedback.Seeds.Tests.Import;

/// <summary>Ugly rows: each is told by itself, and the good ones around it are stored.</summary>
public sealed class ImportRowTests
{
    private const string Good = "z,02/06/2021,Main,Desk,1,";

    private readonly ImportTrial _trial = new();

    [Theory]
    [InlineData("a,31/02/2021,Main,Desk,1,", "3,day,31/02/2021,\"This is no date as dd/MM/yyyy")]
    [InlineData("a,06/13/2021,Main,Desk,1,", "3,day,06/13/2021,")]
    [InlineData("a,02/06/1969,Main,Desk,1,", "3,day,02/06/1969,\"This is no date as dd/MM/yyyy, or one before 1970")]
    [InlineData("a,,Main,Desk,1,", "3,day,,There is no date")]
    [InlineData(",02/06/2021,Main,Desk,1,", "3,who,,There is no id")]
    [InlineData("a,02/06/2021, ,Desk,1,", "3,hall,,There is no hall")]
    [InlineData("a,02/06/2021,Main,NA,1,", "3,window,NA,There is no window")]
    [InlineData("a,02/06/2021,Main,Desk,,", "3,grade,,There is no grade")]
    [InlineData("a,02/06/2021,Main,Desk,9,", "3,grade,9,\"The mapping does not say which grade this is; it knows 1, 2, 3, 4, 5, 7.")]
    [InlineData("a,02/06/2021,Main,Desk,1", "3,,,The row has 5 cells and the header 6")]
    [InlineData("a,02/06/2021,Main,Desk,1,one, two", "3,,,The row has 7 cells and the header 6")]
    [InlineData("a,02/06/2027,Main,Desk,1,", "3,day,2027-06-02T00:00:00.000+08:00,The date lies in the future")]
    [InlineData("a\u0007,02/06/2021,Main,Desk,1,", "3,who,a\u0007,The text holds control characters")]
    [InlineData("a,02/06/2021,Main,D\u0000esk,1,", "3,window,D\u0000esk,The text holds control characters")]
    [InlineData("a,02/06/2021,\uFFFD\uFFFD,Desk,1,", "3,hall,\uFFFD\uFFFD,The text holds bytes that are no UTF-8")]
    public async Task A_row_that_cannot_be_taken_is_told_and_the_others_are_stored(string row, string expected)
    {
        var outcome = await _trial.RunRowsAsync(Good, row, "y,02/06/2021,Main,Desk,2,");

        Assert.Equal((3, 2, 1), (outcome.Rows, outcome.Accepted, outcome.Rejected));
        Assert.StartsWith(expected, Assert.Single(_trial.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_that_are_too_long_are_told()
    {
        await _trial.RunRowsAsync($"{new string('a', 129)},02/06/2021,Main,Desk,1,", $"b,02/06/2021,Main,Desk,1,{new string('x', 1001)}");

        Assert.Contains("longer than 128", _trial.Errors[0], StringComparison.Ordinal);
        Assert.Contains("longer than 1000", _trial.Errors[1], StringComparison.Ordinal);
        Assert.Empty(_trial.Stored);
    }

    [Fact]
    public async Task Quoted_commas_line_breaks_blanks_and_blank_lines_are_read_as_they_are_meant()
    {
        var outcome = await _trial.RunRowsAsync(
            "a , 02/06/2021 ,Main,\"Desk, left\", 1 ,\"one\ntwo\"", "", ",,,,,", "#b,02/06/2021,Main,\"Desk,  left\",1,\"said \"\"fine\"\"\",,", "c,02/06/2021,Main,\"Desk, left \",1,NA");

        Assert.Equal((3, 3, 0), (outcome.Rows, outcome.Accepted, outcome.Rejected));
        Assert.Equal(["a", "#b", "c"], _trial.Stored.Select(claim => claim.Evaluation.Id));
        Assert.Equal(["one\ntwo", "said \"fine\"", null], _trial.Stored.Select(claim => claim.Comment));
        Assert.Single(_trial.Stored.Select(claim => claim.Window).Distinct());
    }

    [Fact]
    public async Task Windows_line_ends_and_a_byte_order_mark_are_no_text()
    {
        var outcome = await _trial.RunAsync($"\uFEFF{ImportTrial.Header}\r\n{Good}\r\n");

        Assert.Equal((1, 1), (outcome.Rows, outcome.Accepted));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    public async Task Cells_that_a_spreadsheet_would_compute_are_disarmed_in_the_error_report(string cell, string written)
    {
        await _trial.RunRowsAsync($"a,02/06/2021,Main,Desk,{cell},");

        Assert.StartsWith($"2,grade,{written},", Assert.Single(_trial.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_quotes_are_broken_what_stands_before_is_stored()
    {
        var stopped = await Assert.ThrowsAsync<ImportStoppedException>(() => _trial.RunRowsAsync(Good, "a,02/06/2021,Main,\"Des\"k,1,", "b,02/06/2021,Main,Desk,1,"));

        Assert.Contains("Row 3", stopped.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (stopped.SoFar.Accepted, stopped.SoFar.Rejected));
        Assert.StartsWith("3,", Assert.Single(_trial.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joint_comments_that_are_too_long_are_told_and_the_grade_still_counts()
    {
        var half = new string('x', 600);

        var outcome = await _trial.RunRowsAsync($"a,02/06/2021,Main,Desk,1,{half}", $"a,02/06/2021,Main,Desk,1,y{half}");

        Assert.Equal((1, 1), (outcome.Accepted, outcome.Rejected));
        Assert.Equal(half, _trial.Stored.Single().Comment);
    }

    [Fact]
    public async Task An_empty_file_is_refused_and_one_with_only_a_header_does_nothing()
    {
        await Assert.ThrowsAsync<ImportStoppedException>(() => _trial.RunAsync(""));
        var outcome = await _trial.RunAsync(ImportTrial.Header);

        Assert.Equal((0, 0, 0), (outcome.Rows, outcome.Accepted, outcome.NodesOpened));
        Assert.Null(outcome.From);
    }

    [Fact]
    public async Task A_file_that_changed_since_cannot_change_what_is_stored()
    {
        await _trial.RunRowsAsync("a,02/06/2021,Main,Desk,1,");

        var outcome = await _trial.RunRowsAsync("a,02/06/2021,Main,Desk,5,");

        Assert.Equal((0, 0, 1), (outcome.Accepted, outcome.Repeated, outcome.Rejected));
        Assert.Contains("stored something else", Assert.Single(_trial.Errors), StringComparison.Ordinal);
        Assert.Empty(outcome.Grades);
    }
}
