using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Storage.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Storage.Tests.Journal;

/// <summary>The one place where an event that some silo cannot read yet is kept out of the journal.</summary>
public sealed class VocabularyTests
{
    [Theory, EveryDatabase]
    public async Task A_kind_that_some_silo_does_not_read_is_not_stored_until_it_does(Database database)
    {
        await using var place = await Place.NewAsync(database);
        var cluster = new HalfUpgraded();
        await using var silo = await place.OpenAsync(add: services => services.AddSingleton<IWrittenVocabulary>(cluster));
        var unit = StreamTail.Of(Some.Stream()).Unit(Some.Stream());

        var refused = await Assert.ThrowsAsync<UpgradeUnderWayException>(() => silo.Journal.WriteAsync(unit));
        Assert.True(refused is JournalBusyException { Refusal: { Code: "upgrade-under-way", Retryable: true } });
        Assert.Empty(await silo.Journal.StreamsAsync());

        cluster.IsDone = true;
        await silo.Journal.WriteAsync(unit);
        Assert.Equal(1, (await silo.Journal.HeadsAsync([Some.Stream()]))[Some.Stream()]);
    }

    private sealed class HalfUpgraded : IWrittenVocabulary
    {
        private static readonly EventVocabulary Vocabulary = new(["key.revoked/1"], ["some.thing/1"]);

        public bool IsDone { get; set; }

        public string? FindUnread(JournalRow row) => Vocabulary.UnreadIn(row, IsDone ? 2 : 1);
    }
}
