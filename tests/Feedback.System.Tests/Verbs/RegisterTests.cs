using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary><c>import organisation</c> as people use it, from the template on.</summary>
public sealed class RegisterTests : IDisposable
{
    private const string Organisation = "层级,上级编号,编号,名称,时区\n区县局,,jy,江源区交通局,Asia/Shanghai\n大厅,jy,hall-1,河滨大厅,\n窗口,hall-1,01,综合咨询,\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_bureau_comes_in_from_a_file_once_and_bad_rows_leave_it_as_it_is()
    {
        await File.WriteAllTextAsync(_folder["good.csv"], Organisation);
        await File.WriteAllTextAsync(_folder["bad.csv"], Organisation + "窗口,没有,02,年审,\n");

        var tried = await ImportAsync("good.csv", "--dry-run");
        var first = await ImportAsync("good.csv");
        var again = await ImportAsync("good.csv");
        var bad = await ImportAsync("bad.csv", "--errors", _folder["errors.csv"], "--lang", "zh");

        Assert.Equal((0, 0, 0, 3), (tried.Code, first.Code, again.Code, bad.Code));
        Assert.Contains("nothing was stored", tried.Output, StringComparison.Ordinal);
        Assert.Contains("(3 added, 0 unchanged)", first.Output, StringComparison.Ordinal);
        Assert.Contains("(3 unchanged)", again.Output, StringComparison.Ordinal);
        Assert.Contains("第 5 行, 上级编号: 没有上级“没有”", bad.Output, StringComparison.Ordinal);
        Assert.StartsWith("5,上级编号,没有,", (await File.ReadAllLinesAsync(_folder["errors.csv"]))[1], StringComparison.Ordinal);
        // Three of the organisation, and one of the audit trail: only what changed something leaves a trace.
        Assert.Contains("4 events in 2 streams", (await FeedbackProcess.RunAsync(["verify", "--data", _folder["site"]])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_is_written_once_and_never_over_another_file()
    {
        var written = await FeedbackProcess.RunAsync(["import", "staff", "--template", _folder["staff.xlsx"]]);
        var again = await FeedbackProcess.RunAsync(["import", "staff", "--template", _folder["staff.xlsx"]]);

        Assert.Equal((0, 1), (written.Code, again.Code));
        Assert.True(new FileInfo(_folder["staff.xlsx"]).Length > 1000);
    }

    private Task<Ended> ImportAsync(string file, params string[] more) =>
        FeedbackProcess.RunAsync(["import", "organisation", _folder[file], "--data", _folder["site"], .. more.Contains("--lang") ? more : [.. more, "--lang", "en"]]);
}
