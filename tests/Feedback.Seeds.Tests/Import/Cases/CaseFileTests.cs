using System.Globalization;
using System.Text;
using Feedback.Domain.Cases;
using Feedback.Seeds.Import;
using Feedback.Seeds.Import.Cases;
using Feedback.Seeds.Tests.Registers;
using Xunit;

namespace Feedback.Seeds.Tests.Import.Cases;

/// <summary>What a file of cases may hold, and what is said where it may not.</summary>
public sealed class CaseFileTests
{
    private readonly CaseTrial _trial = new();

    [Fact]
    public async Task A_row_becomes_a_case_with_its_times_its_category_its_channel_and_its_unit()
    {
        var file = await _trial.ReadAsync(CaseTrial.Good, "A2,2026-02-01 11:00,NA,,open,Late  Bus,web,Y,");
        await _trial.OpenUnitsAsync(file);

        var cases = file.CasesAt(_trial.Tree);
        Assert.Empty(file.Errors);
        Assert.Equal(("lake", "A1", CaseKind.Complaint, CaseChannel.Hotline, "noise", false), (cases[0].Source, cases[0].Number, cases[0].Kind, cases[0].Channel, cases[0].Category, cases[0].Anonymous));
        Assert.Equal(("2026-02-01T10:00:00.000+08:00", "2026-02-02T10:00:00.000+08:00"), (cases[0].Opened.ToString(), cases[0].Closed.ToString()));
        Assert.Equal("lake/u-1", _trial.Tree.PathOf(cases[0].Node));
        Assert.Equal((CaseChannel.Web, "late-bus", true, null), (cases[1].Channel, cases[1].Category, cases[1].Anonymous, cases[1].ClosedAt));
        Assert.Equal(("lake", "lake"), (_trial.Tree.PathOf(cases[1].Node), _trial.Tree.PathOf(cases[1].Lead)));
        Assert.Equal([("noise", "噪声", "Noise"), ("late-bus", "Late  Bus", "Late  Bus")], file.Categories.Select(one => (one.Code, one.Zh, one.En)));
    }

    [Theory]
    [InlineData("A1,2026-02-01 10:00,,2026-02-02 10:00,done,Noise,call,N", null, "The row has 8 cells and the header 9.")]
    [InlineData(",2026-02-01 10:00,,2026-02-02 10:00,done,Noise,call,N,1", "no", "The cell is blank.")]
    [InlineData("A1,01/02/2026,,2026-02-02 10:00,done,Noise,call,N,1", "in", "“01/02/2026” is no time as yyyy-MM-dd HH:mm, or one before 1970.")]
    [InlineData("A1,NA,,2026-02-02 10:00,done,Noise,call,N,1", "in", "The cell is blank.")]
    [InlineData("A1,2026-03-02 09:01,,,open,Noise,call,N,1", "in", "“2026-03-02 09:01” lies in the future.")]
    [InlineData("A1,2026-02-30 10:00,,,open,Noise,call,N,1", "in", "“2026-02-30 10:00” is no time as yyyy-MM-dd HH:mm, or one before 1970.")]
    [InlineData("A1,2026-02-01 10:00,,2026-02-01 09:59,done,Noise,call,N,1", "out", "It was closed at “2026-02-01 09:59”, before it came in at “2026-02-01 10:00”.")]
    [InlineData("A1,2026-02-01 10:00,,2026-01-31 00:00,done,Noise,call,N,1", "out", "It was closed at “2026-01-31 00:00”, before it came in at “2026-02-01 10:00”.")]
    [InlineData("A1,2026-02-01 10:00,2026-02-01 09:00,2026-02-02 10:00,done,Noise,call,N,1", "changed", "It was changed at “2026-02-01 09:00”, before it came in at “2026-02-01 10:00”.")]
    [InlineData("A1,2026-02-01 10:00,,,done,Noise,call,N,1", "out", "The status “done” means closed, and there is no closing time.")]
    [InlineData("A1,2026-02-01 10:00,,2026-02-02 10:00,open,Noise,call,N,1", "out", "There is a closing time, and the status “open” means open.")]
    [InlineData("A1,2026-02-01 10:00,,,lost,Noise,call,N,1", "state", "The status “lost” is not known; known are done, void, open.")]
    [InlineData("A1,2026-02-01 10:00,,,open,,call,N,1", "what", "The cell is blank.")]
    [InlineData("A1,2026-02-01 10:00,,,open,Noise,dove,N,1", "how", "“dove” is not known; it can be call.")]
    [InlineData("A1,2026-02-01 10:00,,,open,Noise,call,?,1", "secret", "“?” is not known; it can be N, Y.")]
    [InlineData("A1,2026-02-01 10:00,,,open,No\aise,call,N,1", "what", "The cell holds control characters.")]
    [InlineData("A1,2026-02-01 10:00,,,open,No\uFFFDise,call,N,1", "what", "The cell holds bytes that are no UTF-8.")]
    public async Task A_row_that_cannot_be_taken_is_named_with_its_column(string row, string? column, string problem) =>
        Assert.Equal([(2L, column, problem)], await _trial.ErrorsAsync(row));

    [Fact]
    public async Task One_wrong_row_stops_the_whole_file_and_every_error_is_told()
    {
        var file = await _trial.ReadAsync(CaseTrial.Good, "A2,never,,later,done,,dove,N,1", CaseTrial.Good);

        Assert.Equal(
            [(3, "in"), (3, "out"), (3, "how"), (3, "what"), (4, "no")], file.Errors.Select(error => (error.Row, error.Column!)));
        Assert.Equal("“A1” stands in row 2 already.", file.Errors[^1].Problem);
        await _trial.OpenUnitsAsync(file);
        Assert.Empty(file.CasesAt(_trial.Tree));
    }

    [Fact]
    public async Task Every_error_says_what_to_mend_in_both_languages()
    {
        var texts = new System.Resources.ResourceManager("Feedback.Seeds.Import.Cases.CaseImportTexts", typeof(CaseFile).Assembly);
        var (english, chinese) = (Entries(""), Entries("zh"));

        Assert.Equal(english.Keys.Order(), chinese.Keys.Order());
        Assert.All(english.Keys, code => Assert.Contains(code.EndsWith(".mend", StringComparison.Ordinal) ? code[..^5] : code + ".mend", english.Keys));
        Assert.All(english, text => Assert.Equal(Places(text.Value), Places(chinese[text.Key])));
        var told = (await _trial.ReadTextAsync(CaseTrial.Header + "\nA1,昨天,,,open,Noise,call,N,1", RegisterTrial.Chinese)).Errors.Single();
        Assert.Equal(("“昨天”不是 yyyy-MM-dd HH:mm 格式的时间，或早于 1970 年。", "请修正时间，或修改映射文件中的格式。"), (told.Problem, told.Mend));

        Dictionary<string, string> Entries(string language) => texts.GetResourceSet(CultureInfo.GetCultureInfo(language), true, false)!
            .Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
        static (bool, bool) Places(string text) => (text.Contains("{0}"), text.Contains("{1}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData(CaseTrial.Header)]
    [InlineData("\uFEFF" + CaseTrial.Header + "\n\n")]
    public async Task A_file_without_a_row_is_told(string text)
    {
        var error = (await _trial.ReadTextAsync(text)).Errors.Single();
        Assert.Equal("There is nothing in the file below a header.", error.Problem);
    }

    [Fact]
    public async Task A_mark_at_the_beginning_quotes_blank_lines_and_Windows_ends_of_lines_are_read()
    {
        var text = "\uFEFF\"no\",in,changed,out,state,what,how,secret,unit\r\n\r\n\"A1\",2026-02-01 10:00,,,open,\"Noise, \"\"loud\"\"\",call,N,1\r\n\r\n,,,,,,,,\r\nA2,bad,,,open,Noise,call,N,1\r\n";
        using var reader = new StreamReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        var file = await _trial.ReadTextAsync(await reader.ReadToEndAsync());

        Assert.Equal((2L, "noise-loud"), (file.Rows, file.Categories[0].Code));
        // Counted as a spreadsheet counts: blank lines too.
        Assert.Equal(6, file.Errors.Single().Row);
    }

    [Fact]
    public async Task A_quotation_mark_that_is_not_closed_is_told()
    {
        var file = await _trial.ReadAsync(CaseTrial.Good, "\"A2,2026-02-01 10:00,,,open,Noise,call,N,1");
        Assert.Contains(file.Errors, error => error.Row == 3);
        await _trial.OpenUnitsAsync(file);
        Assert.Empty(file.CasesAt(_trial.Tree));
    }

    [Fact]
    public async Task A_day_without_an_hour_closes_a_case_of_that_day_at_once()
    {
        var file = await _trial.ReadAsync("A1,2026-02-01 10:00,,2026-02-01 00:00,done,Noise,call,N,1");
        await _trial.OpenUnitsAsync(file);

        var one = file.CasesAt(_trial.Tree).Single();
        Assert.True(one.Closed!.Value.DateOnly);
        Assert.Equal(one.Opened.UtcMilliseconds, one.ClosedAt);
    }

    [Fact]
    public async Task The_last_change_stands_for_a_closing_time_that_is_missing()
    {
        var file = await _trial.ReadAsync("A1,2026-02-01 10:00,2026-02-03 09:00,NA,done,Noise,call,N,1");
        await _trial.OpenUnitsAsync(file);
        Assert.Equal("2026-02-03T09:00:00.000+08:00", file.CasesAt(_trial.Tree).Single().Closed.ToString());
    }

    [Fact]
    public async Task Words_without_Latin_letters_and_words_of_the_same_code_have_codes_of_their_own_in_every_file()
    {
        string Row(int number, string what) => $"A{number},2026-02-01 10:00,,,open,{what},call,N,1";
        var file = await _trial.ReadAsync(Row(1, "噪声"), Row(2, "公交"), Row(3, "C++"), Row(4, "C#"), Row(5, "noise"), Row(6, "NOISE "));
        var later = await _trial.ReadAsync(Row(7, "公交"));

        var codes = file.Categories.Select(one => one.Code).ToList();
        Assert.Equal(5, codes.Distinct().Count());
        Assert.Matches("^category-[0-9a-f]{8}$", codes[0]);
        Assert.Equal("c", codes[2]);
        Assert.Matches("^c-[0-9a-f]{8}$", codes[3]);
        Assert.Equal(codes[1], later.Categories.Single().Code);
    }

    [Fact]
    public async Task Units_are_one_where_their_words_are_and_not_where_their_codes_happen_to_be()
    {
        string Row(int number, string unit) => $"A{number},2026-02-01 10:00,,,open,Noise,call,N,{unit}";
        var file = await _trial.ReadAsync(Row(1, "North/East"), Row(2, "North East"), Row(3, "NORTH  east"), Row(4, "河滨街道"));

        Assert.Equal(4, await _trial.OpenUnitsAsync(file));
        var paths = file.CasesAt(_trial.Tree).Select(one => _trial.Tree.PathOf(one.Node)).ToList();
        Assert.Equal("lake/u-north-east", paths[0]);
        Assert.Matches("^lake/u-north-east-[0-9a-f]{8}$", paths[1]);
        Assert.Equal(paths[1], paths[2]);
        Assert.Matches("^lake/unit-[0-9a-f]{8}$", paths[3]);
    }

    [Fact]
    public async Task A_column_that_is_missing_is_told_with_those_there_are()
    {
        var wrong = await Assert.ThrowsAsync<MappingException>(() => _trial.ReadTextAsync("no,in\nA1,2026-02-01 10:00"));
        Assert.Contains("'status' names the column 'state', which the file does not have. It has 'no', 'in'.", wrong.Problems);
    }
}
