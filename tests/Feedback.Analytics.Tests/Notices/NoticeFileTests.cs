using System.Text;
using Feedback.Charts.Notices;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using Xunit;

namespace Feedback.Analytics.Tests.Notices;

/// <summary>Notices on paper, read back by another library.</summary>
public sealed class NoticeFileTests
{
    private static readonly NoticeModel Notice = new(
        "受理告知单", "青禾区政务服务大厅",
        [new("受理编号", "20260302-0415926-7"), new("办理事项", "道路运输经营许可"), new("到期", "2026年3月16日 17:00")],
        [
            new("受理条件", ["有与其经营业务相适应并经检测合格的车辆", "有符合规定条件的驾驶人员"]),
            new("办理依据", ["《中华人民共和国道路运输条例》第十条"]),
            new("申请人权利和义务", ["申请人有权查询办理进度，并对所提交材料的真实性负责。"]),
            new("尚缺材料", []) { Table = new(["材料", "方式", "提交期限"], [3, 3, 2], [["营业执照副本", "补正后办理", "—"], ["车辆行驶证", "容缺受理，可后补", "2026年3月9日"], ["无犯罪记录证明", "告知承诺", "—"]]) },
        ],
        "除上列材料外，本单位不再要求补充其他材料。")
    {
        Page = "第 {0} 页，共 {1} 页",
        Made = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.FromHours(8)),
    };

    [Fact]
    public void Everything_that_is_told_is_in_the_file_as_text_with_the_right_characters()
    {
        var text = TextOf(NoticeFile.ToPdf(Notice));
        IEnumerable<string> told =
        [
            Notice.Title, Notice.Office, Notice.Remark, .. Notice.Facts.SelectMany(fact => new[] { fact.Label, fact.Value }),
            .. Notice.Sections.SelectMany(section => section.Lines.Prepend(section.Heading)),
            .. Notice.Sections[^1].Table!.Heads, .. Notice.Sections[^1].Table!.Rows.SelectMany(row => row),
        ];
        Assert.All(told, words => Assert.Contains(Narrow(words), text, StringComparison.Ordinal));
        Assert.Contains("第1页，共1页", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_common_character_that_the_font_has_comes_back_as_itself()
    {
        // The first level of GB 2312, and what stands beside it in notices.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var gb = Encoding.GetEncoding("GB2312");
        var common = string.Concat(Enumerable.Range(0xB0, 0xD7 - 0xB0 + 1).SelectMany(high => Enumerable.Range(0xA1, 0xFE - 0xA1 + 1)
            .Where(low => high != 0xD7 || low <= 0xF9).Select(low => gb.GetString([(byte)high, (byte)low]))));
        Assert.Equal(3755, common.Length);
        var pdf = NoticeFile.ToPdf(Notice with { Sections = [new("常用字", [common + "，。、；：？！（）《》“”‘’—…0123456789ABCXYZabcxyz"])] });

        var read = TextOf(pdf);
        Assert.Equal("", string.Concat(common.Where(character => !read.Contains(character, StringComparison.Ordinal))));
        Assert.Contains("“”‘’—…0123456789ABCXYZabcxyz", read, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_notice_goes_on_on_further_pages_that_are_A4_and_numbered()
    {
        var many = Notice with { Sections = [.. Notice.Sections, new("办理程序", [.. Enumerable.Range(1, 120).Select(number => $"第{number}步：提交申请并等待审核。")])] };
        using var document = PdfDocument.Open(NoticeFile.ToPdf(many));
        Assert.InRange(document.NumberOfPages, 3, 6);
        Assert.All(document.GetPages(), page => Assert.Equal((595, 842), ((int)Math.Round(page.Width), (int)Math.Round(page.Height))));
        Assert.All(document.GetPages(), page => Assert.Contains($"第{page.Number}页，共{document.NumberOfPages}页", Narrow(page.Text), StringComparison.Ordinal));
        // Nothing runs over an edge.
        Assert.All(document.GetPages().SelectMany(page => page.Letters), letter =>
            Assert.True(letter.BoundingBox is { Left: >= 60, Right: <= 536, Bottom: >= 30, Top: <= 800 }, $"'{letter.Value}' lies at {letter.BoundingBox}."));
        Assert.Contains("第120步", TextOf(NoticeFile.ToPdf(many)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_stands_beside_the_facts_and_hides_none_of_them()
    {
        IReadOnlyList<IReadOnlyList<bool>> code = [.. Enumerable.Range(0, 29).Select(y => Enumerable.Range(0, 29).Select(x => (x + y) % 2 == 0).ToArray())];
        var address = "https://feedback.example.gov.cn/api/v1/service-matters/notices/Q2hDkq8sWcJ3vVtYb0x4hAZx1mT7c2Lq9bR4sU6wKyPg";
        var coded = Notice with { Code = code, Facts = [.. Notice.Facts, new("查询地址", address)] };
        using var document = PdfDocument.Open(NoticeFile.ToPdf(coded));
        var page = document.GetPage(1);
        Assert.Contains(address, Narrow(page.Text), StringComparison.Ordinal);
        // The code begins below office and title, 120 points from the top, and is 96 points wide and high.
        Assert.DoesNotContain(page.Letters, letter => letter.BoundingBox is { Right: > 437, Bottom: < 721, Top: > 626 });
        Assert.NotEmpty(page.Paths);
    }

    [Fact]
    public void The_same_notice_gives_the_same_file_and_the_file_says_what_it_is()
    {
        var pdf = NoticeFile.ToPdf(Notice);
        Assert.Equal(pdf, NoticeFile.ToPdf(Notice));
        using var document = PdfDocument.Open(pdf);
        Assert.Equal((Notice.Title, Notice.Office), (document.Information.Title, document.Information.Author));
        Assert.True(pdf.Length < 400_000, $"{pdf.Length} bytes: the whole font is in it.");
    }

    [Fact]
    public void A_character_that_the_font_lacks_is_a_box_and_breaks_nothing() =>
        Assert.Contains("□", TextOf(NoticeFile.ToPdf(Notice with { Remark = "𠮷野家" })), StringComparison.Ordinal);

    private static string TextOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return string.Concat(document.GetPages().Select((Page page) => Narrow(page.Text)));
    }

    private static string Narrow(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
