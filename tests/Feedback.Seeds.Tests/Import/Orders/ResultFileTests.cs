using System.Globalization;
using System.Text;
using Feedback.Domain.Cases;
using Feedback.Seeds.Import;
using Feedback.Seeds.Import.Orders;
using Xunit;

namespace Feedback.Seeds.Tests.Import.Orders;

/// <summary>The city's own list of results.</summary>
public sealed class ResultFileTests
{
    private const string Header = "工单编号,是否及时签收,是否及时响应,是否解决,是否满意,是否退回,是否重办";

    private static Task<ResultFile> ReadAsync(params string[] rows) => ResultFile.ReadAsync(
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(string.Join("\r\n", rows.Prepend(Header))), ResultMapping.BuiltIn("12345-results")!, CultureInfo.GetCultureInfo("zh-CN"));

    [Fact]
    public async Task Results_are_yes_no_or_not_known()
    {
        var file = await ReadAsync("GD-1,是,超时,已解决,不满意,否,/");

        Assert.Empty(file.Errors);
        Assert.Equal(new OrderResults(true, false, true, false, false, null), file.Results["GD-1"]);
    }

    [Fact]
    public async Task What_cannot_be_understood_is_named_and_nothing_is_compared()
    {
        var file = await ReadAsync("GD-1,是,是,是,是,否,否", "GD-1,是,是,也许,是,否,否", "GD-2,是");

        Assert.Empty(file.Results);
        Assert.Equal([(3, "是否解决"), (3, "工单编号"), (4, null)], file.Errors.Select(error => (error.Row, error.Column)));
        var lacking = await Assert.ThrowsAsync<MappingException>(() => ResultFile.ReadAsync(
            Encoding.UTF8.GetBytes("工单编号\nGD-1"), ResultMapping.BuiltIn("12345-results")!, CultureInfo.GetCultureInfo("en")));
        Assert.Contains("是否满意", lacking.Message, StringComparison.Ordinal);
        Assert.Throws<MappingException>(() => ResultMapping.Parse("""{ "number": { "column": "n" } }"""));
    }
}
