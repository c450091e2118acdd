using System.IO.Compression;
using Xunit;

namespace Feedback.Seeds.Tests.Registers;

/// <summary>Workbooks that would keep the service busy or take its memory, were they read as they are.</summary>
public sealed class HostileWorkbookTests
{
    private const int Unpacked = 32 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Rows =
        RegisterTrial.Row(1, "Level", "Parent", "Code", "Name", "Time zone") + RegisterTrial.Row(2, "district", "", "jy", "江源区", "Asia/Shanghai");

    private readonly RegisterTrial _trial = new();

    [Theory]
    [InlineData("<dimension ref=\"A1:ZZZZZZ2\"/>", "", "256")]
    [InlineData("<dimension ref=\"A1:XFD5000\"/>", "", "256")]
    [InlineData("<dimension ref=\"A1:IW2\"/>", "", "256")]
    [InlineData("<dimension ref=\"ZZZZZZZZZZZZZZZZ1\"/>", "", "256")]
    [InlineData("", "<mergeCells><mergeCell ref=\"A1\"/></mergeCells>", "cannot be read")]
    [InlineData("", "<mergeCells><mergeCell/></mergeCells>", "cannot be read")]
    [InlineData("", "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>", "100000")]
    [InlineData("", "<mergeCells><mergeCell ref=\"A1:B30000\"/><mergeCell ref=\"C1:D30000\"/></mergeCells>", "100000")]
    [InlineData("", "<mergeCells><mergeCell ref=\"A1:ZZZZZZ9\"/></mergeCells>", "cannot be read")]
    public Task A_sheet_that_claims_to_be_enormous_is_refused(string before, string after, string words) =>
        RefusedAsync(RegisterTrial.Workbook(Rows, after, before), words);

    [Theory]
    [InlineData("<row r=\"3\"><c r=\"ZZZZZZ3\"/></row>")]
    [InlineData("<row r=\"3\"><c r=\"IW3\"><v>1</v></c></row>")]
    public Task A_cell_far_to_the_right_is_refused(string row) => RefusedAsync(RegisterTrial.Workbook(Rows + row), "256");

    [Fact]
    public Task Cells_without_a_name_are_counted() =>
        RefusedAsync(RegisterTrial.Workbook("<row>" + string.Concat(Enumerable.Repeat("<c/>", 257)) + "</row>"), "256");

    [Fact]
    public Task A_small_file_that_unpacks_to_more_than_32_MB_is_refused() =>
        RefusedAsync(RegisterTrial.Workbook(Rows, new string(' ', Unpacked)), "32 MB");

    [Fact]
    public Task What_a_file_says_of_its_own_sizes_is_not_believed()
    {
        var file = RegisterTrial.Workbook(Rows, new string(' ', Unpacked));
        // The size unpacked stands 24 bytes into each entry of the directory at the end (APPNOTE.TXT 4.3.12).
        for (var at = file.AsSpan().IndexOf("PK\u0001\u0002"u8); at >= 0;)
        {
            BitConverter.TryWriteBytes(file.AsSpan(at + 24), 100);
            at = file.AsSpan(at + 4).IndexOf("PK\u0001\u0002"u8) is >= 0 and var next ? at + 4 + next : -1;
        }

        return RefusedAsync(file, null);
    }

    [Fact]
    public Task A_text_longer_than_a_cell_can_hold_is_refused_even_in_pieces() =>
        RefusedAsync(RegisterTrial.Workbook(Rows, shared: "<si>" + string.Concat(Enumerable.Repeat($"<r><t>{new string('x', 30_000)}</t></r><si/>", 3)) + "</si>"), "more text");

    [Fact]
    public Task One_long_text_in_many_cells_counts_as_often_as_it_is_shown() =>
        RefusedAsync(RegisterTrial.Workbook(
            Rows + string.Concat(Enumerable.Range(3, 2000).Select(row => $"<row r=\"{row}\"><c r=\"D{row}\" t=\"s\"><v>0</v></c></row>")),
            shared: $"<si><t>{new string('x', 32_000)}</t></si>"), "32 MB");

    [Fact]
    public async Task A_cell_stands_for_no_other_part_of_the_file()
    {
        var file = RegisterTrial.Workbook(Rows + RegisterTrial.Row(3, "hall", "jy", "h", "@@@fileid@@@,xl/workbook.xml"));

        var error = Assert.Single((await _trial.ImportAsync(file)).Errors);
        Assert.Equal((3, "@@@fileid@@@,xl/workbook.xml"), (error.Row, error.Value));
    }

    [Theory]
    [InlineData("_xD800_", "_xDC00_")]
    [InlineData("hall_xDFFF_", "大厅")]
    public async Task Half_a_character_is_refused_in_words(string code, string name)
    {
        var errors = (await _trial.ImportAsync(RegisterTrial.Workbook(Rows + RegisterTrial.Row(3, "hall", "jy", code, name)))).Errors;
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Equal(3, error.Row));
    }

    [Fact]
    public async Task A_document_type_is_refused_and_nothing_it_names_is_fetched()
    {
        var file = RegisterTrial.Workbook(Rows, shared: "");
        using var copy = new MemoryStream();
        copy.Write(file);
        using (var zip = new ZipArchive(copy, ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("xl/sharedStrings.xml")!.Delete();
            using var part = zip.CreateEntry("xl/sharedStrings.xml").Open();
            part.Write("<!DOCTYPE sst [<!ENTITY a \"aaaa\">]><sst><si><t>&a;</t></si></sst>"u8);
        }

        await RefusedAsync(copy.ToArray(), "cannot be read");
    }

    [Theory]
    [InlineData("en", "The workbook cannot be read")]
    [InlineData("zh", "工作簿无法读取")]
    public async Task Whatever_is_broken_in_a_workbook_is_told_in_words(string language, string words)
    {
        var good = RegisterTrial.Workbook(Rows, "<mergeCells><mergeCell ref=\"A4:A5\"/></mergeCells>", "<dimension ref=\"A1:E2\"/>");
        var told = 0;
        for (var at = 4; at < good.Length; at++)
        {
            foreach (var value in new byte[] { 0, 0xFF })
            {
                byte[] bad = [.. good];
                bad[at] = value;
                var errors = (await _trial.ImportAsync(bad, dryRun: true, culture: language == "zh" ? RegisterTrial.Chinese : RegisterTrial.English)).Errors;
                told += errors.Count(error => error.Row == 0 && error.Problem.StartsWith(words, StringComparison.Ordinal));
            }
        }

        Assert.True(told > 100, $"told {told} times");
    }

    [Fact]
    public async Task A_sheet_of_256_columns_with_merged_cells_is_taken()
    {
        var file = RegisterTrial.Workbook(Rows + "<row r=\"3\"><c r=\"IV3\"/></row>", "<mergeCells><mergeCell ref=\"A4:B40000\"/></mergeCells>", "<dimension ref=\"A1:IV3\"/>");
        Assert.Empty((await _trial.ImportAsync(file)).Errors);
    }

    // Within some time: a reader that does not come back would keep the tests for ever, too.
    private async Task RefusedAsync(byte[] file, string? words)
    {
        Assert.True(file.Length < 100_000, $"{file.Length} bytes");
        var import = Task.Run(() => _trial.ImportAsync(file));
        var error = Assert.Single((await import.WaitAsync(Patience)).Errors);
        Assert.Equal(0, error.Row);
        Assert.Contains(words ?? "", error.Problem, StringComparison.Ordinal);
    }
}
