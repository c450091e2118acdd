using Feedback.Api.Cases;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Cases;
using Feedback.Domain.Personal;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>What is kept of a citizen in a case is told whole.</summary>
[Collection(OneSite.Name)]
public sealed class CaseExportTests(RunningSite site)
{
    [Fact]
    public async Task Everything_said_and_attached_is_told_with_the_events_and_after_an_erasure_only_the_events()
    {
        var hall = await site.NewHallAsync();
        using var officer = await CaseWorker.SignInAsync(site, $"case-officer@{hall.Id}");
        var filed = await officer.FileAsync(CaseWorker.Filing(hall.Window));
        var id = new CaseId((string)filed["id"]!);
        Assert.Equal(201, (await officer.SendFileAsync($"cases/{id}/files?id=f-1", SomeFile.Png, "image/png")).Status);
        await officer.AnswerAsync(id.Value, "已致歉");

        var told = (await ExportAsync(id))!;

        Assert.Equal((id.Value, (string)filed["number"]!), (told.Case, told.Number));
        Assert.Equal(["contact", "file", "note", "text", "words"], told.Texts.Select(text => text.What).Order(StringComparer.Ordinal));
        Assert.Equal("等了三个小时，无人接待", told.Texts.Single(text => text.What == "text").Text);
        Assert.Equal("已致歉", told.Texts.Single(text => text.What == "words").Text);
        Assert.Contains("13912345678", told.Texts.Single(text => text.What == "contact").Text, StringComparison.Ordinal);
        Assert.Equal(SomeFile.Png, Convert.FromBase64String(told.Texts.Single(text => text.What == "file").File!));
        Assert.Equal("case.opened", (string)told.Events[0].Event["kind"]!);
        Assert.Equal(Enumerable.Range(1, told.Events.Count).Select(version => (long)version), told.Events.Select(one => one.Version));

        Assert.Null((await site.Service<IGrainFactory>().GetGrain<ICaseGrain>(id.Value).Erase(ErasureCause.Asked, "asked")).Refusal);
        var left = (await ExportAsync(id))!;
        Assert.All(left.Texts, text => Assert.Equal((null, null), (text.Text, text.File)));
        Assert.Equal(told.Events.Count + 5, left.Events.Count);
        Assert.Null(await ExportAsync(CaseSecrets.NewId()));
    }

    private Task<ExportedCase?> ExportAsync(CaseId id) => ExportedCase.OfAsync(id, site.Service<CaseRecords>(), site.Service<IJournal>());
}
