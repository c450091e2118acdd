using System.Globalization;
using System.Resources;
using System.Text;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;

namespace Feedback.Grains.Notices;

/// <summary>
/// What a mail about a case says: its number, what it is about, a deadline, where to read on; in Chinese and then in English, as nobody
/// knows which the reader speaks. It never holds what anybody said, nor a name.
/// </summary>
/// <param name="Number">The readable number.</param>
/// <param name="What">What it is about: a word of this class, or of <see cref="Word"/>.</param>
internal sealed record LetterText(string Number, string What)
{
    /// <summary>The citizen can read an answer.</summary>
    public const string Answer = "answer";

    /// <summary>The citizen can read how it goes.</summary>
    public const string Progress = "progress";

    private static readonly ResourceManager Texts = new("Feedback.Grains.Notices.NoticeWords", typeof(LetterText).Assembly);
    private static readonly CultureInfo Zh = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo En = CultureInfo.GetCultureInfo("en");

    /// <summary>The clock that it is about; null for none.</summary>
    public ClockKind? Clock { get; init; }

    /// <summary>Its deadline as people read it, with the zone of the unit; null for none.</summary>
    public string? Deadline { get; init; }

    /// <summary>Where to read on; null where no link can be made.</summary>
    public string? Link { get; init; }

    /// <summary>The word of what somebody of the office is told.</summary>
    public static string Word(CaseNoticeKind kind) => kind switch
    {
        CaseNoticeKind.Warning => "warning",
        CaseNoticeKind.Overdue => "overdue",
        CaseNoticeKind.OwnerWanted => "owner-wanted",
        CaseNoticeKind.AnswerOwed => "answer-owed",
        CaseNoticeKind.Urged => "urged",
        CaseNoticeKind.Supervised => "supervised",
        CaseNoticeKind.Circulated => "circulated",
        CaseNoticeKind.Dispatched => "dispatched",
        CaseNoticeKind.OwnerNamed => "owner-named",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such notice."),
    };

    /// <summary>The subject.</summary>
    public string Subject => $"{Line("subject", Zh)} / {Line("subject", En)}";

    /// <summary>The text; lines end as in mails.</summary>
    public string Body
    {
        get
        {
            var text = new StringBuilder();
            foreach (var culture in new[] { Zh, En })
            {
                text.Append(Line("text", culture)).Append("\r\n");
                if (Clock is { } clock && Deadline is { } deadline)
                    text.Append(Format("deadline", culture, culture == Zh ? clock.Zh() : clock.En(), deadline)).Append("\r\n");
                if (Link is { } link)
                    text.Append(Format(What is Answer or Progress ? "link-citizen" : "link", culture, link)).Append("\r\n");
                text.Append(Format("foot", culture)).Append("\r\n");
                if (culture == Zh)
                    text.Append("\r\n");
            }

            return text.ToString();
        }
    }

    private string Line(string name, CultureInfo culture) => Format(name, culture, Number, Format("what-" + What, culture));

    private static string Format(string name, CultureInfo culture, params object[] values) => string.Format(
        culture, Texts.GetString(name, culture) ?? throw new InvalidOperationException($"The mail has no words for '{name}'."), values);
}
