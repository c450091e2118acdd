using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Feedback.TestSupport.Running;

/// <summary>Programs of the machine that faults are made with.</summary>
public static class Tool
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>How it ended; −1 when there is no such program.</returns>
    public static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return -1;
        }
    }

    /// <summary>Whether a program is to be had.</summary>
    public static bool Has(string program) => Run("sh", "-c", $"PATH=$PATH:/usr/sbin:/sbin command -v {program}") == 0;
}

/// <summary>A test that needs programs of the machine, and root where it says so. Without them it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolFactAttribute : FactAttribute
{
    /// <summary>Names what is needed.</summary>
    /// <param name="programs">Names of programs, separated by spaces.</param>
    public ToolFactAttribute(string programs)
    {
        if (programs.Split(' ').FirstOrDefault(program => !Tool.Has(program)) is { } missing)
            Skip = $"The program {missing} is not installed.";
    }

    /// <summary>Whether only root may do it.</summary>
    public bool Root
    {
        get;
        set
        {
            field = value;
            if (value && !Environment.IsPrivilegedProcess)
                Skip ??= "Only root may do this.";
        }
    }
}
