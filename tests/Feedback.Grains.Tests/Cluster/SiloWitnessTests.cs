using System.Net;
using Feedback.Grains.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Xunit;

namespace Feedback.Grains.Tests.Cluster;

/// <summary>Silos that are asked about another one, with real Orleans between them.</summary>
public sealed class SiloWitnessTests
{
    private static readonly SiloAddress Gone = SiloAddress.New(IPAddress.Loopback, 1, 7);

    [Fact]
    public async Task Each_silo_answers_for_itself()
    {
        await using var cluster = await StartAsync(_ => true);
        var witnesses = cluster.Silos[0].ServiceProvider.GetRequiredService<ISiloWitnesses>();

        foreach (var silo in cluster.Silos)
            Assert.Equal(silo.Name == "Silo_1", await witnesses.IsShutAsync(silo.SiloAddress, Gone));
    }

    [Fact]
    public async Task A_silo_of_a_release_that_has_no_witness_says_so()
    {
        await using var cluster = await StartAsync(name => name == "Silo_0");
        var silos = cluster.Silos.ToDictionary(silo => silo.Name);

        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() =>
            silos["Silo_0"].ServiceProvider.GetRequiredService<ISiloWitnesses>().IsShutAsync(silos["Silo_1"].SiloAddress, Gone));
    }

    // Orleans makes the address of a grain service of this name, and not of its alias: another one would not be found on a silo of the release before.
    [Fact]
    public void Silos_of_two_releases_find_each_others_witness_by_a_name_that_stays() =>
        Assert.Equal("Feedback.Grains.Cluster.ISiloWitness", typeof(ISiloWitness).FullName);

    // The second silo finds the door shut, the first does not.
    private static async Task<InProcessTestCluster> StartAsync(Func<string, bool> hasWitness)
    {
        var builder = new InProcessTestClusterBuilder(2);
        (builder.Options.ConfigureFileLogging, builder.Options.InitializeClientOnDeploy) = (false, false);
        builder.ConfigureSilo((options, silo) =>
        {
            silo.Services.AddSingleton<ISiloDoors>(new Doors(options.SiloName == "Silo_1")).AddSingleton<ISiloWitnesses, SiloWitnesses>();
            if (hasWitness(options.SiloName))
                silo.AddGrainService<SiloWitness>();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private sealed class Doors(bool shut) : ISiloDoors
    {
        public Task<bool> IsShutAsync(SiloAddress silo) => Task.FromResult(shut && silo.Equals(Gone));
    }
}
