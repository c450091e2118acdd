using System.Globalization;
using System.Runtime.InteropServices;

namespace Feedback.TestSupport;

/// <summary>
/// A server process and its direct children, to be signalled together. PostgreSQL's processes each lead a session of
/// their own, so no process group reaches them, and one that was not stopped would go on answering its client.
/// </summary>
internal static class ProcessFamily
{
    private const int Kill = 9;
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>kill -9, the parent first: it must not live to see a child die and start a recovery.</summary>
    public static void KillAll(int parent) => Signal(parent, Kill);

    /// <summary>SIGSTOP, the parent first: it must not start children that we would miss.</summary>
    public static void StopAll(int parent) => Signal(parent, Stop);

    /// <summary>SIGCONT.</summary>
    public static void ContinueAll(int parent) => Signal(parent, Continue);

    private static void Signal(int parent, int signal)
    {
        // A killed parent has no children any more, a stopped one gets no new ones: so look before a kill, after a stop.
        var before = ChildrenOf(parent);
        _ = SendSignal(parent, signal);
        foreach (var child in before.Union(ChildrenOf(parent)))
            _ = SendSignal(child, signal);
    }

    private static List<int> ChildrenOf(int parent)
    {
        var children = new List<int>();
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var pid))
                continue;
            try
            {
                // "pid (name) state ppid …": the name may hold spaces and brackets, so count from the last one.
                var stat = File.ReadAllText(Path.Combine(entry, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (int.Parse(fields[1], CultureInfo.InvariantCulture) == parent)
                    children.Add(pid);
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return children;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int pid, int signal);
}
