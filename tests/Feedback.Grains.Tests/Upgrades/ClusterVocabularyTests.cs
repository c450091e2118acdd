using System.Text;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.TestingHost;
using Xunit;

namespace Feedback.Grains.Tests.Upgrades;

/// <summary>What may be written while silos of two releases form one cluster: what the oldest reads.</summary>
public sealed class ClusterVocabularyTests
{
    private static readonly EventVocabulary Vocabulary = new(["key.revoked/1"], ["key.praised/1"]);

    [Fact]
    public async Task A_new_kind_is_written_once_the_last_older_silo_is_gone()
    {
        var published = new Dictionary<string, string?> { ["Silo_0"] = "2", ["Silo_1"] = null, ["Silo_2"] = "2", ["Silo_3"] = "1" };
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((options, silo) =>
        {
            if (published[options.SiloName] is { } revision)
                silo.UseSiloMetadata(new Dictionary<string, string> { [ClusterVocabulary.VocabularyKey] = revision });
            else
                silo.UseSiloMetadata(new Dictionary<string, string> { ["version"] = "0.0.1" });
            silo.Services.AddSingleton(Vocabulary).AddSingleton<ClusterVocabulary>();
        });
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var vocabulary = Named("Silo_0").ServiceProvider.GetRequiredService<ClusterVocabulary>();

        // The second silo says nothing: it counts as the oldest release.
        await SettlesAsync(1);
        await cluster.StopSiloAsync(Named("Silo_1"));
        await SettlesAsync(2);
        await cluster.StartSiloAsync(2, cluster.Options);
        await SettlesAsync(2);
        await cluster.StartSiloAsync(3, cluster.Options);
        await SettlesAsync(1);

        InProcessSiloHandle Named(string name) => cluster.Silos.Single(silo => silo.Name == name);

        async Task SettlesAsync(int revision)
        {
            await cluster.WaitForLivenessToStabilizeAsync();
            await Wait.UntilAsync($"revision {revision} may be written", () => Task.FromResult(vocabulary.Revision == revision));
            Assert.Null(vocabulary.FindUnread(Row("key.revoked")));
            Assert.Equal(revision == 2 ? null : "key.praised/1", vocabulary.FindUnread(Row("key.praised")));
        }
    }

    [Theory]
    [InlineData(null, "2")]
    [InlineData(1, "1")]
    [InlineData(99, "2")]
    public void A_silo_publishes_what_it_reads_or_less_where_it_is_told_to(int? held, string vocabulary)
    {
        var published = ClusterVocabulary.Published(held);

        Assert.Equal(vocabulary, published[ClusterVocabulary.VocabularyKey]);
        Assert.Equal("3", published[ClusterVocabulary.FoldKey]);
    }

    private static JournalRow Row(string kind) =>
        new(1, 1, 0, JournalRow.Join([Encoding.UTF8.GetBytes($$"""{"kind":"{{kind}}","v":1,"salt":"AAECAwQFBgcICQoLDA0ODw"}""")]), default);
}
