using System.Diagnostics;
using System.Runtime.InteropServices;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;

namespace Feedback.System.Tests.Install;

/// <summary>A root of one's own, and unpacked bundles with the real installer around a program that only tells its version.</summary>
internal sealed class SmallBundle : IDisposable
{
    // As the bundle is made: see publish.sh.
    private const string Finish = "chmod 755 app/feedback && ln -s app/feedback feedback && find . -type f ! -name SHA256SUMS -print0 | xargs -0 sha256sum >SHA256SUMS";

    private readonly TemporaryFolder _folder = new();

    public string Root => _folder["root"];

    public string Data => Path.Combine(Root, "var/lib/feedback");

    public string Settings => Path.Combine(Root, "etc/feedback/feedback.env");

    /// <summary>What the unit of a silo of a cluster has besides.</summary>
    public string MemberUnit => Path.Combine(Root, "etc/systemd/system/feedback.service.d/cluster.conf");

    public string Copies => Path.Combine(Root, "var/backups/feedback");

    /// <summary>What the shell does before it becomes the installer, such as setting a limit.</summary>
    public string Beforehand { get; set; } = ":";

    // Beside the program that was built: silo/Feedback.Silo/bin/Release/net10.0/feedback.
    private static string Deploy => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(FeedbackProcess.Built)!, "../../../../deploy"));

    public void Dispose() => _folder.Dispose();

    /// <summary>Where a version's bundle is unpacked; made when it is first asked for.</summary>
    public string Unpacked(string version, string? program = null)
    {
        var bundle = _folder[version];
        if (Directory.Exists(bundle))
            return bundle;
        Directory.CreateDirectory(Path.Combine(bundle, "app"));
        foreach (var file in new[] { "install.sh", "feedback.service", "feedback-cluster.conf", "feedback-backup.service", "feedback-backup.timer", "feedback.env" })
            File.Copy(Path.Combine(Deploy, file), Path.Combine(bundle, file));
        File.WriteAllText(Path.Combine(bundle, "VERSION"), version + "\n");
        File.WriteAllText(Path.Combine(bundle, "RID"), RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64\n" : "linux-x64\n");
        File.WriteAllText(Path.Combine(bundle, "app/feedback"), $"#!/bin/sh\n{program ?? $"echo {version}"}\n");
        using var sums = Process.Start(new ProcessStartInfo("bash", ["-c", Finish]) { WorkingDirectory = bundle })!;
        sums.WaitForExit();
        return bundle;
    }

    /// <summary>Runs the installer of a version's bundle.</summary>
    public Task<Ended> InstallAsync(string version, params string[] arguments) => RunAsync(Path.Combine(Unpacked(version), "install.sh"), arguments);

    /// <summary>Runs the installer that is installed.</summary>
    public Task<Ended> RunInstalledAsync(params string[] arguments) => RunAsync(Path.Combine(Root, "opt/feedback/current/install.sh"), arguments);

    /// <summary>What the installed program says its version is.</summary>
    public async Task<string> VersionAsync() => (await RunAsync(Path.Combine(Root, "opt/feedback/current/feedback"), [], rooted: false)).Output.Trim();

    private async Task<Ended> RunAsync(string program, string[] arguments, bool rooted = true)
    {
        var start = new ProcessStartInfo("bash", ["-c", Beforehand + "; exec bash \"$0\" \"$@\"", program, .. arguments, .. rooted ? ["--root", Root] : Array.Empty<string>()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, await errors);
    }
}
