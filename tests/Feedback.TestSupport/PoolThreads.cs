using System.Runtime.CompilerServices;

namespace Feedback.TestSupport;

/// <summary>
/// Threads for a test's own load. The test platform keeps two of the pool's threads waiting all the time. With two processors the pool
/// sometimes holds two for enough; then a load stands still for up to a second, until the pool notices, and a test blames the server.
/// </summary>
internal static class PoolThreads
{
    // Those of the platform, and some that tests let wait.
    private const int Waiting = 6;

#pragma warning disable CA2255 // Whoever uses this library is a test, and none may forget it.
    [ModuleInitializer]
    internal static void Provide()
    {
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + Waiting), completions);
    }
#pragma warning restore CA2255
}
