using Feedback.Domain.Cases;
using Feedback.Domain.Personal;
using Feedback.Domain.Windows;
using Feedback.Grains.Personal;
using Feedback.Grains.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>What citizens said ages from the day on which their case was closed.</summary>
public sealed class CaseRetentionTests
{
    [Fact]
    public async Task Texts_go_when_the_case_has_been_closed_for_long_enough_and_those_of_open_cases_stay()
    {
        await using var site = await CaseSite.OpenAsync();
        var (old, open, again) = (await site.OpenCaseAsync(), await site.OpenCaseAsync(), await site.OpenCaseAsync());
        foreach (var id in new[] { old, again })
        {
            await site.MustAsync(id, Clerk, new HandleCase("apologised"), "当面道歉");
            await site.MustAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已培训");
            await site.MustAsync(id, CaseActor.Citizen, new ConfirmCase());
        }

        await site.MustAsync(again, CaseActor.Citizen, new ReopenCase("not-solved"), "又发生了");
        var closed = (await site.Rows.FindAsync(old))!.ClosedAt!.Value;
        var counts = (await site.CountsAsync(Places.Window)).Write();
        var retention = ActivatorUtilities.CreateInstance<CaseRetention>(site.Silo.Get<IServiceProvider>());

        Assert.Equal(0, await retention.RunAsync(closed - 1));
        Assert.Equal(1, await retention.RunAsync(closed));
        Assert.Equal(0, await retention.RunAsync(closed));
        Assert.Equal(0, await ActivatorUtilities.CreateInstance<CaseRetention>(site.Silo.Get<IServiceProvider>()).RunAsync(closed));

        Assert.All(await TextsAsync(site, old), text => Assert.Null(text));
        Assert.All([.. await TextsAsync(site, open), .. await TextsAsync(site, again)], text => Assert.NotNull(text));
        Assert.All((await site.EventsAsync(old)).OfType<PersonalTextErased>(), one => Assert.Equal(ErasedPartWords.Retention, one.Reason));
        Assert.Empty(site.Silo.Get<IErasureLedger>().Lines);
        Assert.Equal(counts, (await site.CountsAsync(Places.Window)).Write());
        await site.Silo.AssertCleanAsync();
    }

    private static async Task<IReadOnlyList<string?>> TextsAsync(CaseSite site, CaseId id) =>
        [.. (await site.Records.ReadTextsAsync((await site.Records.FindAsync(id))!, CaseActor.System, contact: true)).Texts.Select(text => text.Text)];
}
