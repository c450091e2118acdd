using System.ComponentModel;
using System.Diagnostics;

namespace Feedback.Chaos.Tests.Network;

/// <summary>Programs of the system that change its network.</summary>
internal static class NetworkTool
{
    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed, or it is not there.</exception>
    public static string Run(params string[] line)
    {
        var (code, text) = Try(line);
        return code == 0 ? text : throw new InvalidOperationException($"{string.Join(' ', line)}: {text}");
    }

    /// <summary>The same without throwing; −1 when the program is not there.</summary>
    public static (int Code, string Text) Try(params string[] line)
    {
        try
        {
            var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
            // Where administrators have theirs.
            start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/sbin";
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
