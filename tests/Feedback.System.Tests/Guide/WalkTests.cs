using System.Text.RegularExpressions;
using Feedback.System.Tests.Support;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Guide;

/// <summary>The commands of the guide print what the guide says they do.</summary>
public sealed partial class WalkTests
{
    [Fact]
    public async Task A_terminal_a_clerk_a_hall_manager_and_an_auditor_each_see_what_the_guide_says()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "access.md"));
        using var data = DemoData.Empty();
        await using var demo = await data.StartAsync("demo", "--no-simulation", "--history", "0");

        var printed = await Shell.RunAsync($"URL={demo.Url.ToString().TrimEnd('/')} DATA={data.Path}\n" + Commands().Match(guide).Groups[1].Value);

        // Whether the refusals are in the trail yet depends on when the minute ends.
        Assert.Equal(Answers().Match(guide).Groups[1].Value, string.Concat(printed.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("\"act\"", StringComparison.Ordinal)).Select(line => line + "\n")));
    }

    [GeneratedRegex("```bash\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Commands();

    [GeneratedRegex("```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Answers();
}
