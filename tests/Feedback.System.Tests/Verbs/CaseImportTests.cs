using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary><c>import cases</c> as people use it, from an empty bureau on.</summary>
public sealed class CaseImportTests : IDisposable
{
    private const string Mapping = """
        {
          "source": "lake", "zone": "Asia/Shanghai",
          "number": { "column": "no" }, "created": { "column": "in", "format": "yyyy-MM-dd HH:mm" }, "closed": { "column": "out", "format": "yyyy-MM-dd HH:mm" },
          "status": { "column": "state", "closed": ["done"], "open": ["open"] }, "kind": { "value": "complaint" }, "channel": { "value": "hotline" },
          "category": { "column": "what", "names": { "Noise": { "zh": "噪声", "en": "Noise" } } },
          "place": { "root": { "code": "lake", "zh": "湖区", "en": "Lake District" }, "concerns": [{ "column": "unit", "code": "u-{0}" }] }
        }
        """;

    private const string Rows = "no,in,out,state,what,unit\nA1,2026-02-01 10:00,2026-02-02 10:00,done,Noise,1\nA2,2026-02-01 11:00,2026-02-11 11:00,done,Noise,2\nA3,2026-02-03 11:00,,open,Noise,2\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stream_of_complaints_comes_in_once_with_its_units_its_closing_times_and_its_charts()
    {
        await File.WriteAllTextAsync(_folder["map.json"], Mapping);
        await File.WriteAllTextAsync(_folder["lake.csv"], Rows);
        await File.WriteAllTextAsync(_folder["bad.csv"], Rows + "A1,never,,open,Noise,1\n");

        var lacking = await ImportAsync("lake.csv", "--register", _folder["units.csv"]);
        var units = await FeedbackProcess.RunAsync(["import", "organisation", _folder["units.csv"], "--data", _folder["site"], "--lang", "en"]);
        var tried = await ImportAsync("lake.csv", "--dry-run");
        var first = await ImportAsync("lake.csv", "--limit-days", "7", "--charts", _folder["charts"]);
        var again = await ImportAsync("lake.csv");
        var bad = await ImportAsync("bad.csv", "--errors", _folder["errors.csv"]);

        Assert.Equal((3, 0, 0, 0, 0, 3), (lacking.Code, units.Code, tried.Code, first.Code, again.Code, bad.Code));
        Assert.Contains("lacks 3 units", lacking.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("opened", tried.Output, StringComparison.Ordinal);
        Assert.Contains("3 cases: 3 opened, 2 closed, 0 there already, 0 refused", first.Output, StringComparison.Ordinal);
        Assert.Matches(@"3 +2 +1\.00:00:00 +10\.00:00:00 +1 of +3 +33\.3 % +Noise", first.Output);
        Assert.Contains("3 cases: 0 opened, 0 closed, 3 there already, 0 refused", again.Output, StringComparison.Ordinal);
        Assert.Contains("5, no: “A1” stands in row 2 already.", bad.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await File.ReadAllLinesAsync(_folder["errors.csv"])).Length);
        Assert.All((string[])["closing-time.png", "case-flow.png"], chart => Assert.True(new FileInfo(Path.Combine(_folder["charts"], chart)).Length > 1000));
        // Three units, three cases of which two were closed, and three traces: of the units and of both imports.
        Assert.Contains("11 events in 5 streams", (await FeedbackProcess.RunAsync(["verify", "--data", _folder["site"]])).Output, StringComparison.Ordinal);
    }

    private Task<Ended> ImportAsync(string file, params string[] more) =>
        FeedbackProcess.RunAsync(["import", "cases", _folder[file], "--mapping", _folder["map.json"], "--data", _folder["site"], "--lang", "en", .. more]);
}
