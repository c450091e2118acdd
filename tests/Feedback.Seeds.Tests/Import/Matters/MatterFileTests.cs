using System.Globalization;
using System.Text;
using Feedback.Domain.ServiceMatters;
using Feedback.Seeds.Import;
using Feedback.Seeds.Import.Matters;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Seeds.Tests.Import.Matters;

/// <summary>Nightly lists of service matters, as clean and as ugly as they come.</summary>
public sealed class MatterFileTests
{
    private const string Header = "办件编号,受理单位,事项编码,申请方式,受理时间,承诺时限,到场次数,办件状态,办结时间,办理结果";
    private const string Done = "BJ-1,n2,permit,窗口,2026-11-20 09:00:00,10个工作日,2,已办结,2026-11-24 15:00:00,准予许可";
    private const string Open = "BJ-2,n2,permit,网上,2026-11-25 09:00:00,,,在办,,";

    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.FromHours(8)));

    private static Task<MatterFile> ReadAsync(byte[] file, string culture = "zh-CN") =>
        MatterFile.ReadAsync(file, MatterMapping.BuiltIn("matters")!, Clock, CultureInfo.GetCultureInfo(culture));

    private static Task<MatterFile> ReadAsync(params string[] rows) => ReadAsync(Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Header))));

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8-bom")]
    [InlineData("gb18030")]
    [InlineData("utf-16")]
    public async Task A_list_is_read_in_every_encoding_that_spreadsheets_write(string name)
    {
        Encoding encoding = name switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-bom" => new UTF8Encoding(true),
            "utf-16" => Encoding.Unicode,
            _ => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!,
        };
        var file = await ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes($"{Header}\r\n{Done}\r\n{Open}\r\n\r\n")]);

        Assert.Empty(file.Errors);
        Assert.Equal(
            [
                new ReadMatter(2, "BJ-1", "n2", "permit", false, At(20, 9), "10wd", 2, MatterStage.Completed, At(24, 15), "granted"),
                new ReadMatter(3, "BJ-2", "n2", "permit", true, At(25, 9), null, null, MatterStage.Open, null, null),
            ],
            file.Matters.AsEnumerable());
    }

    [Fact]
    public async Task One_wrong_row_stops_the_whole_list_and_everything_wrong_is_named_with_its_mend()
    {
        var file = await ReadAsync(
            Done,
            "BJ-1,n2,permit,窗口,2026-11-20 09:00:00,,,在办,,",
            "BJ-3,,,邮寄,昨天,很快,两次,办理中,,",
            "BJ-4,n2,permit,窗口,2026-11-20 09:00:00,,,已办结,,准予许可",
            "BJ-5,n2,permit,窗口,2026-11-20 09:00:00,,,在办,2026-11-21 09:00:00,",
            "BJ-6,n2,permit,窗口,2026-11-20 09:00:00,,,撤回,2026-11-19 09:00:00,",
            "BJ-7,n2,permit,窗口,2027-01-01 09:00:00,,51,在办,,",
            "BJ-8,n2,permit",
            "BJ-9,n2,per\u0007mit,窗口,2026-11-20 09:00:00,,,在办,,");

        Assert.Empty(file.Matters);
        Assert.Equal(9, file.Rows);
        Assert.Equal(
            [
                (3, "办件编号"), (4, "受理单位"), (4, "事项编码"), (4, "申请方式"), (4, "受理时间"), (4, "承诺时限"), (4, "到场次数"), (4, "办件状态"),
                (5, "办结时间"), (6, "办结时间"), (7, "办结时间"), (8, "受理时间"), (8, "到场次数"), (9, null), (10, "事项编码"),
            ],
            file.Errors.Select(error => (error.Row, error.Column)));
        Assert.Contains("第 2 行", file.Errors[0].Problem, StringComparison.Ordinal);
        Assert.All(file.Errors, error => Assert.NotEqual("", error.Mend));
    }

    [Fact]
    public async Task The_same_number_at_another_node_is_another_matter()
    {
        var file = await ReadAsync(Open, Open.Replace("n2", "n7", StringComparison.Ordinal));

        Assert.Empty(file.Errors);
        Assert.Equal(2, file.Matters.Length);
    }

    [Fact]
    public async Task An_end_whose_day_alone_is_known_is_never_before_the_acceptance()
    {
        var mapping = MatterMapping.Parse("""
            { "zone": "Asia/Shanghai", "number": { "column": "no" }, "node": { "value": "n2" }, "item": { "value": "permit" }, "way": { "value": "window" },
              "accepted": { "column": "in", "format": "yyyy-MM-dd HH:mm" }, "stage": { "value": "completed" }, "ended": { "column": "out", "format": "yyyy-MM-dd" } }
            """);
        var file = await MatterFile.ReadAsync("no,in,out\n1,2026-11-20 09:00,2026-11-20\n"u8.ToArray(), mapping, Clock, CultureInfo.InvariantCulture);

        Assert.Empty(file.Errors);
        Assert.Equal((At(20, 9), "completed"), (file.Matters[0].EndedAt, file.Matters[0].Outcome));
    }

    [Theory]
    [InlineData("3,1", 1)]
    [InlineData("3,", null)]
    [InlineData("3,4", -1)]
    public async Task A_list_may_tell_which_of_its_visits_were_lawful(string visits, int? lawful)
    {
        var mapping = MatterMapping.Parse("""
            { "zone": "Asia/Shanghai", "number": { "column": "no" }, "node": { "value": "n2" }, "item": { "value": "permit" }, "way": { "value": "window" },
              "accepted": { "column": "in", "format": "yyyy-MM-dd" }, "visits": { "column": "visits" }, "lawfulVisits": { "column": "lawful" },
              "stage": { "value": "open" }, "ended": { "column": "out", "format": "yyyy-MM-dd" } }
            """);
        var file = await MatterFile.ReadAsync(Encoding.UTF8.GetBytes($"no,in,out,visits,lawful\n1,2026-11-20,,{visits}\n"), mapping, Clock, CultureInfo.InvariantCulture);

        if (lawful == -1)
            Assert.Equal("lawful", Assert.Single(file.Errors).Column);
        else
            Assert.Equal((3, lawful), (file.Matters[0].Visits, file.Matters[0].LawfulVisits));
    }

    [Fact]
    public async Task A_missing_column_is_named_and_a_file_without_rows_or_of_no_encoding_is_told()
    {
        var lacking = await Assert.ThrowsAsync<MappingException>(() => ReadAsync(Encoding.UTF8.GetBytes("办件编号,受理单位\nBJ-1,n2")));
        Assert.Contains("办结时间", lacking.Message, StringComparison.Ordinal);
        Assert.Single((await ReadAsync()).Errors);
        Assert.Single((await ReadAsync(Array.Empty<byte>())).Errors);
        Assert.Contains("GB18030", Assert.Single((await ReadAsync([0xFF, 0x41, 0x80, 0x0A], "en")).Errors).Problem, StringComparison.Ordinal);
        Assert.NotEmpty((await ReadAsync(Encoding.UTF8.GetBytes(Header + "\n\"BJ-1,n2"))).Errors);
    }

    [Fact]
    public void A_mapping_that_contradicts_itself_is_refused_with_everything_that_is_wrong()
    {
        var wrong = Assert.Throws<MappingException>(() => MatterMapping.Parse(
            """
            { "zone": "Nowhere", "number": { "value": "1" }, "node": {}, "item": { "column": "i" }, "way": { "value": "post" }, "accepted": { "column": "a", "format": "" },
              "stage": { "column": "s", "values": { "x": "y" } }, "ended": { "column": "e", "format": "yyyy-MM-dd" } }
            """));

        Assert.Equal(6, wrong.Problems.Count);
        Assert.Throws<MappingException>(() => MatterMapping.Parse("""{ "zonne": "Asia/Shanghai" }"""));
    }

    [Theory]
    [InlineData("node-unknown", "node", "受理单位", "n2")]
    [InlineData("service-item-unknown", "serviceItem", "事项编码", "permit")]
    [InlineData("matter-exists", "number", "办件编号", "BJ-1")]
    public async Task What_the_service_does_not_take_is_told_with_row_column_and_mend_in_both_languages(string code, string field, string column, string value)
    {
        foreach (var culture in new[] { "zh-CN", "en" })
        {
            var file = await ReadAsync(Encoding.UTF8.GetBytes($"{Header}\n{Done}"), culture);
            var error = file.Refused(file.Matters[0], code, field, "its own words");

            Assert.Equal((2, column, value), (error.Row, error.Column, error.Value));
            Assert.Contains(value, error.Problem, StringComparison.Ordinal);
            Assert.Equal(culture == "en", error.Mend.All(char.IsAscii));
        }
    }

    private static long At(int day, int hour) => new DateTimeOffset(2026, 11, day, hour, 0, 0, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();
}
