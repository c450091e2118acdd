using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tallies;
using Feedback.Domain.Time;
using Feedback.Web.Nodes;
using Feedback.Web.Periods;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Feedback.Api.Tests.Pages;

public sealed class NodeTableTests
{
    [Fact]
    public void Places_with_too_few_evaluations_are_listed_last_however_good_their_rate()
    {
        var rows = new[] { Row(2, good: 3, bad: 0), Row(3, good: 80, bad: 20), Row(4, good: 95, bad: 5), Row(5, good: 0, bad: 0) };

        Assert.Equal(["n4", "n3", "n2", "n5"], new ChildSort("rate").Sorted(rows).Select(row => row.Node.Id.Value));
        Assert.Equal(["n3", "n4", "n2", "n5"], new ChildSort("number").Sorted(rows).Select(row => row.Node.Id.Value));
        Assert.Equal([true, false, false, true], rows.Select(row => row.Now.TooFew));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1 hall", "'+1 hall")]
    [InlineData("-hall", "'-hall")]
    [InlineData("@hall", "'@hall")]
    [InlineData("\thall", "'\thall")]
    [InlineData("  =hall", "'  =hall")]
    [InlineData("＝hall", "'＝hall")]
    [InlineData("－hall", "'－hall")]
    [InlineData("Hall, east", "\"Hall, east\"")]
    [InlineData("Hall", "Hall")]
    public void A_spreadsheet_takes_no_name_for_a_formula(string name, string cell)
    {
        var text = Encoding.UTF8.GetString(NodeCsv.Of(Model(name, Figures(28, 2)), PageWords.English));

        Assert.Equal('\uFEFF', text[0]);
        Assert.StartsWith(cell + ",n1,2026-11-01,2026-11-07,28,0,0,0,2,30,0.933333,", text.Split("\r\n")[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_fall_is_a_number()
    {
        var text = Encoding.UTF8.GetString(NodeCsv.Of(Model("Hall", Figures(50, 50)) with { Before = Figures(75, 25) }, PageWords.English));

        Assert.Contains(",-0.25,-0.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_holds_every_place_that_the_page_lists()
    {
        var model = Model("District", Figures(1, 0)) with { Children = [Row(2, good: 1, bad: 0), Row(3, good: 0, bad: 0)] };

        var lines = Encoding.UTF8.GetString(NodeCsv.Of(model, PageWords.Chinese)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["名称", "District", "n2", "n3"], lines.Select(line => line.TrimStart('\uFEFF').Split(',')[0]));
        Assert.Single(lines.Select(line => line.Count(letter => letter == ',')).Distinct());
        // Nobody rated: the rate is empty, neither 0 nor 1.
        Assert.Contains(",0,0,0,0,0,0,,,,0,0,0,,0,", lines[3], StringComparison.Ordinal);
    }

    private static NodeModel Model(string name, PlaceFigures figures)
    {
        var query = new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>
        {
            ["period"] = "custom",
            ["from"] = "2026-11-01",
            ["through"] = "2026-11-07",
        });
        return new NodeModel(Place(1, name), [], ShownPeriod.Read(query, new DateOnly(2026, 11, 25)), figures, Figures(0, 0), [], new ChildSort("rate"));
    }

    private static ChildRow Row(int number, int good, int bad) => new(Place(number, "n" + number), Figures(good, bad), Figures(0, 0));

    private static PlaceFigures Figures(int good, int bad) => new(Tally.Of(
        [(Cell.Graded(Origin.Active, Grade.VerySatisfied), good), (Cell.Graded(Origin.Active, Grade.VeryDissatisfied), bad)]));

    private static Node Place(int number, string name) => new(
        NodeId.Numbered(number), NodeKind.Hall, HallZone.Get("Asia/Shanghai"), null,
        [new Effective<NodeId?>(DateOnly.MinValue, null)],
        [new Effective<NodeName>(DateOnly.MinValue, new NodeName("code", name, name))]);
}
