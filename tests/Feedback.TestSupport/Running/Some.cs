using System.Globalization;

namespace Feedback.TestSupport.Running;

/// <summary>What terminals send.</summary>
public static class Some
{
    public static DateOnly Today => DateOnly.FromDateTime(Wait.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date);

    /// <summary>The grade of the n-th evaluation of a load. One in a thousand is bad and opens a case; of a real month it was one in ten thousand.</summary>
    public static int Grade(int n) => n % 1000 == 999 ? 1 + (n / 1000 % 2) : 3 + (n % 3);

    /// <summary>An evaluation's body.</summary>
    public static string Evaluation(string window, string id, int grade = 5, string more = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","window":"{{window}}","occurredAt":"{{Wait.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","grade":{{grade}},"origin":"active","channel":"terminal"{{more}}}""");
}
