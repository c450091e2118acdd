using Feedback.Grains.Verification;
using Spectre.Console;

namespace Feedback.Silo.Commands;

/// <summary>Shows how far a long verb is, on the error stream, so that its result can be piped.</summary>
internal static class ProgressBar
{
    public static Task<T> RunAsync<T>(string title, bool silent, Func<IProgress<StreamProgress>?, Task<T>> work)
    {
        if (silent || Console.IsErrorRedirected)
            return work(null);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).StartAsync(context =>
        {
            var bar = context.AddTask(title);
            return work(new Told(bar, title));
        });
    }

    private sealed class Told(ProgressTask bar, string title) : IProgress<StreamProgress>
    {
        public void Report(StreamProgress value)
        {
            (bar.MaxValue, bar.Value) = (Math.Max(1, value.All), value.Done);
            bar.Description = $"{title} ({value.Events:N0} events)";
        }
    }
}
