using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Feedback.Api.Open311;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Open311;

[Collection(OneSite.Name)]
public sealed class HostileTextTests(RunningSite site)
{
    [Theory]
    [InlineData("</description><status>closed</status>", null)]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;", null)]
    [InlineData("]]> <![CDATA[ <script>alert(1)</script> & \" '", null)]
    [InlineData("first\r\nsecond\tthird 😀 等", null)]
    [InlineData("bell \u0007 and escape \u001b[31m and \ufffe", "bell  and escape [31m and ")]
    public async Task Whatever_a_citizen_writes_is_text_in_XML_and_JSON(string words, string? inXml)
    {
        var hall = await site.NewHallAsync();
        var client = await Open311Client.OpenAsync(site, hall.Id);
        var fields = Open311Client.Complaint(hall.Window);
        fields["description"] = words;
        var number = await client.FileAsync(fields);

        Assert.Equal(words, (string?)(await client.ReadAsync(number))["description"]);
        var request = (await client.GetAsync($"requests/{number}.xml")).Xml().Elements().Single();
        Assert.Equal((inXml ?? words).Trim(), request.Element("description")!.Value.Trim());
        Assert.Equal("open", request.Elements("status").Single().Value);
    }

    // Not as data of a theory: attributes cannot hold half a pair.
    [Fact]
    public void What_XML_cannot_hold_is_left_out() => Assert.All(
        new[]
        {
            ("plain", "plain"),
            ("\ud83d\ude00 a pair", "\ud83d\ude00 a pair"),
            ("a lone \ud83d half", "a lone  half"),
            ("the end \ude00", "the end "),
            ("the end \ud83d", "the end "),
            ("\u0000\u0001\ud83d\ude00\uffff", "\ud83d\ude00"),
        },
        text => Assert.Equal(text.Item2, SparkWriter.Held(text.Item1)));

    [Fact]
    public void Both_formats_follow_the_Spark_convention()
    {
        var value = Spark.List("request", [Spark.Of(("code", Spark.Of(7)), ("empty", Spark.Of("")), ("open", Spark.Of(true)), ("some", Spark.List("one", [Spark.Of("a"), Spark.Of("b")])))]);

        var xml = XDocument.Parse(Encoding.UTF8.GetString(SparkWriter.Write(SparkFormat.Xml, "requests", value)));
        var json = JsonNode.Parse(SparkWriter.Write(SparkFormat.Json, "requests", value))!;

        Assert.Equal("<requests><request><code>7</code><empty /><open>true</open><some><one>a</one><one>b</one></some></request></requests>", xml.ToString(SaveOptions.DisableFormatting));
        Assert.Equal("""[{"code":7,"empty":null,"open":true,"some":["a","b"]}]""", json.ToJsonString());
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>", Encoding.UTF8.GetString(SparkWriter.Write(SparkFormat.Xml, "requests", value)), StringComparison.Ordinal);
    }
}
