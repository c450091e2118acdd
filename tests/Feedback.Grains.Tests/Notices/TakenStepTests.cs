using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Feedback.Grains.Notices;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Notices;

/// <summary>People hear what others did with their cases.</summary>
public sealed class TakenStepTests
{
    [Fact]
    public async Task The_owner_hears_that_a_case_is_urged_and_the_manager_too_that_it_is_supervised_and_criticised()
    {
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails);
        await using var closing = site;
        var id = await site.OpenCaseAsync();

        await site.MustAsync(id, CaseActor.Citizen, new UrgeCase("late"));
        await site.MustAsync(id, Supervisor, new SuperviseCase("grave"));
        await site.MustAsync(id, Supervisor, new CirculateCase("grave"));
        await site.WorkAsync();

        Assert.Equal(["li"], ToldOf(box, "已催办"));
        Assert.Equal(["li", "wang"], ToldOf(box, "已列入督办"));
        Assert.Equal(["li", "wang"], ToldOf(box, "通报批评"));
        Assert.DoesNotContain("grave", box.Everything, StringComparison.Ordinal);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task Whoever_is_recused_hears_of_supervision_no_more_than_of_deadlines()
    {
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails);
        await using var closing = site;
        var id = await site.OpenCaseAsync(Complaint() with { About = [Places.Staff] });

        await site.MustAsync(id, Supervisor, new SuperviseCase("grave"));
        await site.WorkAsync();

        // wang leads who is complained of; zhao is the next one above.
        Assert.Equal(["li", "zhao"], ToldOf(box, "已列入督办"));
    }

    [Fact]
    public async Task Those_who_handle_cases_of_a_unit_hear_what_is_sent_to_it_but_who_sent_it()
    {
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails);
        await using var closing = site;
        var (there, here) = (await site.OpenCaseAsync(), await site.OpenCaseAsync());

        await site.MustAsync(there, Clerk, new DispatchCase(Places.OtherHall, []));
        await site.WorkAsync();
        Assert.Equal(["zhou"], ToldOf(box, "请签收"));

        await site.MustAsync(here, Clerk, new DispatchCase(Places.Hall, []));
        await site.WorkAsync();
        Assert.Equal(["wang", "zhou"], ToldOf(box, "请签收"));
    }

    [Fact]
    public async Task Those_who_handle_cases_of_a_unit_hear_of_an_order_that_comes_in()
    {
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails);
        await using var closing = site;
        var order = Complaint() with { Kind = CaseKind.HotlineOrder, Category = null, External = new ExternalNumber("12345", "GD-1") };

        await site.OpenCaseAsync(order, CaseActor.City);
        await site.WorkAsync();

        Assert.Equal(["li", "wang"], ToldOf(box, "请签收"));
    }

    [Fact]
    public async Task Whoever_is_named_the_owner_by_somebody_else_hears_it_and_who_took_it_on_does_not()
    {
        var (site, box) = await NoticeSite.OpenAsync(NoticeSite.Mails);
        await using var closing = site;
        var id = await site.OpenCaseAsync();
        await site.WorkAsync();
        Assert.Equal("account:li", (await site.StateAsync(id)).Owner);
        Assert.Empty(box.Letters);

        await site.MustAsync(id, Supervisor, new NameOwner(Head));
        await site.WorkAsync();

        Assert.Equal(["wang"], ToldOf(box, "已指定您为责任人"));
        Assert.Single(box.Letters);
    }

    [Fact]
    public void Every_kind_of_notice_has_words_in_both_languages() => Assert.All(Enum.GetValues<CaseNoticeKind>(), kind =>
        Assert.Matches("^事项 7：[^a-z]+ / Case 7: [a-z ,:]+$", new LetterText("7", LetterText.Word(kind)).Subject));

    private static IEnumerable<string> ToldOf(Postbox box, string what) =>
        box.Letters.Where(letter => letter.Subject.Contains(what, StringComparison.Ordinal)).Select(letter => letter.To.Split('@')[0]).Order();
}
