using System.Globalization;
using System.Resources;
using Feedback.Domain.Personal.FreeText;

namespace Feedback.Api.Evaluations;

/// <summary>The words that stand in a text where something about a person stood, in zh or en.</summary>
public static class MaskWords
{
    private static readonly ResourceManager Texts = new("Feedback.Api.Evaluations.MaskWords", typeof(MaskWords).Assembly);

    /// <summary>A text without what gives persons away.</summary>
    public static string Mask(string text, CultureInfo culture) => FreeTextMask.Mask(text, kind => Of(kind, culture));

    /// <summary>The word for a kind, in brackets.</summary>
    public static string Of(FreeTextKind kind, CultureInfo culture) =>
        Texts.GetString(kind.ToString(), culture) ?? throw new InvalidOperationException($"There is no word for {kind}.");
}
