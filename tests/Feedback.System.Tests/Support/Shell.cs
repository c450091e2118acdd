using System.Diagnostics;

namespace Feedback.System.Tests.Support;

/// <summary>Runs a line as a user would paste it.</summary>
internal static class Shell
{
    public static async Task<string> RunAsync(string line)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = shell.StandardError.ReadToEndAsync();
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        // Shown with a test that fails.
        Console.Error.Write(await errors);
        return output;
    }
}
