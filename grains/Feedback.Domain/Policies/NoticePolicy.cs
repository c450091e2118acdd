using Feedback.Domain.Journal;

namespace Feedback.Domain.Policies;

/// <summary>受理告知单: how the acceptance notice is called here.</summary>
/// <param name="Zh">The Chinese title, at most <see cref="Longest"/> characters.</param>
/// <param name="En">The English title.</param>
public sealed record NoticePolicy(string Zh, string En)
{
    /// <summary>The longest title, in characters.</summary>
    public const int Longest = 60;

    /// <summary>By default 受理告知单.</summary>
    public static readonly NoticePolicy Default = new("受理告知单", "Acceptance notice");

    internal static NoticePolicy Read(PolicyReader text) => new(text.Text("zh", Longest) ?? Default.Zh, text.Text("en", Longest) ?? Default.En);

    internal static void Write(CanonicalWriter text, NoticePolicy document) => text.Member("zh"u8, document.Zh).Member("en"u8, document.En);
}
