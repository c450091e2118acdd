using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Feedback.Domain.Cases;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Accounts;
using Feedback.Grains.Cases;
using Feedback.Grains.Due;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Notices;

/// <summary>
/// Sends one mail to one address, which is looked up only then: a contact that was erased meanwhile gets none, and nobody does who was
/// recused from the case meanwhile.
/// </summary>
internal sealed class MailHandler(
    NoticeSettings settings, NoticeRecipients recipients, CaseRecords records, IBureau bureau, CaseSecrets codes, IMailCarrier carrier, INoticeLinks links, Delivery delivery, IAccounts? accounts = null) : IDueHandler
{
    private const string Way = "mail";

    public string Command => NoticeWork.Mail;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        var (id, what, to, since) = command.Read(text => (text.Case("case"), text.Text("what"), Optional(text, "to"), text.Number("since")));
        if (!settings.Mail || (to is null && !settings.Citizens) || await records.FindAsync(id) is not { } found)
            return delivery.Drop(Way);
        var address = to is not null ? await AddressOfAsync(to, found.State) : await AddressOfCitizenAsync(found);
        if (address is null)
            return delivery.Drop(Way);
        var text = new LetterText(found.State.Intake.Number, what)
        {
            Link = to is not null ? links.CardOf(found.State.Intake.Number) : links.TrackingOf(codes.TrackingCodeOf(id)),
            Clock = command.Read(one => Optional(one, "clock")) is { } clock ? ClockWords.ClockOf(clock) : null,
            Deadline = command.Read(one => one.TryGetProperty("deadline", out var at) ? at.GetInt64() : (long?)null) is { } deadline ? Local(found.State, deadline) : null,
        };
        var letter = new Letter(IdOf(command.Key), address, text.Subject, text.Body, since);
        return await delivery.TryAsync(command, Way, "The mail server", DeliveryPause.OfMails, since, cancellation => carrier.SendAsync(letter, cancellation));
    }

    private async Task<string?> AddressOfAsync(string account, CaseState state) =>
        accounts is not null && await accounts.FindByNameAsync(account) is { Disabled: false } known && await recipients.MayHearAsync(known, state)
            ? settings.AddressOf(known) : null;

    private async Task<string?> AddressOfCitizenAsync(CaseRecord found) =>
        MailAddress.Read(await ContactAsync(found)) is { } address && !await recipients.IsOfPersonAsync(address, found.State) ? address : null;

    // The address in the last contact of the case, which nobody but the service itself reads this way.
    private async Task<string?> ContactAsync(CaseRecord found) =>
        MailAddress.FindIn((await records.ReadTextsAsync(found, CaseActor.System, contact: true)).Texts.LastOrDefault(text => text.What == CaseReferences.Contact)?.Text);

    private string? Local(CaseState state, long at) => bureau.Current.Tree.Find(state.Lead)?.Zone.LocalText(at);

    private static string? Optional(JsonElement from, string name) => from.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}
