using System.Data;
using System.Globalization;
using Feedback.Grains.Registers;
using MiniExcelLibs;

namespace Feedback.Seeds.Registers;

/// <summary>Writes the workbook that people fill in: the headings, an example on a second sheet, and what belongs into each column on a third.</summary>
internal static class RegisterTemplate
{
    public static byte[] Write(RegisterKind kind, CultureInfo culture)
    {
        var columns = RegisterColumn.Of(kind);
        var sheets = new Dictionary<string, object>
        {
            [Words("sheet-fill")] = Table(columns.Select(Heading), []),
            [Words("sheet-example")] = Table(columns.Select(Heading), Example(kind, RegisterErrors.IsChinese(culture))),
            [Words("sheet-notes")] = Table(
                [Words("note-column"), Words("note-needed"), Words("note-words")],
                columns.Select(column => new[] { Heading(column), Words(column.Needed ? "yes" : "no"), Words("note-" + column.Id) })),
        };
        using var workbook = new MemoryStream();
        workbook.SaveAs(sheets);
        return workbook.ToArray();

        string Words(string name) => RegisterErrors.Words(name, culture);
        string Heading(RegisterColumn column) => RegisterErrors.Heading(column, culture);
    }

    private static string[][] Example(RegisterKind kind, bool chinese) => kind switch
    {
        RegisterKind.Organisation =>
        [
            [chinese ? "区县局" : "district", "", "jiangyuan", "江源区交通运输局", "Jiangyuan District Transport Bureau", "Asia/Shanghai", ""],
            [chinese ? "大厅" : "hall", "jiangyuan", "hall-1", "河滨服务大厅", "Riverside Hall", "", "09:00-12:00,13:30-17:00"],
            [chinese ? "窗口" : "window", "jiangyuan/hall-1", "01", "综合咨询", "General enquiries", "", ""],
            [chinese ? "窗口" : "window", "jiangyuan/hall-1", "02", "道路货运许可", "Road freight licences", "", ""],
        ],
        RegisterKind.ServiceItems =>
        [
            ["road-freight-licence", "道路货运许可", "Road freight licence", ""],
            ["enquiry", "咨询", "Enquiry", chinese ? "否" : "no"],
        ],
        _ => [["0017", "林晓梅"], ["0018", "陈建国"]],
    };

    private static DataTable Table(IEnumerable<string> headings, IEnumerable<string[]> rows)
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var heading in headings)
            table.Columns.Add(heading);
        foreach (var row in rows)
            table.Rows.Add([.. row]);
        return table;
    }
}
