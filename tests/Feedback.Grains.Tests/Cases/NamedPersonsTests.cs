using Feedback.Domain.Cases;
using Feedback.Grains.Cases;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Cases.CaseSite;

namespace Feedback.Grains.Tests.Cases;

/// <summary>Who is complained of is told when it becomes known.</summary>
public sealed class NamedPersonsTests
{
    [Fact]
    public async Task The_leader_of_whoever_is_named_loses_the_case_reads_nothing_more_and_supervision_is_asked_for_another_owner()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync(actor: Head);
        Assert.Null((await site.Records.ReadTextsAsync((await site.Records.FindAsync(id))!, Head, contact: false)).Refusal);
        Assert.Equal(Head.Name, (await site.Rows.FindAsync(id))!.Owner);

        var named = await site.MustAsync(id, Clerk, new NamePersons([Places.Staff]));

        Assert.Equal([Places.Staff], named.Persons);
        Assert.Null(named.Owner);
        Assert.Null((await site.Rows.FindAsync(id))!.Owner);
        Assert.Equal("recused", (await site.Records.ReadTextsAsync((await site.Records.FindAsync(id))!, Head, contact: false)).Refusal!.Code);
        Assert.Equal("recused", (await site.DoAsync(id, Head, new NamePersons([]))).Refusal!.Code);
        await site.WorkAsync();
        Assert.Contains(site.Told, notice => notice.Kind == CaseNoticeKind.OwnerWanted && notice.Case == id);
        await site.Silo.AssertCleanAsync();
    }

    [Fact]
    public async Task A_code_that_nobody_has_names_nobody()
    {
        await using var site = await CaseSite.OpenAsync();
        var id = await site.OpenCaseAsync();
        var refused = (await site.DoAsync(id, Clerk, new NamePersons([Places.Staff, "s-99"]))).Refusal!;
        Assert.Equal(("staff-unknown", "about", "s-99"), (refused.Code, refused.Field, refused.Value));
        Assert.Empty((await site.StateAsync(id)).Persons);
    }
}
