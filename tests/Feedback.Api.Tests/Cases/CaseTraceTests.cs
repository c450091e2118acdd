using Feedback.Api.Tests.Access.Matrix;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>What is written down of who tries what with cases.</summary>
[Collection(OneAccessWorld.Name)]
public sealed class CaseTraceTests(AccessWorld world) : IDisposable
{
    private readonly Asker _asker = new(world.Site.Url);

    [Fact]
    public async Task Whoever_is_recused_and_tries_leaves_a_trace()
    {
        var (head, id) = (Caller("hall-manager of a hall"), await world.NewCaseAsync(world.Own, await world.Site.NewStaffAsync()));
        world.Audit.TakeRefusals();

        Assert.Equal(403, (await PostAsync(head, $"{id}/steps/note-progress", """{"words":"已说明","told":true}""")).Status);

        var noted = Assert.Single(world.Audit.TakeRefusals());
        Assert.Equal((Acts.CaseRecused, head.Actor, id, world.Own.Window, "recused", true), (noted.Act, noted.Actor, noted.Target, noted.Node!.Value.Value, noted.Reason, noted.Refused));
    }

    [Fact]
    public async Task Whoever_takes_down_what_is_said_against_themselves_leaves_a_trace_and_no_case()
    {
        var (clerk, accounts) = (Caller("case-officer of a hall"), world.Site.Service<IAccounts>());
        var name = clerk.Actor["account:".Length..];
        var code = await world.Site.NewStaffAsync();
        await accounts.SetStaffAsync(name, code);
        world.Audit.TakeRefusals();

        var filed = await PostAsync(clerk, "", $$"""{"id":"own-1","kind":"complaint","channel":"window","node":"{{world.Own.Window}}","words":"等了三个小时","about":["{{code}}"]}""");
        await accounts.SetStaffAsync(name, null);

        Assert.Equal(403, filed.Status);
        var noted = Assert.Single(world.Audit.TakeRefusals());
        Assert.Equal((Acts.CaseRecused, clerk.Actor, world.Own.Window, "recused", true), (noted.Act, noted.Actor, noted.Target, noted.Reason, noted.Refused));
    }

    [Fact]
    public async Task Whoever_tries_a_case_of_others_leaves_a_trace_and_whoever_tries_none_leaves_none()
    {
        var (officer, id) = (Caller("case-officer of a hall"), await world.NewCaseAsync(world.Foreign));
        world.Audit.TakeRefusals();

        var foreign = await PostAsync(officer, $"{id}/steps/categorise", """{"category":"other"}""");
        var noted = Assert.Single(world.Audit.TakeRefusals());
        var missing = await PostAsync(officer, "qAAAAAAAAAAAAAAAAAAAAAA/steps/categorise", """{"category":"other"}""");

        Assert.Equal((404, missing.Text), (foreign.Status, foreign.Text));
        Assert.Equal(("case-step", officer.Actor, id, "case-elsewhere"), (noted.Act, noted.Actor, noted.Target, noted.Reason));
        Assert.Empty(world.Audit.TakeRefusals());
    }

    [Fact]
    public async Task A_contact_that_was_told_is_written_down_with_its_reason()
    {
        var (officer, id) = (Caller("case-officer of a hall"), await world.NewCaseAsync(world.Own));
        world.Audit.TakeActs();

        var told = await PostAsync(officer, $"{id}/contact", """{"reason":"回访投诉人核实，请拨 13912345678"}""");

        var act = Assert.Single(world.Audit.TakeActs());
        Assert.Contains("13800000000", told.Text, StringComparison.Ordinal);
        Assert.Equal((Acts.CaseContactTold, officer.Actor, id), (act.Act, act.Actor, act.Target));
        Assert.StartsWith("回访投诉人核实", act.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("13912345678", act.Reason, StringComparison.Ordinal);
    }

    public void Dispose() => _asker.Dispose();

    private AccessCaller Caller(string name) => world.Callers.Single(caller => caller.Name == name);

    private Task<Answered> PostAsync(AccessCaller caller, string path, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{path}".TrimEnd('/')) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        return _asker.AskAsync(request, caller);
    }
}
