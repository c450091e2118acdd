using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Verification;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>What is kept of cases besides their streams is recounted, and made anew.</summary>
public sealed class VerificationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rebuild_makes_the_same_rows_and_counts_again(bool onPostgres)
    {
        await using var site = await CaseSite.OpenAsync(onPostgres: onPostgres);
        await FillAsync(site);
        var before = (await site.Rows.AllAsync().ToListAsync(), await CountsAsync(site));
        Assert.Equal(3, before.Item1.Count);
        await site.Silo.AssertCleanAsync();

        await ActivatorUtilities.CreateInstance<Rebuild>(site.Silo.Get<IServiceProvider>()).RunAsync(progress: null);

        Assert.Equal(before.Item1, await site.Rows.AllAsync().ToListAsync());
        Assert.Equal(before.Item2, await CountsAsync(site));
        Assert.Empty((await site.Silo.VerifyAsync()).Findings);
    }

    [Theory]
    [InlineData("update cases set stage = 'handled' where stage = 'closed'", "the stored case is wrong: Stage counted Closed, stored Handled")]
    [InlineData("update cases set owner = 'account:nobody' where stage = 'closed'", "Owner counted account:li, stored account:nobody")]
    [InlineData("update cases set to_supervise = 0", "ToSupervise counted True, stored False")]
    [InlineData("delete from case_assisting where node = 'n5'", "Assisting counted n3 n5, stored n3")]
    [InlineData("insert into case_assisting (case_id, node) select id, 'n10' from cases where stage = 'closed'", "Assisting counted , stored n10")]
    [InlineData("update cases set version = 99 where stage = 'closed'", "the stored case is of version 99, and the stream ends at")]
    [InlineData("delete from cases where stage = 'closed'", "the case is not stored")]
    [InlineData("insert into cases (id, version, number, kind, channel, stage, node, lead, opened_at, day, overdue, supervised, to_call_back) values ('qAAECAwQFBgcICQoLDA0ODw', 1, 'x', 'complaint', 'web', 'closed', 'n7', 'n4', 0, '2026-03-02', 0, 0, 0)", "the stored case has no event")]
    [InlineData("update case_days set counts = replace(counts, '\"opened/complaint\":2', '\"opened/complaint\":3')", "counts of cases: opened/complaint: counted 2, stored 3")]
    [InlineData("update case_days set day = '2026-03-01'", "the stored counts of cases have no event")]
    public async Task Whatever_is_changed_is_found(string sql, string told)
    {
        await using var site = await CaseSite.OpenAsync();
        await FillAsync(site);
        await site.Silo.AssertCleanAsync();

        SqliteFile.Edit(site.Site.Journal, sql);

        var findings = (await site.Silo.VerifyStoredAsync()).Findings;
        Assert.Contains(findings, finding => finding.What.Contains(told, StringComparison.Ordinal));
        await ActivatorUtilities.CreateInstance<Rebuild>(site.Silo.Get<IServiceProvider>()).RunAsync(progress: null);
        Assert.Empty((await site.Silo.VerifyStoredAsync()).Findings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_goes_on_meanwhile_leads_to_no_findings(bool onPostgres)
    {
        await using var site = await CaseSite.OpenAsync(onPostgres: onPostgres);
        await FillAsync(site);
        using var enough = new CancellationTokenSource();
        var goingOn = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                var id = await site.OpenCaseAsync();
                await site.MustAsync(id, Clerk, new HandleCase("done"));
            }
        });
        while (await site.Rows.AllAsync().CountAsync() < 100 && !goingOn.IsCompleted)
            Assert.Empty((await site.Silo.VerifyStoredAsync()).Findings);
        await enough.CancelAsync();
        await goingOn;
        await site.Silo.AssertCleanAsync();
    }

    private static async Task FillAsync(CaseSite site)
    {
        var closed = await site.OpenCaseAsync();
        await site.MustAsync(closed, Clerk, new HandleCase("done"));
        await site.MustAsync(closed, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已办");
        await site.MustAsync(closed, CaseActor.Citizen, new ConfirmCase(Grade.Satisfied));
        var sent = await site.OpenCaseAsync();
        await site.MustAsync(sent, Clerk, new DispatchCase(Places.Hall, [Places.OtherHall, Places.Unit]));
        await site.MustAsync(sent, CaseActor.Citizen, new UrgeCase("late"));
        await site.Silo.SubmitAsync(Places.Window, Some.Rating("bad", grade: Grade.Dissatisfied));
        await site.WorkAsync();
    }

    private static async Task<IReadOnlyList<string>> CountsAsync(CaseSite site) =>
        await site.Rows.AllCountsAsync().Where(flow => !flow.Counts.IsEmpty).Select(flow => $"{flow.Node} {flow.Day:O} {flow.Counts.Write()}").ToListAsync();
}
