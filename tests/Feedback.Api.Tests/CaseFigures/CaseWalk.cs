using Feedback.Api.Cases;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Xunit;

namespace Feedback.Api.Tests.CaseFigures;

/// <summary>Walks cases of a hall from hand to hand.</summary>
internal sealed class CaseWalk(RunningSite site, OpenHall hall)
{
    public CaseActor Clerk { get; } = new("account:walker") { Handles = NodeScope.At(new NodeId(hall.Id)), Works = [new NodeId(hall.Id)] };

    public async Task<CaseId> OpenAsync(CaseKind kind = CaseKind.Question)
    {
        var id = CaseSecrets.NewId();
        await DoAsync(id, Clerk, new OpenCase(new CaseIntake
        {
            Number = "",
            Kind = kind,
            Channel = CaseChannel.Window,
            Node = new NodeId(hall.Window),
            Lead = CaseRoutes.ByRules,
        }), "等了三个小时", "13800000000");
        return id;
    }

    /// <summary>Opened, done, answered and closed.</summary>
    public async Task<CaseId> CloseAsync(CaseKind kind = CaseKind.Question)
    {
        var id = await OpenAsync(kind);
        await AnswerAsync(id);
        await DoAsync(id, Clerk, new CloseCase());
        return id;
    }

    public async Task AnswerAsync(CaseId id)
    {
        await DoAsync(id, Clerk, new HandleCase("done"), "已办理");
        await DoAsync(id, Clerk, new GiveFeedback("phone", FeedbackOutcome.Reached, null), "已电话答复");
    }

    public async Task DoAsync(CaseId id, CaseActor actor, CaseCommand command, string? words = null, string? contact = null) =>
        Assert.Null((await site.Service<CaseCalls>().PerformAsync(id, new CaseRequest(command, actor) { Words = words, Contact = contact, Id = Some.Id() })).Refusal);
}
