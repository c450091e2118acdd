using System.Diagnostics;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.System.Tests.Oidc;

/// <summary>A bureau's own provider of sign-in: npm's oidc-provider in a process of its own, installed into a temporary folder.</summary>
internal sealed class BureauProvider : IDisposable
{
    /// <summary>What the service proves itself by.</summary>
    public const string ClientSecret = "a-secret-of-the-provider-0123456789";

    private const string Ready = "listening ";
    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private BureauProvider(TemporaryFolder folder, Process process, Uri issuer) => (_folder, _process, Issuer) = (folder, process, issuer);

    /// <summary>Its issuer.</summary>
    public Uri Issuer { get; }

    public static async Task<BureauProvider> StartAsync()
    {
        var folder = new TemporaryFolder();
        foreach (var file in new[] { "package.json", "package-lock.json", "provider.js" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Oidc", file), folder[file]);
        using (var install = Start("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder.Path))
        {
            await install.WaitForExitAsync();
            Assert.True(install.ExitCode == 0, await install.StandardError.ReadToEndAsync());
        }

        var process = Start("node", ["provider.js"], folder.Path);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
                return new BureauProvider(folder, process, new Uri(line[Ready.Length..]));
        }

        throw new InvalidOperationException("The provider ended before it listened.");
    }

    /// <summary>Whether npm is here and reaches a registry.</summary>
    public static bool CanBeInstalled()
    {
        try
        {
            using var ping = Start("npm", ["ping", "--fetch-retries=0", "--fetch-timeout=10000"], Path.GetTempPath());
            return ping.WaitForExit(TimeSpan.FromSeconds(20)) && ping.ExitCode == 0;
        }
        catch (global::System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private static Process Start(string program, string[] arguments, string folder) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["CLIENT_SECRET"] = ClientSecret },
    })!;
}

/// <summary>A test that needs a provider from npm.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProviderFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> Installable = new(BureauProvider.CanBeInstalled);

    public ProviderFactAttribute()
    {
        if (!Installable.Value)
            Skip = "npm is not here, or reaches no registry.";
    }
}
