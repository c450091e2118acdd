using Feedback.Grains.Verification;
using Feedback.Seeds.Demo;
using Feedback.Seeds.Import;
using Feedback.Seeds.Import.Cases;
using Feedback.Storage.Copies;
using Spectre.Console;

namespace Feedback.Silo.Commands;

/// <summary>Shows how far a long verb is, on the error stream, so that its result can be piped.</summary>
internal static class ProgressBar
{
    /// <summary>For work that goes through the streams one by one.</summary>
    public static Task<T> RunAsync<T>(string title, bool silent, Func<IProgress<StreamProgress>, Task<T>> work) =>
        ShowAsync(title, silent, bar => work(new Told<StreamProgress>(value =>
        {
            if (bar is null)
                return;
            (bar.MaxValue, bar.Value) = (Math.Max(1, value.All), value.Done);
            bar.Description = $"{title} ({value.Events:N0} events)";
        })));

    /// <summary>For imports: how many of the respondents read so far are settled.</summary>
    public static Task<T> OfImportAsync<T>(bool silent, Func<IProgress<ImportProgress>, Task<T>> work) =>
        ShowAsync("Importing", silent, bar => work(new Told<ImportProgress>(value =>
        {
            if (bar is null)
                return;
            (bar.MaxValue, bar.Value) = (Math.Max(1, value.Respondents), value.Settled);
            bar.Description = $"Importing ({value.Rows:N0} rows{(value.AllRead ? "" : " so far")})";
        })));

    /// <summary>For imports of cases: how many of the file's are settled.</summary>
    public static Task<T> OfCasesAsync<T>(bool silent, Func<IProgress<CaseImportProgress>, Task<T>> work) =>
        ShowAsync("Importing", silent, bar => work(new Told<CaseImportProgress>(value =>
        {
            if (bar is null)
                return;
            (bar.MaxValue, bar.Value) = (Math.Max(1, value.Cases), value.Settled);
        })));

    /// <summary>For the demo's history: how many of its events are settled.</summary>
    public static Task<T> OfHistoryAsync<T>(Func<IProgress<HistoryProgress>, Task<T>> work) =>
        ShowAsync("Writing history", silent: false, bar => work(new Told<HistoryProgress>(value =>
        {
            if (bar is null)
                return;
            (bar.MaxValue, bar.Value) = (Math.Max(1, value.All), value.Done);
            bar.Description = $"Writing history ({value.Done:N0} events)";
        })));

    /// <summary>For copies of a site: how many of its rows are copied.</summary>
    public static Task<T> OfCopyAsync<T>(string title, bool silent, Func<IProgress<CopyProgress>, Task<T>> work) =>
        ShowAsync(title, silent, bar => work(new Told<CopyProgress>(value =>
        {
            if (bar is null)
                return;
            (bar.MaxValue, bar.Value) = (Math.Max(1, value.All), value.Done);
            bar.Description = $"{title} ({value.Done:N0} rows)";
        })));

    private static Task<T> ShowAsync<T>(string title, bool silent, Func<ProgressTask?, Task<T>> work)
    {
        if (silent || Console.IsErrorRedirected)
            return work(null);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).StartAsync(context => work(context.AddTask(title)));
    }

    private sealed class Told<T>(Action<T> show) : IProgress<T>
    {
        public void Report(T value) => show(value);
    }
}
