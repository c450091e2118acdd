using System.Diagnostics;
using System.Text.Json;

namespace Feedback.Benchmarks.Servers;

/// <summary>A server in a process of its own, so that it is measured as it runs: it ends when its owner closes the pipe, or dies.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Ready = "ready ";
    private readonly Process _process;

    private ServerProcess(Process process, BenchAccess access) => (_process, Access) = (process, access);

    /// <summary>How to use it.</summary>
    public BenchAccess Access { get; }

    /// <summary>Its address.</summary>
    public Uri Address => new(Access.Url);

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts this executable with a verb and waits until the server is ready.</summary>
    public static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Feedback.Benchmarks"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment.Remove(Generator.InlineCompletions);
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Ready, StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new ServerProcess(process, JsonSerializer.Deserialize<BenchAccess>(line[Ready.Length..])!);
        }

        throw new InvalidOperationException($"The server '{string.Join(' ', arguments)}' ended before it was ready.");
    }

    /// <summary>In the server: tells that it is ready, and serves until the owner is gone.</summary>
    public static async Task ServeAsync(WebApplication app, BenchAccess access)
    {
        Console.WriteLine(Ready + JsonSerializer.Serialize(access));
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
