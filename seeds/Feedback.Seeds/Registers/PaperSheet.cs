using System.Globalization;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Paper;
using Feedback.Domain.Personal.FreeText;
using Feedback.Grains.Paper;

namespace Feedback.Seeds.Registers;

/// <summary>Reads the forms of a batch from a spreadsheet: one row, one form.</summary>
public sealed class PaperSheet : IPaperSheet
{
    private const int LongestNumber = 10;
    private const int LongestPlace = 512;
    private const int LongestDay = 64;
    private const int LongestComment = 1_000;

    private static readonly RegisterColumn Form = new("form", true, "编号", "Form", "表号", "序号", "form number", "no", "no.");
    private static readonly RegisterColumn Overall = new("grade", true, "总体评价", "Grade", "整体满意度", "总体满意度", "评价", "overall", "overall grade");
    private static readonly RegisterColumn Window = new("window", false, "窗口", "Window");
    private static readonly RegisterColumn Day = new("day", false, "日期", "Day", "date");
    private static readonly RegisterColumn Item = new("item", false, "事项", "Item", "办理事项", "service item");
    private static readonly RegisterColumn Comment = new("comment", false, "意见", "Comment", "意见建议", "意见和建议", "comments");
    private static readonly RegisterColumn Spoilt = new("spoilt", false, "废票", "Spoilt", "作废原因", "废票原因", "reason");

    private static readonly Dictionary<string, Grade> Grades = new()
    {
        ["5"] = Grade.VerySatisfied,
        ["非常满意"] = Grade.VerySatisfied,
        ["很满意"] = Grade.VerySatisfied,
        ["very satisfied"] = Grade.VerySatisfied,
        ["4"] = Grade.Satisfied,
        ["满意"] = Grade.Satisfied,
        ["satisfied"] = Grade.Satisfied,
        ["3"] = Grade.FairlySatisfied,
        ["基本满意"] = Grade.FairlySatisfied,
        ["fairly satisfied"] = Grade.FairlySatisfied,
        ["2"] = Grade.Dissatisfied,
        ["不满意"] = Grade.Dissatisfied,
        ["dissatisfied"] = Grade.Dissatisfied,
        ["1"] = Grade.VeryDissatisfied,
        ["非常不满意"] = Grade.VeryDissatisfied,
        ["很不满意"] = Grade.VeryDissatisfied,
        ["very dissatisfied"] = Grade.VeryDissatisfied,
    };

    // In the order of the words.
    private static readonly string[][] SpoiltWords =
        [["空白", "空白票"], ["字迹不清", "无法辨认"], ["未评总体", "未评价"], ["多选"], ["破损"], ["重复填写", "重复"], ["非本单位"], ["其他"]];

    private static readonly Dictionary<string, int> SpoiltReasons = SpoiltWords.Index()
        .SelectMany(one => one.Item.Append(PaperWords.SpoiltReasons[one.Index]).Select(word => (word, one.Index))).ToDictionary(one => one.word, one => one.Index);

    /// <inheritdoc/>
    public PaperSheetRows Read(byte[] file, IReadOnlyList<Dimension> dimensions, CultureInfo culture)
    {
        var asked = dimensions.Select(one => (one.Code, Column: new RegisterColumn(one.Code, false, one.Zh, one.En, one.Code.ToLowerInvariant()))).ToList();
        Sheet sheet;
        try
        {
            sheet = Sheet.Open(file, [Form, Overall, Window, Day, Item, Comment, Spoilt, .. asked.Select(one => one.Column)]);
        }
        catch (SheetBrokenException e)
        {
            var broken = new RegisterErrors(null);
            broken.Add(e.Row, null, e.Code, null, e.Value);
            return new PaperSheetRows([], broken.Tell(culture));
        }

        var errors = new RegisterErrors(sheet);
        var (cells, rows, rowOf) = (new CellReader(sheet, errors), new List<PaperSheetRow>(), new Dictionary<int, long>());
        foreach (var row in sheet.Rows)
        {
            var read = ReadRow(row, sheet, cells, errors, asked);
            if (!rowOf.TryAdd(read.Form, row.Number) && !errors.Has(row.Number))
                errors.Add(row.Number, Form, "form-twice", sheet.Cell(row, Form), $"{rowOf[read.Form]}");
            rows.Add(read);
        }

        return errors.None ? new PaperSheetRows(rows, []) : new PaperSheetRows([], errors.Tell(culture));
    }

    private static PaperSheetRow ReadRow(SheetRow row, Sheet sheet, CellReader cells, RegisterErrors errors, List<(string Code, RegisterColumn Column)> asked)
    {
        var (number, spoilt, day) = (cells.Needed(row, Form, LongestNumber), cells.Word(row, Spoilt, SpoiltReasons, "spoilt-unknown"), cells.Optional(row, Day, LongestDay));
        if (!int.TryParse(SheetRow.Narrow(number ?? "0"), NumberStyles.None, CultureInfo.InvariantCulture, out var form))
            errors.Add(row.Number, Form, "form-number", number);
        DateOnly? on = null;
        if (day is not null)
        {
            if (DateOnly.TryParseExact(SheetRow.Narrow(day), ["yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var known))
                on = known;
            else
                errors.Add(row.Number, Day, "day-unknown", day);
        }

        var item = cells.Optional(row, Item, PaperRules.LongestItem);
        if (item is not null && CodeScan.TellsOfPerson(item))
            errors.Add(row.Number, Item, "personal");
        var grade = cells.Word(row, Overall, Grades, "grade-unknown");
        if (spoilt is null && grade is null && !errors.Has(row.Number))
            errors.Add(row.Number, Overall, "grade-missing");
        if (spoilt is not null && grade is not null)
            errors.Add(row.Number, Spoilt, "spoilt-and-graded", sheet.Cell(row, Spoilt));
        return new PaperSheetRow(row.Number, form)
        {
            Grade = grade,
            Spoilt = spoilt is { } why ? PaperWords.SpoiltReasons[why] : null,
            Day = on,
            Window = cells.Optional(row, Window, LongestPlace),
            ServiceItem = item,
            Comment = cells.Optional(row, Comment, LongestComment),
            Dimensions =
            [
                .. from one in asked.OrderBy(one => one.Code, StringComparer.Ordinal)
                   let given = cells.Word(row, one.Column, Grades, "grade-unknown")
                   where given is not null
                   select new DimensionGrade(one.Code, given.Value),
            ],
        };
    }
}
