using System.Globalization;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>Telephone numbers that look like such, and are nobody's.</summary>
internal static class Contacts
{
    /// <summary>A number.</summary>
    public static string Of(Random random) => string.Create(CultureInfo.InvariantCulture, $"1380000{random.Next(10_000):0000}");
}
