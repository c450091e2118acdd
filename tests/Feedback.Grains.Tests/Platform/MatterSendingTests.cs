using Feedback.Domain.Platform;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Platform;
using Feedback.Grains.ServiceMatters;
using Feedback.Grains.Tests.Support;
using Xunit;
using static Feedback.Grains.Tests.Platform.PlatformSite;

namespace Feedback.Grains.Tests.Platform;

/// <summary>What the platform gets of matters.</summary>
public sealed class MatterSendingTests
{
    [Fact]
    public async Task A_service_matter_is_sent_as_it_stands_and_again_when_it_went_on()
    {
        await using var site = await PlatformSite.OpenAsync(Usual with
        {
            Mappings = Mapping(PlatformKind.Matters, Rule(PlatformKind.Matters, "stage"), Rule(PlatformKind.Matters, "item"), Rule(PlatformKind.Matters, "visits")),
        });
        var secrets = site.Silo.Get<MatterSecrets>();
        var id = secrets.IdOf(Places.Hall, "330102-2026-000051");
        await PerformAsync(site, id, new AcceptMatter(Places.Hall, "permit", secrets.HashOf("330102-2026-000051"), Online: false, [], null));
        await site.SendAllAsync();
        Assert.Equal(("matters", """{"stage":"open","item":"permit","visits":1}"""), (site.Platform.Items[id.Value].Kind, site.Platform.Items[id.Value].Data.ToJsonString()));

        await PerformAsync(site, id, new CompleteMatter("granted"));
        await site.SendAllAsync();
        Assert.Single(site.Platform.Requests);
        await site.Silo.JumpAsync(PlatformPlan.MattersPeriod);
        await site.SendAllAsync();

        Assert.Equal("completed", (string?)site.Platform.Items[id.Value].Data["stage"]);
        Assert.Equal((2, 0), (site.Platform.Requests.Count, site.Platform.Doubles.Count));
        Assert.Equal([new ReportedDay(Some.Monday, PlatformKind.Matters, 1, null, null, null)], await site.Store.DaysAsync(Some.Monday));
    }

    [Fact]
    public async Task A_finished_matter_is_sent_and_its_number_only_where_it_is_asked_for()
    {
        var mappings = Mapping(PlatformKind.Finished, Rule(PlatformKind.Finished, "serviceItem"), Rule(PlatformKind.Finished, SourceFields.MatterNumber))
            .Add(PlatformKind.Evaluations, new ItemMapping(PlatformKind.Evaluations, [Rule(PlatformKind.Evaluations, "grade")]));
        await using var site = await PlatformSite.OpenAsync(Usual with { Mappings = mappings });
        await site.Silo.SubmitAsync(Places.Window, Some.Finished("330102-7"), Some.Rating("e-1", matter: "330102-7"));

        await site.SendAllAsync();

        Assert.Equal("""{"serviceItem":"permit","matterNumber":"330102-7"}""", site.Platform.Items.Values.Single(item => item.Kind == "finished").Data.ToJsonString());
        Assert.Equal("""{"grade":5}""", site.Platform.Items[IdOf("e-1")].Data.ToJsonString());
        Assert.Equal((1, 1), ((await site.Store.DaysAsync(Some.Monday))[0].Ours, (await site.Store.DaysAsync(Some.Monday))[1].Ours));
    }

    private static async Task PerformAsync(PlatformSite site, MatterId id, MatterCommand command)
    {
        MatterAnswer answer = default;
        await Until.HoldsAsync("it is done", async () =>
            (answer = await site.Silo.Get<IGrainFactory>().GetGrain<IMatterGrain>(id.Value).Perform(new MatterRequest(command, "account:li"))).Refusal is not { Retryable: true });
        Assert.Null(answer.Refusal);
    }
}
