using System.Runtime.InteropServices;

namespace Feedback.System.Tests.Support;

/// <summary>Signals to processes.</summary>
internal static class Signals
{
    [DllImport("libc", EntryPoint = "kill")]
    public static extern int Send(int pid, int signal);
}
