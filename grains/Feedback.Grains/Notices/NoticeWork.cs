using System.Globalization;
using System.Text;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Cases;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Notices;

/// <summary>The rows of messages that wait to be delivered. They name cases and accounts; addresses and texts are looked up when they are sent.</summary>
internal static class NoticeWork
{
    /// <summary>Tells whoever wants to hear it what happened to a case.</summary>
    public const string News = "case.news";

    /// <summary>Sends a mail.</summary>
    public const string Mail = "notice.mail";

    /// <summary>Sends to a hook.</summary>
    public const string Hook = "notice.hook";

    /// <summary>The row of a decision.</summary>
    /// <param name="id">The case.</param>
    /// <param name="first">The version of its first event.</param>
    /// <param name="last">The version of its last event.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public static DueRow OfDecision(CaseId id, long first, long last, long now) => DueCommand.Row(
        Invariant($"{News}:{id}:{first}"), now, Text(News, text => text.Member("case"u8, id.Value).Member("first"u8, first).Member("last"u8, last)));

    /// <summary>The row of a message to a hook about one event.</summary>
    public static DueRow OfHook(string hook, CaseId id, long version, long now) => DueCommand.Row(
        Invariant($"{Hook}:{hook}:{id}:{version}"), now,
        Text(Hook, text => text.Member("hook"u8, hook).Member("case"u8, id.Value).Member("version"u8, version).Member("since"u8, now)));

    /// <summary>The row of a mail to somebody of the office.</summary>
    public static DueRow OfMail(CaseNotice notice, string account, long now) => DueCommand.Row(
        Invariant($"{Mail}:{notice.Key}:{account}"), now,
        Text(Mail, text => text.Member("case"u8, notice.Case.Value).Member("what"u8, LetterText.Word(notice.Kind)).Member("to"u8, account)
            .Member("clock"u8, notice.Clock?.Word()).Member("deadline"u8, notice.Deadline).Member("since"u8, now)));

    /// <summary>The row of a mail to the citizen of a case.</summary>
    public static DueRow OfCitizen(CaseId id, long version, string what, long now) => DueCommand.Row(
        Invariant($"{Mail}:{id}:{version}:citizen"), now,
        Text(Mail, text => text.Member("case"u8, id.Value).Member("what"u8, what).Member("since"u8, now)));

    private static string Text(string command, Action<CanonicalWriter> members)
    {
        var text = new CanonicalWriter().BeginObject().Member("command"u8, command);
        members(text);
        return Encoding.UTF8.GetString(text.EndObject().Written);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
