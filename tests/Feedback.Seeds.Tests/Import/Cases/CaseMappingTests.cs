using Feedback.Seeds.Import;
using Feedback.Seeds.Import.Cases;
using Xunit;

namespace Feedback.Seeds.Tests.Import.Cases;

public sealed class CaseMappingTests
{
    [Fact]
    public void The_built_in_mapping_is_found_by_its_name_and_no_other_is()
    {
        Assert.Equal("myla311", CaseMapping.BuiltIn("myla311")!.Source);
        Assert.Null(CaseMapping.BuiltIn("fft"));
        Assert.Null(ImportMapping.BuiltIn("myla311"));
    }

    [Theory]
    [InlineData("\"source\": \"lake\"", "\"source\": \"The Lake\"", "'source' is 'The Lake'; it is 1 to 64 lower-case letters, digits, dots and hyphens.")]
    [InlineData("\"zone\": \"Asia/Shanghai\"", "\"zone\": \"Lake\"", "'zone' is 'Lake', which is no zone of the tz database; write one like Asia/Shanghai.")]
    [InlineData("\"column\": \"no\"", "\"value\": \"7\"", "'number' needs a column: a second run knows cases again by it.")]
    [InlineData("\"value\": \"complaint\"", "\"value\": \"bad-rating\"", "'kind' is 'bad-rating'; it can be complaint, suggestion, praise, question or finding.")]
    [InlineData("\"call\": \"hotline\"", "\"call\": \"automatic\"", "'channel' is 'automatic'; it can be window, hotline, web, phone, paper, meeting, box, qr or api.")]
    [InlineData("\"open\": [\"open\"]", "\"open\": [\"done\"]", "'status' says of 'done' that it is closed, and that it is open.")]
    [InlineData("\"closed\": [\"done\", \"void\"]", "\"closed\": []", "'status.closed' names no word; without one no case is ever closed.")]
    [InlineData("\"u-{0}\"", "\"u\"", "'place' has 'u' for the column 'unit'; without {0} all its units would be one.")]
    [InlineData("\"root\": { \"code\": \"lake\"", "\"root\": { \"code\": \"The Lake\"", "'place.root.code' is 'The Lake'; a code is 1 to 64 lower-case letters, digits and hyphens.")]
    [InlineData("\"place\": {", "\"place\": { \"under\": \"x\",", "'place' needs either 'under' (the path of a node that exists) or 'root' (code, zh, en), and not both.")]
    public void A_mapping_that_contradicts_itself_is_refused_with_what_to_do(string from, string to, string problem)
    {
        Assert.Contains(from, CaseTrial.Mapping);
        var wrong = Assert.Throws<MappingException>(() => CaseMapping.Parse(CaseTrial.Mapping.Replace(from, to)));
        Assert.Equal([problem], wrong.Problems.Distinct().Take(1));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1")]
    [InlineData("""{ "surprise": 1 }""")]
    public void A_text_that_is_no_mapping_is_refused(string text) => Assert.Throws<MappingException>(() => CaseMapping.Parse(text));
}
