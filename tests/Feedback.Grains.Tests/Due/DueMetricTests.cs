using System.Diagnostics.Metrics;
using Xunit;

namespace Feedback.Grains.Tests.Due;

/// <summary>The figures of the work that waits.</summary>
public sealed class DueMetricTests
{
    [Fact]
    public async Task How_much_is_due_how_late_it_is_and_what_became_of_it_is_told()
    {
        await using var site = await DueSite.OpenAsync();
        var factory = site.Silo.Get<IMeterFactory>();
        var (seen, told) = (new Dictionary<string, double>(), new Lock());
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter is { Name: "Feedback.Due" } meter && meter.Scope == factory)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = instrument.Name + string.Concat(tags.ToArray().Select(tag => $" {tag.Value}"));
            lock (told)
                seen[name] = instrument.IsObservable || instrument is Histogram<double> ? value : seen.GetValueOrDefault(name) + value;
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        var held = site.Keeper.Hold("slow");
        await site.WriteAsync(TimeSpan.FromSeconds(-7), "slow");
        await site.WriteAsync("{}", TimeSpan.FromSeconds(-7), "unknown");

        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(3));
        listener.RecordObservableInstruments();
        Assert.Equal((1, 10), (seen["feedback.due.waiting"], seen["feedback.due.late"]));
        held.Open();
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(2));
        listener.RecordObservableInstruments();

        Assert.Equal((0, 0), (seen["feedback.due.waiting"], seen["feedback.due.late"]));
        Assert.Equal(8, seen["feedback.due.lag test.book"]);
        Assert.Equal((1, 1), (seen["feedback.due.performed test.book done"], seen["feedback.due.performed unknown unknown"]));
    }
}
