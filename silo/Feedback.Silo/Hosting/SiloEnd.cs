using System.Runtime.InteropServices;

namespace Feedback.Silo.Hosting;

/// <summary>
/// Ends a silo that cannot go on, such as one that was out of reach so long that the others took it for dead: at once, because
/// nothing that it still holds is of any worth, and with a line that says why. Its service manager starts it anew.
/// </summary>
internal sealed class SiloEnd : IFatalErrorHandler
{
    // EX_SOFTWARE of sysexits.h.
    private const int ExitCode = 70;

    /// <inheritdoc/>
    public bool IsUnexpected(Exception exception) => true;

    /// <inheritdoc/>
    public void OnFatalException(object? sender, string? context, Exception? exception)
    {
        // Not by the log, whose thread may not come to write it any more.
        Console.Error.WriteLine($"feedback: this silo ends, to be started anew: {context} {exception?.Message}".ReplaceLineEndings(" "));
        if (OperatingSystem.IsWindows())
            Environment.FailFast(context);
        // Not Environment.Exit: that would wait for the host to stop in good order, which needs the cluster.
        EndNow(ExitCode);
    }

    [DllImport("libc", EntryPoint = "_exit", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void EndNow(int status);
}
