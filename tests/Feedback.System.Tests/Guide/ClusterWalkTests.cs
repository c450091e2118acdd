using System.Text.RegularExpressions;
using Feedback.System.Tests.Support;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Guide;

/// <summary>The commands of the cluster's guide, run as they stand there, print what the guide says they do.</summary>
public sealed partial class ClusterWalkTests
{
    private const string Turn = "@@ next @@";

    [Fact]
    public async Task Three_silos_start_and_one_is_killed_added_and_upgraded_as_the_guide_says()
    {
        using var folder = new TemporaryFolder();
        var guide = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "cluster.md"));
        var steps = Steps().Matches(guide);
        var (port, between) = (FreePorts.NextTen(), FreePorts.NextTen());
        var commands = steps.Select(step => step.Groups["commands"].Value.Replace("127.0.0.1:508", $"127.0.0.1:{port / 10}", StringComparison.Ordinal));

        var printed = await Shell.RunAsync($"""
            set -e
            # PostgreSQL's own user, when we are root, must get through.
            chmod 711 '{folder.Path}' && cd '{folder.Path}' && ln -s '{Script}' cluster-local
            export CLUSTER_LOCAL_PORT={port} CLUSTER_LOCAL_SILO_PORT={between} CLUSTER_LOCAL_PROGRAM='{FeedbackProcess.Executable}' FEEDBACK_DRAIN=1
            trap './cluster-local down >&2; for pid in cluster-data/silo-*/pid; do kill -9 "$(cat "$pid")"; done 2>/dev/null' EXIT
            {string.Join($"\necho '{Turn}'\n", commands)}
            """);

        var answers = printed.Split(Turn);
        Assert.Equal(steps.Count, answers.Length);
        foreach (var (step, answer) in steps.Zip(answers))
            AssertTells(Plain(step.Groups["answer"].Value), Plain(answer.Replace($"127.0.0.1:{port / 10}", "127.0.0.1:508", StringComparison.Ordinal)));
    }

    private static string Script => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(FeedbackProcess.Built)!, "../../../../deploy/cluster-local"));

    // Each line that the guide shows, in its order; more may be told between them.
    private static void AssertTells(string shown, string printed)
    {
        var lines = new Queue<string>(shown.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        foreach (var line in printed.Split('\n'))
        {
            // Three dots stand for what differs each time.
            if (lines.TryPeek(out var next) && Regex.IsMatch(line, "^" + Regex.Escape(next).Replace("…", ".*", StringComparison.Ordinal)))
                lines.Dequeue();
        }

        Assert.True(lines.Count == 0, $"'{string.Join("', '", lines)}' is not told by:\n{printed}");
    }

    // Processes and releases have other numbers each time, and columns are as wide as ports are long.
    private static string Plain(string text) => Spaces().Replace(Process().Replace(Release().Replace(text, "R"), "$1P "), " ");

    [GeneratedRegex("```bash\n(?<commands>.*?)```(?:\n\n```text\n(?<answer>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex Steps();

    [GeneratedRegex(@"(?<![\d.])\d+\.\d+\.\d+(?![\d.]*\d)")]
    private static partial Regex Release();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"(?m)^(\d+ +http\S+ +)(\d+ +|- +)(?=[a-z])")]
    private static partial Regex Process();
}
