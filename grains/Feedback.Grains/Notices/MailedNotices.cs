using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Notices;

/// <summary>Tells the office by mail; where no mail is sent, or nobody has an address, the log does.</summary>
internal sealed partial class MailedNotices(
    NoticeSettings settings, NoticeRecipients recipients, CaseRecords records, IJournal journal, TimeProvider clock, ILogger<MailedNotices> log) : ICaseNotices
{
    public async Task TellAsync(CaseNotice notice)
    {
        if (!settings.Mail || await records.FindAsync(notice.Case) is not { } found)
        {
            Told(log, notice.Kind, notice.Number, notice.To, notice.At);
            return;
        }

        var names = await recipients.OfAsync(notice, found.State);
        if (names.Count == 0)
        {
            Unheard(log, notice.Kind, notice.Number, notice.To, notice.At);
            return;
        }

        // Nobody is told what they did themselves.
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        DueRow[] mails = [.. names.Where(name => !NoticeRecipients.DidIt(notice, name)).Select(name => NoticeWork.OfMail(notice, name, now))];
        if (mails.Length > 0)
            await journal.WriteAsync(new JournalUnit { Due = mails });
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of case {Number}: for the {To} at {Node}.")]
    private static partial void Told(ILogger log, CaseNoticeKind kind, string number, string to, Domain.Organisation.NodeId node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} of case {Number}: nobody is told, as no {To} at {Node} or above has an e-mail address.")]
    private static partial void Unheard(ILogger log, CaseNoticeKind kind, string number, string to, Domain.Organisation.NodeId node);
}
