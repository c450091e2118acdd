using Dapper;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Storage.Journal;
using Feedback.Storage.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Storage.Tests.Journal;

public sealed class VitalsTests
{
    [Theory, EveryDatabase]
    public async Task A_journal_tells_its_last_commit_and_how_many_units_lost_their_version(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync(new JournalLimits { Waiting = 50 });
        var vitals = silo.Get<IJournalVitals>();
        Assert.Null(vitals.Read().CommittedAt);

        await silo.Journal.AppendAsync(Some.Stream(), (1, 1));
        await Assert.ThrowsAsync<VersionConflictException>(() => silo.Journal.WriteAsync(StreamTail.Of(Some.Stream()).Unit(Some.Stream())));

        var told = vitals.Read();
        Assert.Equal((0, 50, 1, null, false), (told.Waiting, told.MostWaiting, told.Conflicts, told.FailingSince, told.NeedsRestart));
        Assert.Equal(silo.Get<TimeProvider>().GetUtcNow(), told.CommittedAt);
        Assert.Equal(TimeSpan.Zero, told.Oldest);
    }

    [Theory, EveryDatabase]
    public async Task The_oldest_unit_without_an_answer_is_told_by_its_age_whether_it_waits_or_is_being_stored(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        await silo.Journal.AppendAsync(Some.Stream(), (1, 1));
        var (clock, vitals) = ((FakeTimeProvider)silo.Get<TimeProvider>(), silo.Get<IJournalVitals>());

        // Somebody else keeps the journal from being written.
        await using var connection = await place.ConnectAsync();
        await using var blocking = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(database == Database.Postgres ? "lock table journal in exclusive mode" : "update meta set value = value", transaction: blocking);
        var write = silo.Journal.WriteAsync(StreamTail.Of(Some.Stream(2)).Unit(Some.Stream(2)));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), vitals.Read().Oldest);

        await blocking.RollbackAsync();
        await write;
        Assert.Equal(TimeSpan.Zero, vitals.Read().Oldest);
    }

    [Fact]
    public async Task A_journal_that_cannot_commit_tells_since_when_until_it_can_again()
    {
        await using var place = await Place.NewAsync(Database.Sqlite);
        await using var silo = await place.OpenAsync();
        await silo.Journal.AppendAsync(Some.Stream(), (1, 1));
        var (clock, vitals) = ((FakeTimeProvider)silo.Get<TimeProvider>(), silo.Get<IJournalVitals>());
        var since = clock.GetUtcNow();

        await using (var connection = await place.ConnectAsync())
        {
            await using var blocking = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync("update meta set value = value", transaction: blocking);
            await Assert.ThrowsAnyAsync<Exception>(() => silo.Probe.CommitAsync());
            clock.Advance(TimeSpan.FromSeconds(5));
            await Assert.ThrowsAnyAsync<Exception>(() => silo.Probe.CommitAsync());
            Assert.Equal(since, vitals.Read().FailingSince);
            await blocking.RollbackAsync();
        }

        await silo.Probe.CommitAsync();
        Assert.Null(vitals.Read().FailingSince);
        Assert.Equal(clock.GetUtcNow(), vitals.Read().CommittedAt);
    }
}
