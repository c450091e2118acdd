using System.Collections.Concurrent;
using System.Diagnostics;

namespace Feedback.TestSupport.Running;

/// <summary>What a verb said and how it ended.</summary>
public sealed record Ended(int Code, string Output, string Errors);

/// <summary>The built executable in a process of its own, as its user runs it.</summary>
public sealed class FeedbackProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private FeedbackProcess(string[] arguments, IReadOnlyDictionary<string, string?>? environment = null, IReadOnlyList<string>? under = null, string? executable = null)
    {
        string[] line = [.. under ?? [], executable ?? Executable, .. arguments];
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(line[0], line[1..])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Path.GetTempPath(),
                Environment = { ["FEEDBACK_POSTGRES"] = null, ["FEEDBACK_DEVICE_RATE"] = "100000", ["NO_COLOR"] = "1", ["LC_ALL"] = "C.UTF-8" },
            },
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            _process.StartInfo.Environment[name] = value;
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What is tried: what was built beside the tests, unless FEEDBACK_TRIED names another one, such as a published bundle's.</summary>
    public static string Executable => Environment.GetEnvironmentVariable("FEEDBACK_TRIED") is { Length: > 0 } tried ? tried : Built;

    /// <summary>Built beside the tests in the same configuration.</summary>
    public static string Built
    {
        get
        {
            var here = new DirectoryInfo(AppContext.BaseDirectory);
            var (framework, configuration) = (here.Name, here.Parent!.Name);
            var root = here.Parent.Parent!.Parent!.Parent!.Parent!.FullName;
            return Path.Combine(root, "silo", "Feedback.Silo", "bin", configuration, framework, "feedback");
        }
    }

    public string Output => string.Join('\n', _output);

    public string Errors => string.Join('\n', _errors);

    /// <summary>The lines on its error stream that tell of failures. Warnings are left out: a busy machine alone makes some.</summary>
    public IReadOnlyList<string> Failures =>
        [.. _errors.Where(line => new[] { "fail:", "crit:", "Unhandled" }.Any(word => line.Contains(word, StringComparison.Ordinal)))];

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it is gone.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Where it listens; known once it is ready.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Starts <c>serve</c> or <c>demo</c> on a free port, and waits until it says that it listens.</summary>
    public static Task<FeedbackProcess> StartAsync(string verb, params string[] arguments) => StartAsync(null, verb, arguments);

    /// <summary>The same with some environment variables changed.</summary>
    public static Task<FeedbackProcess> StartAsync(IReadOnlyDictionary<string, string?>? environment, string verb, params string[] arguments) =>
        StartUnderAsync([], environment, verb, arguments);

    /// <summary>The same with the executable of another release.</summary>
    public static Task<FeedbackProcess> StartAsync(string executable, IReadOnlyDictionary<string, string?>? environment, string verb, params string[] arguments) =>
        StartAsync(new FeedbackProcess([verb, "--urls", "http://127.0.0.1:0", .. arguments], environment, executable: executable), verb);

    /// <summary>The same under another program, which becomes it (exec).</summary>
    public static Task<FeedbackProcess> StartUnderAsync(string[] under, IReadOnlyDictionary<string, string?>? environment, string verb, params string[] arguments) =>
        StartAsync(new FeedbackProcess([verb, "--urls", "http://127.0.0.1:0", .. arguments], environment, under), verb);

    private static async Task<FeedbackProcess> StartAsync(FeedbackProcess process, string verb)
    {
        var address = verb == "demo" ? "Feedback demo: " : "Feedback listens on ";
        try
        {
            var line = await Wait.ForAsync<string>($"{verb} listens", () => process._process.HasExited
                ? throw new InvalidOperationException($"{verb} ended with {process.ExitCode()}:\n{process.Output}\n{process.Errors}")
                : Task.FromResult(process._output.FirstOrDefault(line => line.StartsWith(address, StringComparison.Ordinal))), TimeSpan.FromSeconds(180));
            process.Url = new Uri(line[address.Length..].Split(';')[0]);
            return process;
        }
        catch
        {
            // Nobody else would end it.
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a verb that goes on until it is stopped.</summary>
    public static FeedbackProcess Begin(params string[] arguments) => new(arguments);

    /// <summary>The same with some environment variables changed, and perhaps in another network.</summary>
    /// <param name="within">The words before the command, of a program that becomes the command; none for here.</param>
    /// <param name="environment">The variables.</param>
    /// <param name="arguments">The verb and its options.</param>
    public static FeedbackProcess Begin(IReadOnlyList<string> within, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        new(arguments, environment, within);

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<Ended> RunAsync(string[] arguments, string input = "", IReadOnlyDictionary<string, string?>? environment = null, string? executable = null)
    {
        await using var process = new FeedbackProcess(arguments, environment, executable: executable);
        await process._process.StandardInput.WriteAsync(input);
        process._process.StandardInput.Close();
        return await process.EndAsync();
    }

    /// <summary>kill -9. Returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as by a service manager, and waits for the end.</summary>
    public Task<Ended> StopAsync()
    {
        _ = Signals.Send(_process.Id, Terminate);
        return EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task<Ended> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await _process.WaitForExitAsync(patience.Token);
        return new Ended(_process.ExitCode, Output, Errors);
    }

    // Waiting without a limit also waits for what it said last.
    private int ExitCode()
    {
        _process.WaitForExit();
        return _process.ExitCode;
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
