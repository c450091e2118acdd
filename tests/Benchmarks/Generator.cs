namespace Feedback.Benchmarks;

/// <summary>Sets this process up as a load generator.</summary>
internal static class Generator
{
    /// <summary>
    /// A switch of .NET: what waits for a socket goes on in the thread that polls it. It saves the generator a hand-over per
    /// answer; no server is meant to run with it.
    /// </summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>To be called before the first socket is made.</summary>
    public static void Prepare() => Environment.SetEnvironmentVariable(InlineCompletions, "1");
}
