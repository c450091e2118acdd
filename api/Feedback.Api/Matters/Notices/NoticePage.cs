using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Feedback.Api.Invitations;
using Feedback.Charts.Notices;

namespace Feedback.Api.Matters.Notices;

/// <summary>A notice as a page of its own that prints on A4 and loads nothing but the bundled font, for machines without a Chinese one of their own.</summary>
internal static class NoticePage
{
    // The Chinese font stands first: behind another one some words would keep that one's boxes after it has come.
    private const string Style = """
        @font-face{font-family:"Bundled Chinese";font-display:swap;src:local("Noto Sans SC"),local("Noto Sans CJK SC"),local("PingFang SC"),local("Microsoft YaHei"),url("/docs/api/font.ttf");unicode-range:U+2E80-9FFF,U+F900-FAFF,U+FF00-FFEF}
        body{font:16px/1.6 "Bundled Chinese",system-ui,sans-serif;color:#111;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1.25rem;overflow-wrap:break-word}
        header{text-align:center}header p{margin:0}h1{font-size:1.75rem;margin:.25rem 0 1.25rem}h2{font-size:1.1rem;margin:1.5rem 0 .35rem;break-after:avoid}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem;margin:0}dt{font-weight:700}dd{margin:0;min-width:0;overflow-wrap:anywhere}ol{margin:0;padding-left:1.4rem}p{margin:.25rem 0}
        .code{width:9rem;margin:1rem 0 0}
        table{border-collapse:collapse;width:100%;margin-top:.5rem}th,td{border:1px solid #777;padding:.35rem .5rem;text-align:left;vertical-align:top}tr{break-inside:avoid}
        footer{border-top:1px solid #777;margin-top:1.5rem;padding-top:.5rem;font-size:.9rem}
        @media(max-width:30rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
        @media print{body{font-size:11pt;margin:0;padding:0;max-width:none}}@page{size:A4;margin:20mm}
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>What the page may load: nothing but its own style and the bundled font.</summary>
    public static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The page.</summary>
    public static string Of(NoticeModel notice)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"").Append(Text(notice.Language))
            .Append("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><meta name=\"robots\" content=\"noindex\"><title>")
            .Append(Text(notice.Title)).Append("</title><style>").Append(Style).Append("</style></head>\n<body><main><header><p>")
            .Append(Text(notice.Office)).Append("</p><h1>").Append(Text(notice.Title)).Append("</h1></header>\n<dl>");
        foreach (var fact in notice.Facts)
            page.Append("<dt>").Append(Text(fact.Label)).Append("</dt><dd>").Append(Text(fact.Value)).Append("</dd>");
        page.Append("</dl>\n");
        // The address stands beside it in words.
        if (notice.Code is { } code)
            page.Append("<div class=\"code\" aria-hidden=\"true\">").Append(QrPicture.Svg(code)).Append("</div>\n");
        foreach (var section in notice.Sections)
            Write(page, section);
        return page.Append("<footer>").Append(Text(notice.Remark)).Append("</footer></main></body></html>\n").ToString();
    }

    private static void Write(StringBuilder page, NoticeSection section)
    {
        page.Append("<section><h2>").Append(Text(section.Heading)).Append("</h2>");
        if (section.Lines.Count == 1)
            page.Append("<p>").Append(Text(section.Lines[0])).Append("</p>");
        else if (section.Lines.Count > 1)
            page.Append("<ol>").AppendJoin("", section.Lines.Select(line => $"<li>{Text(line)}</li>")).Append("</ol>");
        if (section.Table is { } table)
        {
            page.Append("<table><thead><tr>").AppendJoin("", table.Heads.Select(head => $"<th scope=\"col\">{Text(head)}</th>")).Append("</tr></thead><tbody>")
                .AppendJoin("", table.Rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Text(cell)}</td>"))}</tr>")).Append("</tbody></table>");
        }

        page.Append("</section>\n");
    }

    private static string Text(string text) => Encoder.Encode(text);
}
