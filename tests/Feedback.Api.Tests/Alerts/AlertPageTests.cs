using System.Net;
using Feedback.Api.Tests.Cases.Office;
using Feedback.Api.Tests.Evaluations;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Alerts;

/// <summary>The page on which supervision sees who was told what about citizens.</summary>
[Collection(OneSite.Name)]
public sealed class AlertPageTests(RunningSite site)
{
    [Fact]
    public async Task Supervision_sees_who_was_told_a_contact_or_an_identity_and_why_and_never_what_they_were_told()
    {
        var hall = await site.NewHallAsync();
        using var officer = await Clerk.SignInAsync(site, $"case-officer@{hall.Id}");
        using var unmasking = await Official.SignInAsync(site, $"case-officer@{hall.Id}");
        using var supervisor = await Clerk.SignInAsync(site, $"supervisor@{hall.Id}");
        using var elsewhere = await Clerk.SignInAsync(site, $"supervisor@{site.ForeignHall.Id}");
        var filed = await officer.FileAsync(site, hall.Window, "words", "call 13812345678");
        await site.Client.PushAsync(Some.Evaluation(hall.Window).With(("matter", "2026-JT-000123")));
        Assert.Equal(200, (await unmasking.DoAsync(hall.Window, 1, "unmask", "checking complaint 12 with the citizen")).Status);
        Assert.Equal(HttpStatusCode.OK, (await officer.SendAsync($"/cases/{filed.Id}/contact", ("form", await officer.SealAsync("/cases/" + filed.Id)), ("reason", "to tell the answer"))).StatusCode);

        var page = (await supervisor.OpenAsync("/alerts")).Text;

        foreach (var part in new[] { officer.Name, "to tell the answer", filed.Number, "Contact of a case shown", unmasking.Name, "Identity of a rater shown" })
            Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", page, StringComparison.Ordinal);
        Assert.DoesNotContain("JT-000123", page, StringComparison.Ordinal);
        Assert.Contains("查看案件联系方式", (await supervisor.OpenAsync("/alerts", "zh-CN")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(filed.Number, (await elsewhere.OpenAsync("/alerts")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.OpenAsync("/alerts")).Status);
        Assert.Contains("href=\"/alerts\"", (await supervisor.OpenAsync("/cases")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/alerts\"", (await officer.OpenAsync("/cases")).Text, StringComparison.Ordinal);
    }
}
