using System.Globalization;
using System.Runtime.InteropServices;

namespace Feedback.Benchmarks;

/// <summary>A table as the README shows it.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Prints the table under a title, with remarks.</summary>
    public void Print(string title, params string[] remarks)
    {
        Console.WriteLine($"### {title}");
        Console.WriteLine();
        Console.WriteLine(Line(columns));
        Console.WriteLine(Line([.. columns.Select(_ => "---")]));
        foreach (var row in _rows)
            Console.WriteLine(Line(row));
        Console.WriteLine();
        foreach (var remark in remarks)
            Console.WriteLine(remark + "\n");
    }

    /// <summary>Prints on what was measured.</summary>
    public static void PrintMachine(TimeProvider clock)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{clock.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} × {processor ?? "processor"}, .NET {Environment.Version}, {RuntimeInformation.OSDescription}; load generator on the same machine."));
        Console.WriteLine();
    }

    /// <summary>A whole number with separators.</summary>
    public static string Count(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A ratio or a size with two decimals.</summary>
    public static string Decimal(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A time in milliseconds.</summary>
    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms";

    private static string Line(string[] cells) => "| " + string.Join(" | ", cells) + " |";
}
