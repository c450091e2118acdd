using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Journal;

public sealed class MetricsTests
{
    [Theory, EveryDatabase]
    public async Task Commits_conflicts_and_the_queue_are_told(Database database)
    {
        await using var place = await Place.NewAsync(database);
        await using var silo = await place.OpenAsync();
        var sums = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        var meters = silo.Get<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Add(instrument, 1));
        listener.Start();

        await silo.Journal.AppendAsync(Some.Stream(), (1, 1), (1, 2), (1, 3));
        await Assert.ThrowsAsync<VersionConflictException>(() => silo.Journal.WriteAsync(StreamTail.Of(Some.Stream()).Unit(Some.Stream())));

        Assert.Equal(3, sums["feedback.journal.commit.size"]);
        Assert.Equal(4, sums["feedback.journal.commit.duration"]);
        Assert.Equal(1, sums["feedback.journal.conflicts"]);
        listener.RecordObservableInstruments();
        Assert.Equal(0, sums["feedback.journal.queue.length"]);

        void Add(Instrument instrument, double value) => sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
    }
}
