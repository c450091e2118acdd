using System.Globalization;
using Feedback.Chaos.Tests.Load;

namespace Feedback.Chaos.Tests.Results;

/// <summary>
/// The table of results: one row per fault, in the order of their numbers, as Markdown for the operator's guide. It is written anew after every
/// fault, to the file that <c>FEEDBACK_CHAOS_RESULTS</c> names, otherwise to <c>chaos-results.md</c> beside the tests. Rows of an
/// earlier run stay until their fault is tried again.
/// </summary>
public static class ResultTable
{
    private const string Head = "| # | fault | measured | result |\n|---|---|---|---|\n";
    private static readonly Lock Guard = new();

    /// <summary>Where the table is.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(Environment.GetEnvironmentVariable("FEEDBACK_CHAOS_RESULTS") is { Length: > 0 } chosen
        ? chosen
        : System.IO.Path.Combine(AppContext.BaseDirectory, "chaos-results.md"));

    /// <summary>Runs a fault's test and keeps its row, also when it fails.</summary>
    /// <param name="number">The fault's number in the list of faults.</param>
    /// <param name="fault">The fault in a few words, unique in the table.</param>
    /// <param name="test">The test; it notes what it measures as soon as it knows.</param>
    public static async Task RecordAsync(int number, string fault, Func<ResultRow, Task> test)
    {
        var row = new ResultRow();
        try
        {
            await test(row);
            if (Scale.IsSmall)
                row.Say("only tried out:", "a shorter run");
            Keep(number, fault, row.ToString(), "passed");
        }
        catch (Exception e)
        {
            row.Say("but", e.Message.Split('\n')[0]);
            Keep(number, fault, row.ToString(), "**FAILED**");
            throw;
        }
    }

    private static void Keep(int number, string fault, string measured, string result)
    {
        lock (Guard)
        {
            var start = Start(number, fault);
            var rows = (File.Exists(Path) ? File.ReadAllLines(Path) : [])
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsAsciiDigit(line[2]) && !line.StartsWith(start, StringComparison.Ordinal))
                .Append($"{start}{Cell(measured)} | {result} |")
                .OrderBy(Number).ThenBy(line => line, StringComparer.Ordinal);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            File.WriteAllText(Path, Head + string.Join('\n', rows) + "\n");
        }
    }

    private static string Start(int number, string fault) => string.Create(CultureInfo.InvariantCulture, $"| {number} | {Cell(fault)} | ");

    private static string Cell(string text) => text.Replace('|', '/').ReplaceLineEndings(" ");

    private static int Number(string line) => int.Parse(line[2..].Split(' ')[0], CultureInfo.InvariantCulture);
}
