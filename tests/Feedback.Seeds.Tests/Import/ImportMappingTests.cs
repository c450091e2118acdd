using Feedback.Seeds.Import;
using Xunit;

namespace Feedback.Seeds.Tests.Import;

public sealed class ImportMappingTests
{
    private readonly ImportTrial _trial = new();

    private static string Changed(string from, string to)
    {
        Assert.Contains(from, ImportTrial.Mapping, StringComparison.Ordinal);
        return ImportTrial.Mapping.Replace(from, to, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"zone\": \"Asia/Shanghai\"", "\"zone\": \"Asia/Shangri-La\"", "Asia/Shangri-La")]
    [InlineData("{ \"value\": \"paper\" }", "{ \"value\": \"pigeon\" }", "'channel' is 'pigeon'; it can be terminal, qr")]
    [InlineData("{ \"value\": \"paper\" }", "{ \"value\": \"paper\", \"column\": \"who\" }", "'channel' needs a column or a value, and not both")]
    [InlineData("\"1\": \"5\"", "\"1\": \"6\"", "turns '1' into '6'")]
    [InlineData("{ \"column\": \"who\" }", "{ \"value\": \"x\" }", "'id' needs a column")]
    [InlineData("\"missing\"", "\"mising\"", "mising")]
    [InlineData("\"format\": \"dd/MM/yyyy\"", "\"format\": \" \"", "'date.format' is empty")]
    [InlineData("\"zone\": \"Asia/Shanghai\",", "\"zone\": \"Asia/Shanghai\", \"under\": \"x\",", "either 'under'")]
    [InlineData("\"place\": {", "\"place\": null, \"x\": {", "place")]
    [InlineData("{ \"column\": \"hall\" }", "[]", "hall")]
    public void What_is_wrong_with_a_mapping_is_said(string from, string to, string said) =>
        Assert.Contains(said, Assert.Throws<MappingException>(() => ImportMapping.Parse(Changed(from, to))).Message, StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var mapping = Changed("\"zone\": \"Asia/Shanghai\"", "\"zone\": \"X\"").Replace("\"paper\"", "\"pigeon\"", StringComparison.Ordinal);

        Assert.Equal(2, Assert.Throws<MappingException>(() => ImportMapping.Parse(mapping)).Problems.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"place\":")]
    public void What_is_no_mapping_is_refused(string text) => Assert.Throws<MappingException>(() => ImportMapping.Parse(text));

    [Fact]
    public async Task A_column_that_the_file_lacks_is_named_with_those_there_are()
    {
        var refused = await Assert.ThrowsAsync<MappingException>(() => _trial.RunAsync("who,date,hall,window,grade\na,02/06/2021,Main,Desk,1"));

        Assert.Equal(
            [
                "'comment' names the column 'words', which the file does not have. It has 'who', 'date', 'hall', 'window', 'grade'.",
                "'date' names the column 'day', which the file does not have. It has 'who', 'date', 'hall', 'window', 'grade'.",
            ],
            refused.Problems);
        Assert.Empty(_trial.Bureau.Events);
    }

    [Fact]
    public async Task Two_columns_of_one_name_are_refused() =>
        await Assert.ThrowsAsync<MappingException>(() => _trial.RunAsync($"{ImportTrial.Header},grade\na,02/06/2021,Main,Desk,1,,5"));

    [Fact]
    public async Task Rows_can_go_under_a_node_that_exists()
    {
        await _trial.RunRowsAsync("a,02/06/2021,Main,Desk,1,");
        var mapping = Changed("\"district\": { \"code\": \"lake\", \"zh\": \"湖区\", \"en\": \"Lake District\" }", "\"under\": \"lake\"");

        var outcome = await _trial.RunAsync($"{ImportTrial.Header}\nb,02/06/2021,Main,Desk,1,", mapping);

        Assert.Equal((1, 0), (outcome.Accepted, outcome.NodesOpened));
    }

    [Theory]
    [InlineData("\"under\": \"nowhere\"", "there is no such node")]
    [InlineData("\"under\": \"lake/main-hall/desk\"", "which is a window")]
    public async Task A_node_that_cannot_hold_places_is_refused(string under, string said)
    {
        await _trial.RunRowsAsync("a,02/06/2021,Main,Desk,1,");
        var mapping = Changed("\"district\": { \"code\": \"lake\", \"zh\": \"湖区\", \"en\": \"Lake District\" }", under);

        var refused = await Assert.ThrowsAsync<MappingException>(() => _trial.RunAsync($"{ImportTrial.Header}\nb,02/06/2021,Main,Desk,1,", mapping));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zone_other_than_the_halls_is_refused()
    {
        await _trial.RunRowsAsync("a,02/06/2021,Main,Desk,1,");

        var refused = await Assert.ThrowsAsync<MappingException>(() =>
            _trial.RunAsync($"{ImportTrial.Header}\nb,02/06/2021,Main,Desk,1,", Changed("\"Asia/Shanghai\"", "\"Europe/London\"")));

        Assert.Contains("is in Asia/Shanghai", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blank_cells_can_be_given_a_meaning()
    {
        var mapping = Changed("\"7\": \"declined\"", "\"7\": \"declined\", \"\": \"declined\"")
            .Replace("{ \"column\": \"window\" }", "{ \"column\": \"window\", \"values\": { \"\": \"Unknown\" } }", StringComparison.Ordinal);

        var outcome = await _trial.RunAsync($"{ImportTrial.Header}\na,02/06/2021,Main,,,", mapping);

        Assert.Equal((1, 1), (outcome.Accepted, outcome.Declined));
        Assert.NotNull(_trial.Bureau.Current.Tree.Find("lake/main-hall/unknown"));
    }

    [Fact]
    public void Only_mappings_that_come_with_the_program_are_built_in()
    {
        Assert.NotNull(ImportMapping.BuiltIn("fft"));
        Assert.Null(ImportMapping.BuiltIn("nothing"));
    }
}
