using System.Collections.Concurrent;
using System.Diagnostics;

namespace Feedback.TestSupport.Running;

/// <summary>
/// strace on every thread of a running process: the kernel then answers the named calls on the named files as it is told. Disposing lets the
/// process go, and its calls work again.
/// </summary>
public sealed class Tracer : IAsyncDisposable
{
    private const int Interrupt = 2;
    private static readonly Lazy<bool> Can = new(() => Tool.Run("strace", "-o", "/dev/null", "true") == 0);
    private readonly Process _strace;
    private readonly ConcurrentQueue<string> _seen = new();

    private Tracer(Process strace) => _strace = strace;

    /// <summary>How many calls were changed so far.</summary>
    public int Injected => _seen.Count(line => line.Contains("(INJECTED)", StringComparison.Ordinal) || line.Contains("(DELAYED)", StringComparison.Ordinal));

    /// <summary>Attaches to a process; returns once all of its threads are held.</summary>
    /// <param name="process">The process.</param>
    /// <param name="calls">Names of system calls, separated by commas.</param>
    /// <param name="change">What becomes of them, as strace writes it, for example <c>error=EIO</c>.</param>
    /// <param name="files">Only calls on these files.</param>
    public static async Task<Tracer> AttachAsync(int process, string calls, string change, params string[] files)
    {
        var start = new ProcessStartInfo("strace", ["-f", "-p", $"{process}", "-e", $"trace={calls}", "-e", $"inject={calls}:{change}", .. files.SelectMany(file => new[] { "-P", file })])
        {
            RedirectStandardError = true,
        };
        var tracer = new Tracer(new Process { StartInfo = start });
        tracer._strace.ErrorDataReceived += (_, line) => tracer.Keep(line.Data);
        tracer._strace.Start();
        tracer._strace.BeginErrorReadLine();
        await Wait.UntilAsync("strace holds every thread", () => tracer._strace.HasExited
            ? throw new InvalidOperationException($"strace ended: {string.Join('\n', tracer._seen)}")
            : Task.FromResult(tracer.IsAttachedTo(process)));
        return tracer;
    }

    /// <summary>Whether this machine lets us.</summary>
    public static bool CanTrace => Can.Value;

    public async ValueTask DisposeAsync()
    {
        if (!_strace.HasExited)
            _ = Signals.Send(_strace.Id, Interrupt);
        await _strace.WaitForExitAsync();
        _strace.Dispose();
    }

    // Threads that come later are taken along by -f.
    private bool IsAttachedTo(int process) =>
        Directory.GetDirectories($"/proc/{process}/task").All(task => File.ReadLines($"{task}/status").Any(line => line == $"TracerPid:\t{_strace.Id}"));

    private void Keep(string? line)
    {
        if (line is not null)
            _seen.Enqueue(line);
    }
}

/// <summary>A test that changes what the kernel answers to a process.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TracerFactAttribute : Xunit.FactAttribute
{
    public TracerFactAttribute()
    {
        if (!Tracer.CanTrace)
            Skip = "strace is not installed, or this machine lets nobody trace a process.";
    }
}

/// <summary>The same with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TracerTheoryAttribute : Xunit.TheoryAttribute
{
    public TracerTheoryAttribute()
    {
        if (!Tracer.CanTrace)
            Skip = "strace is not installed, or this machine lets nobody trace a process.";
    }
}
