using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary><c>platform check</c> as operators use it before they report anything.</summary>
public sealed class PlatformCheckTests : IDisposable
{
    private const string Organisation = "层级,上级编号,编号,名称,时区\n区县局,,jy,江源区交通局,Asia/Shanghai\n大厅,jy,hall-1,河滨大厅,\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("jy/hall-1", 0)]
    [InlineData("n2", 0)]
    [InlineData("jy/hall-7", 1)]
    public async Task A_place_that_the_site_does_not_have_is_told_before_anything_is_reported(string node, int code)
    {
        await File.WriteAllTextAsync(_folder["organisation.csv"], Organisation);
        await FeedbackProcess.RunAsync(["import", "organisation", _folder["organisation.csv"], "--data", _folder["site"]]);
        await File.WriteAllTextAsync(_folder["token"], "s3cret\n");
        await File.WriteAllTextAsync(
            _folder["platform.json"], $$"""{ "address": "https://hcp.example.gov.cn", "tokenFile": "token", "from": "2026-12-01", "node": "{{node}}", "mapping": { "evaluations": { "a": "id" } } }""");

        var unseen = await FeedbackProcess.RunAsync(["platform", "check", _folder["platform.json"], "--lang", "en"]);
        var seen = await FeedbackProcess.RunAsync(["platform", "check", _folder["platform.json"], "--lang", "en", "--data", _folder["site"]]);

        Assert.Equal((0, code), (unseen.Code, seen.Code));
        Assert.Contains($"Whether there is a place '{node}' is seen with the site", unseen.Output, StringComparison.Ordinal);
        Assert.Equal(code == 1, seen.Errors.Contains($"node: There is no place '{node}'", StringComparison.Ordinal));
    }
}
