using System.Net;
using System.Text.Json;
using Feedback.Api.Tests.Pages;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Grains.Notices;
using Feedback.Silo.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MimeKit;
using Xunit;
using static Feedback.Api.Tests.Cases.FilingCitizen;

namespace Feedback.Api.Tests.Notices;

/// <summary>From a case to a receiver and a mailbox, with the whole service between.</summary>
public sealed class WholeWayTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_case_that_is_answered_reaches_a_hook_and_the_citizens_mailbox()
    {
        var (closed, key) = (new TaskCompletionSource<(IHeaderDictionary Headers, byte[] Body)>(), HookSignature.KeyOf("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!.Value);
        await using var receiver = await ReceiverAsync(closed);
        await using var mailbox = new MailSink();
        var site = new RunningSite(services => services.AddNoticeCarriers(new NoticeChoices(
            new NoticeSettings
            {
                Mail = true,
                Citizens = true,
                Hooks = [new HookEndpoint("city", new Uri(receiver.Urls.Single()), [key]) { Events = ["closed"], AllowPrivate = true }],
            },
            new MailChoices(MailboxAddress.Parse("no-reply@example.gov.cn")) { Host = "127.0.0.1", Port = mailbox.Port, IsHere = true })));
        await site.InitializeAsync();
        try
        {
            var hall = await site.NewHallAsync();
            using var citizen = new Visitor(site.Url);
            var track = TrackOf(await citizen.FileAsync(hall.Window, "等了三个小时", contact: "zhang@example.org"));
            await site.OfficeAsync(site.CaseOf(track), new HandleCase("repaired"));
            await site.OfficeAsync(site.CaseOf(track), new GiveFeedback("mail", FeedbackOutcome.Reached, null), "已修好");
            var confirmed = await citizen.PostAsync(track + "/confirm", ("id", IdOf(await citizen.TextAsync(track))), ("grade", "4"));
            Assert.Equal(HttpStatusCode.SeeOther, confirmed.StatusCode);

            var (headers, body) = await closed.Task.WaitAsync(Patience);
            var told = JsonDocument.Parse(body).RootElement;
            Assert.Equal(("feedback.case.closed", headers["webhook-id"].ToString()), (told.GetProperty("type").GetString(), told.GetProperty("id").GetString()));
            Assert.Equal(HookSignature.Sign([key], headers["webhook-id"]!, long.Parse(headers["webhook-timestamp"]!, System.Globalization.CultureInfo.InvariantCulture), body), headers["webhook-signature"]);
            var mail = await mailbox.FirstAsync().WaitAsync(Patience);
            Assert.Equal("zhang@example.org", mail.To.ToString());
            Assert.Contains("已有答复", mail.Subject, StringComparison.Ordinal);
            Assert.DoesNotContain("已修好", mail.TextBody!, StringComparison.Ordinal);
        }
        finally
        {
            await site.DisposeAsync();
        }
    }

    private static async Task<WebApplication> ReceiverAsync(TaskCompletionSource<(IHeaderDictionary, byte[])> heard)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = builder.Build();
        receiver.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            heard.TrySetResult((new HeaderDictionary(http.Request.Headers.ToDictionary()), body.ToArray()));
        });
        await receiver.StartAsync();
        return receiver;
    }
}
