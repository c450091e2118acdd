using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>Two complaints about the same go on as one, and both citizens are answered.</summary>
public sealed class MergeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_citizen_of_a_merged_case_is_answered_under_the_code_or_by_the_office(bool anonymous)
    {
        await using var site = await CaseSite.OpenAsync();
        var survivor = await site.OpenCaseAsync();
        var other = await site.OpenCaseAsync(Complaint() with { Anonymous = anonymous }, contact: anonymous ? null : "13900000000");
        await site.MustAsync(other, Clerk, new MergeCase(survivor, IntoStage: null));
        await site.WorkAsync();
        Assert.Equal(other, Assert.Single((await site.StateAsync(survivor)).Absorbed));
        Assert.Equal(survivor, (await site.Rows.FindAsync(other))!.MergedInto);

        await site.MustAsync(survivor, Clerk, new HandleCase("done"));
        await site.MustAsync(survivor, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已经整改");
        await site.MustAsync(survivor, CaseActor.Citizen, new ConfirmCase());
        await site.WorkAsync();

        var found = (await site.Records.FindAsync(other))!;
        Assert.Equal(anonymous, found.State.Answer is { Outcome: FeedbackOutcome.Posted });
        var notice = site.Told.Where(told => told.Kind == CaseNoticeKind.AnswerOwed).ToList();
        if (anonymous)
        {
            Assert.Empty(notice);
            Assert.Contains((await site.Records.ReadTextsAsync(found, CaseActor.Citizen, contact: false)).Texts, text => text.Text == "已经整改");
        }
        else
        {
            Assert.Equal((other, Places.Hall), (Assert.Single(notice).Case, notice[0].At));
            Assert.True(found.State.AnswerOwed);
        }

        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Whoever_says_of_a_merged_case_that_it_is_not_solved_hears_what_was_done_then_and_is_read_by_no_other_citizen()
    {
        await using var site = await CaseSite.OpenAsync();
        var survivor = await site.OpenCaseAsync();
        var other = await site.OpenCaseAsync(Complaint() with { Anonymous = true }, contact: null);
        await site.MustAsync(other, Clerk, new MergeCase(survivor, IntoStage: null));
        await site.WorkAsync();
        await AnswerAsync("已经整改");

        await site.MustAsync(survivor, CaseActor.CitizenOf(other), new ReopenCase(CaseReasons.NotSolved), "还是老样子");
        await AnswerAsync("又派人处理");

        Assert.Equal(["已经整改", "又派人处理"], (await TextsAsync(other, CaseActor.Citizen)).Where(text => text is "已经整改" or "又派人处理"));
        Assert.Equal(["还是老样子"], await TextsAsync(survivor, CaseActor.CitizenOf(other)));
        Assert.DoesNotContain("还是老样子", await TextsAsync(survivor, CaseActor.Citizen));
        Assert.Contains("还是老样子", await TextsAsync(survivor, Clerk));
        await site.Silo.AssertCleanAsync();

        async Task AnswerAsync(string words)
        {
            await site.MustAsync(survivor, Clerk, new HandleCase("done"));
            await site.MustAsync(survivor, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), words);
            await site.MustAsync(survivor, CaseActor.Citizen, new ConfirmCase());
            await site.WorkAsync();
        }

        async Task<IEnumerable<string?>> TextsAsync(CaseId id, CaseActor reader) =>
            (await site.Records.ReadTextsAsync((await site.Records.FindAsync(id))!, reader, contact: false)).Texts.Select(text => text.Text);
    }

    [Fact]
    public async Task Who_leads_those_complained_of_in_a_merged_case_loses_the_one_that_goes_on()
    {
        await using var site = await CaseSite.OpenAsync();
        var survivor = await site.OpenCaseAsync(actor: Head);
        Assert.Equal(Head.Name, (await site.StateAsync(survivor)).Owner);
        var other = await site.OpenCaseAsync(Complaint() with { About = [Places.Staff] });
        await site.MustAsync(other, Clerk, new MergeCase(survivor, IntoStage: null));
        await site.WorkAsync();

        var state = await site.StateAsync(survivor);
        Assert.Equal([Places.Staff], state.Persons);
        Assert.Null(state.Owner);
        Assert.Equal("recused", (await site.DoAsync(survivor, Head, new NoteProgress(null, Told: false), "已看")).Refusal!.Code);
        Assert.Contains(site.Told, notice => notice.Kind == CaseNoticeKind.OwnerWanted && notice.Case == survivor);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_case_is_merged_only_into_one_that_is_there_and_open_whatever_the_caller_says()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync();

        Assert.Equal("case-unknown", (await site.DoAsync(id, Clerk, new MergeCase(CaseSecrets.NewId(), CaseStage.Handling))).Refusal!.Code);
        Assert.Equal("merge-into-itself", (await site.DoAsync(id, Clerk, new MergeCase(id, CaseStage.Handling))).Refusal!.Code);
        Assert.Equal(CaseStage.Registered, (await site.StateAsync(id)).Stage);
    }

    [Fact]
    public async Task Cases_that_are_merged_into_each_other_at_once_are_both_answered_for_themselves()
    {
        await using var site = await CaseSite.OpenAsync();
        var (one, two) = (await site.OpenCaseAsync(), await site.OpenCaseAsync());
        await Task.WhenAll(site.DoAsync(one, Clerk, new MergeCase(two, null)), site.DoAsync(two, Clerk, new MergeCase(one, null)));
        await site.WorkAsync();

        foreach (var id in (CaseId[])[one, two])
        {
            var state = await site.StateAsync(id);
            if (state.Stage == CaseStage.Merged)
                Assert.True(site.Told.Any(told => told.Case == id && told.Kind == CaseNoticeKind.AnswerOwed) || (await site.StateAsync(state.Merging!.Into)).Stage != CaseStage.Merged);
        }

        await site.Silo.AssertCleanAsync();
    }
}
