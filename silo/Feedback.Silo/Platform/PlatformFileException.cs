using System.Globalization;
using System.Resources;

namespace Feedback.Silo.Platform;

/// <summary>Something in the file about the platform will not do.</summary>
/// <param name="place">Which member, such as <c>mapping.evaluations.grade.map</c>; empty for the whole.</param>
/// <param name="code">What is wrong with it.</param>
/// <param name="values">What the words need.</param>
internal sealed class PlatformFileException(string place, string code, params object[] values) : Exception
{
    private static readonly ResourceManager Texts = new("Feedback.Silo.Platform.Words", typeof(PlatformFileException).Assembly);

    /// <summary>What is wrong and how to mend it, in a sentence.</summary>
    public string Tell(CultureInfo culture) =>
        (place.Length == 0 ? "" : place + ": ") + string.Format(culture, Texts.GetString(code, culture) ?? throw new InvalidOperationException($"'{code}' has no words."), values);
}
