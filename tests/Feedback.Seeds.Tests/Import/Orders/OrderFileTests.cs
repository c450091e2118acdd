using System.Globalization;
using System.Text;
using Feedback.Seeds.Import;
using Feedback.Seeds.Import.Orders;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Seeds.Tests.Import.Orders;

/// <summary>Lists of the city's orders, as clean and as ugly as they come.</summary>
public sealed class OrderFileTests
{
    private const string Header = "工单编号,派单时间,主办单位,诉求内容,联系电话,办理时限";
    private const string Good = "GD-1,2026-11-25 09:00:00,青禾区运管所,公交站牌损坏,13800000000,5个工作日";

    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.FromHours(8)));

    private static Task<OrderFile> ReadAsync(byte[] file, string culture = "zh-CN") =>
        OrderFile.ReadAsync(file, OrderMapping.BuiltIn("12345")!, Clock, CultureInfo.GetCultureInfo(culture));

    private static Task<OrderFile> ReadAsync(params string[] rows) => ReadAsync(Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Header))));

    public static TheoryData<string> Encodings => ["utf-8", "utf-8-bom", "gb18030", "utf-16"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task A_list_is_read_in_every_encoding_that_spreadsheets_write(string name)
    {
        Encoding encoding = name switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-bom" => new UTF8Encoding(true),
            "utf-16" => Encoding.Unicode,
            _ => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!,
        };
        var file = await ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes($"{Header}\r\n{Good}\r\n\r\n")]);

        Assert.Empty(file.Errors);
        var order = Assert.Single(file.Orders);
        Assert.Equal(("GD-1", "青禾区运管所", "公交站牌损坏", "13800000000", "5wd"), (order.Number, order.Node, order.Words, order.Contact, order.Limit));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), order.At.UtcMilliseconds);
    }

    [Theory]
    [InlineData("5个工作日", "5wd")]
    [InlineData("24 小时", "24h")]
    [InlineData("7天", "7d")]
    [InlineData("15wd", "15wd")]
    [InlineData("/", null)]
    [InlineData("", null)]
    public async Task Limits_are_read_as_offices_write_them(string cell, string? limit)
    {
        var file = await ReadAsync($"GD-1,2026-11-25 09:00:00,运管所,站牌,,{cell}");

        Assert.Equal((limit, null), (file.Orders[0].Limit, file.Orders[0].Due));
    }

    [Fact]
    public async Task A_deadline_may_be_a_time_and_what_the_citizen_says_may_have_lines()
    {
        var file = await ReadAsync("GD-1,2026-11-25 09:00:00,运管所,\"第一行,\n第二行\",,2026-11-30 17:30:00");

        Assert.Equal(new DateTimeOffset(2026, 11, 30, 9, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), file.Orders[0].Due!.Value.UtcMilliseconds);
        Assert.Equal("第一行,\n第二行", file.Orders[0].Words);
    }

    [Fact]
    public async Task One_wrong_row_stops_the_whole_list_and_everything_wrong_is_named()
    {
        var file = await ReadAsync(
            Good,
            "GD-1,2026-11-25 10:00:00,运管所,又一件,,",
            "GD 2,2026/11/25 10:00,,,,很快",
            "GD-3,2027-01-01 10:00:00,运管所,站牌,,",
            "GD-4,2026-11-25 10:00:00,运管所,站牌,,2026-11-24 10:00:00",
            "GD-5,2026-11-25 10:00:00");

        Assert.Empty(file.Orders);
        Assert.Equal(6, file.Rows);
        Assert.Equal(
            [
                (3, "工单编号"), (4, "工单编号"), (4, "派单时间"), (4, "主办单位"), (4, "诉求内容"), (4, "办理时限"), (5, "派单时间"), (6, "办理时限"), (7, null),
            ],
            file.Errors.Select(error => (error.Row, error.Column)));
        Assert.Contains("第 2 行", file.Errors[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_column_is_named_and_a_file_without_rows_or_of_no_encoding_is_told()
    {
        var lacking = await Assert.ThrowsAsync<MappingException>(() => ReadAsync(Encoding.UTF8.GetBytes("工单编号,派单时间,主办单位,联系电话,办理时限\nGD-1,,,,")));
        Assert.Contains("诉求内容", lacking.Message, StringComparison.Ordinal);
        Assert.Single((await ReadAsync()).Errors);
        Assert.Single((await ReadAsync(Array.Empty<byte>())).Errors);
        Assert.Contains("GB18030", Assert.Single((await ReadAsync([0xFF, 0x41, 0x80, 0x0A], "en")).Errors).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_that_contradicts_itself_is_refused_with_everything_that_is_wrong()
    {
        var wrong = Assert.Throws<MappingException>(() => OrderMapping.Parse(
            """{ "zone": "Nowhere", "number": { "value": "1" }, "at": { "column": "a", "format": "" }, "node": {}, "words": { "column": "w" } }"""));

        Assert.Equal(4, wrong.Problems.Count);
        Assert.Throws<MappingException>(() => OrderMapping.Parse("""{ "zonne": "Asia/Shanghai" }"""));
    }
}
