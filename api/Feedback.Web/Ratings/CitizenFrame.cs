using Feedback.Web.Frame;
using Feedback.Web.Words;
using Microsoft.AspNetCore.Components;

namespace Feedback.Web.Ratings;

/// <summary>How citizens' pages are answered: like every page, in a language that a link may propose, and never found by a search.</summary>
internal static class CitizenFrame
{
    /// <summary>The member of the query in which a link proposes a language.</summary>
    public const string LanguageMember = "in";

    /// <summary>The words: by the reader's own choice, else as the link proposes, else the browser's.</summary>
    public static PageWords WordsOf(HttpContext http, string? proposed = null) =>
        http.Request.Cookies.ContainsKey(PageWords.Cookie) ? PageWords.For(http.Request)
        : (proposed ?? http.Request.Query[LanguageMember].ToString()) switch
        {
            "zh" => PageWords.Chinese,
            "en" => PageWords.English,
            _ => PageWords.For(http.Request),
        };

    /// <summary>A citizen's page.</summary>
    public static IResult Citizens<TPage>(this HttpContext http, int status, PageWords words, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        parameters["Words"] = words;
        return http.Page<TPage>(status, parameters);
    }

    /// <summary>A citizen's page that says one thing.</summary>
    public static IResult Notice(this HttpContext http, int status, PageWords words, string title, string text, params object[] values) =>
        http.Citizens<NoticePage>(status, words, new() { ["Title"] = title, ["Text"] = text, ["Values"] = values, ["Address"] = http.Request.Path.ToString() });
}
