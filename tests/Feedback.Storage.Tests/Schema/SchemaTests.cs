using Dapper;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Schema;

public sealed class SchemaTests
{
    [Theory, EveryDatabase]
    public async Task Applied_twice_it_changes_nothing(Database database)
    {
        await using var place = await Place.NewAsync(database);
        string generation;
        await using (var silo = await place.OpenAsync())
        {
            generation = await silo.Journal.GenerationAsync();
            await silo.Journal.AppendAsync(Some.Stream(), (1, 1));
        }

        await using var again = await place.OpenAsync();

        Assert.Equal(generation, await again.Journal.GenerationAsync());
        Assert.Equal(1, (await again.Journal.HeadsAsync([Some.Stream()]))[Some.Stream()]);
    }

    [Theory, EveryDatabase]
    public async Task Silos_that_start_at_once_agree_on_one_schema_and_one_generation(Database database)
    {
        await using var place = await Place.NewAsync(database);

        var silos = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => place.OpenAsync())));

        var generations = await Task.WhenAll(silos.Select(silo => silo.Journal.GenerationAsync()));
        Assert.Single(generations.Distinct());
        foreach (var silo in silos)
            await silo.DisposeAsync();
    }

    [Theory, EveryDatabase]
    public async Task A_script_that_changed_after_it_was_applied_is_refused(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using (await place.OpenAsync())
        {
        }

        await using (var connection = await place.ConnectAsync())
            await connection.ExecuteAsync("update schema_scripts set checksum = 'x' where number = 1");

        await Assert.ThrowsAsync<InvalidOperationException>(() => place.OpenAsync());
    }
}
