using System.Globalization;
using System.Resources;

namespace Feedback.Silo.SelfTest;

/// <summary>Tells findings to people, in zh or en.</summary>
internal sealed class SelfTestWords(CultureInfo culture)
{
    private static readonly ResourceManager Texts = new("Feedback.Silo.SelfTest.Words", typeof(SelfTestWords).Assembly);

    /// <summary>What was found.</summary>
    public string What(Finding finding) => string.Format(culture, Text(finding.Code), finding.Values);

    /// <summary>How to mend it; null when there is nothing to mend.</summary>
    public string? Mend(Finding finding) =>
        Texts.GetString(finding.Code + ".mend", culture) is { } text ? string.Format(culture, text, finding.Values) : null;

    /// <summary>A verdict in a word.</summary>
    public string Of(Verdict verdict) => Text("verdict-" + verdict.ToString().ToLowerInvariant());

    /// <summary>That the view depends on where one stands.</summary>
    public string Where => Text("where");

    /// <summary>All findings in a sentence.</summary>
    public string Sum(IReadOnlyCollection<Finding> findings) => string.Format(
        culture, Text("sum"),
        findings.Count(finding => finding.Verdict == Verdict.Pass), findings.Count(finding => finding.Verdict == Verdict.Warn), findings.Count(finding => finding.Verdict == Verdict.Fail));

    private string Text(string name) =>
        Texts.GetString(name, culture) ?? throw new InvalidOperationException($"The finding '{name}' has no words.");
}
