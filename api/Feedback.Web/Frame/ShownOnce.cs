using Feedback.Web.Words;

namespace Feedback.Web.Frame;

/// <summary>Something that is shown once, and kept as a hash only.</summary>
/// <param name="Label">What it is, in the reader's language; null where the page says so.</param>
/// <param name="Text">The text.</param>
public sealed record ShownOnce(string? Label, string Text);

/// <summary>Answers by a page of what is shown once.</summary>
internal static class OncePages
{
    /// <summary>The page.</summary>
    /// <param name="http">The request.</param>
    /// <param name="title">The name of the word above.</param>
    /// <param name="lead">The name of the sentence below it.</param>
    /// <param name="next">Where to go on.</param>
    /// <param name="shown">What is shown.</param>
    public static IResult ShowOnce(this HttpContext http, string title, string lead, string next, params ShownOnce[] shown) =>
        http.Page<OncePage>(StatusCodes.Status200OK, new()
        {
            ["Words"] = PageWords.For(http.Request),
            ["Title"] = title,
            ["Lead"] = lead,
            ["Shown"] = shown,
            ["Next"] = next,
        });
}
