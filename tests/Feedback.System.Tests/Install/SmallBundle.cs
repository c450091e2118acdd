using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Feedback.System.Tests.Support;
using Feedback.TestSupport;

namespace Feedback.System.Tests.Install;

/// <summary>A root of one's own, and unpacked bundles with the real installer around a program that only tells its version.</summary>
internal sealed class SmallBundle : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Root => _folder["root"];

    public string Data => Path.Combine(Root, "var/lib/feedback");

    public string Settings => Path.Combine(Root, "etc/feedback/feedback.env");

    public string Copies => Path.Combine(Root, "var/backups/feedback");

    private static string Deploy([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../silo/deploy"));

    public void Dispose() => _folder.Dispose();

    /// <summary>Where a version's bundle is unpacked; made when it is first asked for.</summary>
    public string Unpacked(string version)
    {
        var bundle = _folder[version];
        if (Directory.Exists(bundle))
            return bundle;
        Directory.CreateDirectory(bundle);
        foreach (var file in new[] { "install.sh", "feedback.service", "feedback.env" })
            File.Copy(Path.Combine(Deploy(), file), Path.Combine(bundle, file));
        File.WriteAllText(Path.Combine(bundle, "VERSION"), version + "\n");
        File.WriteAllText(Path.Combine(bundle, "RID"), RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64\n" : "linux-x64\n");
        File.WriteAllText(Path.Combine(bundle, "feedback"), $"#!/bin/sh\necho {version}\n");
        using var sums = Process.Start(new ProcessStartInfo("bash", ["-c", "chmod 700 feedback && sha256sum $(ls) >SHA256SUMS"]) { WorkingDirectory = bundle })!;
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
        var start = new ProcessStartInfo("bash", [program, .. arguments, .. rooted ? ["--root", Root] : Array.Empty<string>()])
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
