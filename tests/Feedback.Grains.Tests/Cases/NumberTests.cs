using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Grains.Cases;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>Numbers are unique, and codes are guessed by nobody.</summary>
public sealed class NumberTests
{
    [Fact]
    public async Task A_thousand_cases_opened_at_once_have_a_thousand_numbers()
    {
        await using var site = await CaseSite.OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => site.DoAsync(CaseSecrets.NewId(), Clerk, new OpenCase(Complaint()))));

        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        Assert.Equal(1000, answers.Select(answer => answer.Number).Distinct().Count());
        Assert.Equal(1000, await site.Rows.AllAsync().CountAsync());
        Assert.Equal(1000, (await site.CountsAsync(Places.Window))["opened/complaint"]);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_number_that_is_taken_is_drawn_again()
    {
        await using var site = await CaseSite.OpenAsync();
        // Seven digits of a number follow from the id at first.
        CaseId[] ids = [CaseId.Of(new Opaque(42)), CaseId.Of(new Opaque(10_000_042)), CaseId.Of(new Opaque(20_000_042))];
        var numbers = new List<string>();
        foreach (var id in ids)
            numbers.Add((await site.DoAsync(id, Clerk, new OpenCase(Complaint()))).Number!);

        Assert.StartsWith("20260302-0000042-", numbers[0], StringComparison.Ordinal);
        Assert.Equal(3, numbers.Distinct().Count());
        Assert.All(numbers.Zip(ids), one => Assert.Equal(one.Second, site.Rows.FindAsync(one.First).Result!.Id));
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task The_same_order_of_another_system_opens_one_case()
    {
        await using var site = await CaseSite.OpenAsync();
        var order = Complaint() with { Kind = CaseKind.HotlineOrder, External = new ExternalNumber("12345", "GD-1") };
        var id = site.Silo.Get<CaseSecrets>().IdOf(order.External);
        await site.MustAsync(id, CaseActor.City, new OpenCase(order));

        Assert.Equal("case-exists", (await site.DoAsync(id, CaseActor.City, new OpenCase(order))).Refusal!.Code);
        Assert.Equal("case-external-taken", (await site.DoAsync(CaseSecrets.NewId(), Clerk, new OpenCase(order))).Refusal!.Code);
        Assert.Equal(1, await site.Rows.AllAsync().CountAsync());
    }

    [Fact]
    public async Task Five_wrong_codes_close_a_number_for_a_day_and_no_other()
    {
        await using var site = await CaseSite.OpenAsync();
        var (first, second) = (await OpenAsync(site), await OpenAsync(site));
        Assert.NotNull(await site.Records.FindAsync(first.Number!.Replace("-", " ", StringComparison.Ordinal), first.QueryCode!));
        var wrong = first.QueryCode == "000000" ? "000001" : "000000";
        for (var time = 0; time < 5; time++)
            Assert.Null(await site.Records.FindAsync(first.Number, wrong));

        Assert.Null(await site.Records.FindAsync(first.Number, first.QueryCode!));
        Assert.NotNull(await site.Records.FindAsync(second.Number!, second.QueryCode!));
        Assert.Null(await site.Records.FindAsync("20260302-1234567-0", "123456"));
        await site.GoToAsync(site.Silo.Clock.GetUtcNow().AddDays(1));
        Assert.NotNull(await site.Records.FindAsync(first.Number, first.QueryCode!));
    }

    [Fact]
    public async Task A_case_without_a_code_is_shown_for_none()
    {
        await using var site = await CaseSite.OpenAsync();
        var answer = await site.DoAsync(CaseSecrets.NewId(), Clerk, new OpenCase(Complaint()));
        Assert.Null(answer.QueryCode);
        Assert.Null(await site.Records.FindAsync(answer.Number!, ""));
        Assert.Null(await site.Records.FindAsync(answer.Number!, "000000"));
    }

    private static Task<CaseAnswer> OpenAsync(CaseSite site) =>
        site.Case(CaseSecrets.NewId()).Perform(new CaseRequest(new OpenCase(Complaint()), Clerk) { WithQueryCode = true });
}
