using System.Runtime.InteropServices;

namespace Feedback.TestSupport.Running;

/// <summary>Signals to processes.</summary>
public static class Signals
{
    [DllImport("libc", EntryPoint = "kill")]
    public static extern int Send(int pid, int signal);
}
