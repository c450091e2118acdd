using System.Diagnostics;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.Chaos.Tests.Upgrade;

/// <summary>A test that needs the release before this one; skipped, with the reason, where there is none that forms clusters.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OlderReleaseFactAttribute : FactAttribute
{
    public OlderReleaseFactAttribute() => Skip = OlderRelease.WhyNot;
}

/// <summary>
/// The release before this one, built from the project's own history: the commit before the one that last changed the version.
/// It is built once, below <c>artifacts</c>.
/// </summary>
internal static class OlderRelease
{
    // Options were first read from here by the release that forms clusters.
    private const string FormsClusters = "silo/Feedback.Silo/Commands/ClusterChoices.cs";

    private static readonly Lazy<string?> Commit = new(() =>
        Git("log", "-1", "--format=%H", "-G<Version>", "--", "Directory.Build.props") is { } changed ? Git("rev-parse", "--verify", "--quiet", changed + "^1") : null);

    /// <summary>Why it cannot be built; null when it can.</summary>
    public static string? WhyNot =>
        Commit.Value is not { } commit ? "There is no history here to build an older release from: no git, or a copy without it."
        : Git("cat-file", "-t", $"{commit}:{FormsClusters}") is null ? $"The release before this one ({commit[..10]}) forms no clusters."
        : null;

    private static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(FeedbackProcess.Built)!, "../../../../.."));

    /// <summary>Builds it, where that was not done before.</summary>
    /// <returns>The executable.</returns>
    public static async Task<string> BuildAsync()
    {
        var (folder, sources) = (Path.Combine(Root, "artifacts", "releases", Commit.Value!), Path.Combine(Root, "artifacts", "releases", Commit.Value + ".sources"));
        var executable = Path.Combine(folder, "feedback");
        if (File.Exists(executable))
            return executable;
        await ShellAsync($"rm -rf '{sources}' '{folder}.new' && mkdir -p '{sources}' && git archive {Commit.Value} | tar -x -C '{sources}'", Root);
        await ShellAsync($"dotnet publish silo/Feedback.Silo -c Release --nologo -v quiet -o '{folder}.new'", sources);
        await ShellAsync($"mv '{folder}.new' '{folder}' && rm -rf '{sources}'", Root);
        return executable;
    }

    private static async Task ShellAsync(string line, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-c", line + " 2>&1"]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        // What the build that runs these tests told its own children.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name is "DOTNET_HOST_PATH").ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
    }

    private static string? Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 && output.Length > 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
