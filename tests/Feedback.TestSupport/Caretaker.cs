using System.Diagnostics;

namespace Feedback.TestSupport;

/// <summary>
/// A small shell that outlives us: when this process ends, in whatever way, its end of the pipe closes, and the
/// caretaker kills the database server and removes its folder. An exit handler would be skipped by a kill -9 and is
/// cut short by test runners that give their host a tenth of a second to end.
/// </summary>
internal sealed class Caretaker : IDisposable
{
    // $1 is the data folder. Reading ends when the owner does. A server that has just died may still be closing files,
    // so the removal is tried a few times.
    private const string Script = """
        exec >/dev/null 2>&1
        cat
        pid=$(head -n 1 "$1/postmaster.pid")
        if [ -n "$pid" ] && [ "$(cat "/proc/$pid/comm")" = postgres ]; then
          kill -KILL "$pid" $(cat "/proc/$pid/task/$pid/children")
        fi
        for attempt in 1 2 3 4 5; do
          rm -rf "$1" && break
          sleep 0.2
        done
        """;

    private readonly Process _shell;

    public Caretaker(string dataFolder)
    {
        // A session of its own and no longer our child: signals to our group or process tree do not reach it.
        _shell = Process.Start(new ProcessStartInfo("setsid", ["--fork", "sh", "-c", Script, "caretaker", dataFolder])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>Sends it to work now.</summary>
    public void Dispose()
    {
        _shell.StandardInput.Close();
        _shell.Dispose();
    }
}
