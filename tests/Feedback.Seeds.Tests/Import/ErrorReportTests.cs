using Feedback.Seeds.Import;
using Xunit;

namespace Feedback.Seeds.Tests.Import;

public sealed class ErrorReportTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\t5", "'\t5")]
    [InlineData(" plain", " plain")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    public async Task What_a_spreadsheet_would_compute_is_written_as_text(string value, string cell)
    {
        using var to = new StringWriter();
        await new ErrorReport(to).AddAsync(new RowError(2, "grade", value, "wrong", "mend"));
        Assert.Equal($"row,column,value,problem,mend{to.NewLine}2,grade,{cell},wrong,mend{to.NewLine}", to.ToString());
    }
}
