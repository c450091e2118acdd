using System.Diagnostics.Metrics;
using Feedback.Silo.Telemetry;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

/// <summary>How old the newest backup is, as alerts see it.</summary>
public sealed class BackupMeterTests : IDisposable
{
    private static readonly DateTimeOffset Newest = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_that_of_the_newest_one_that_was_finished()
    {
        Make("feedback-backup-20260301T020000Z", whole: true);
        Make("feedback-backup-20260302T020000Z", whole: true);
        Make("feedback-backup-20260303T020000Z", whole: false);
        Make("feedback-backup-20260304T020000Z.partial", whole: true);

        var before = Wait.Clock.GetUtcNow();
        var age = Assert.Single(await AgesAsync(_folder.Path));

        Assert.InRange(age, (before - Newest).TotalSeconds, (Wait.Clock.GetUtcNow() - Newest).TotalSeconds);
    }

    [Fact]
    public async Task Before_the_first_one_it_grows_from_the_start()
    {
        var before = Wait.Clock.GetUtcNow();
        var ages = new[] { Assert.Single(await AgesAsync(_folder.Path)), Assert.Single(await AgesAsync(_folder["missing"])) };

        Assert.All(ages, age => Assert.InRange(age, 0, (Wait.Clock.GetUtcNow() - before).TotalSeconds));
    }

    [Fact]
    public async Task A_silo_that_makes_none_tells_nothing() => Assert.Empty(await AgesAsync(null));

    private void Make(string name, bool whole)
    {
        Directory.CreateDirectory(_folder[name]);
        if (whole)
            File.WriteAllText(Path.Combine(_folder[name], "manifest.json"), "{}");
    }

    private static async Task<IReadOnlyList<double>> AgesAsync(string? directory)
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        await new BackupMeter(new BackupPlace(directory), meters, Wait.Clock).StartAsync(CancellationToken.None);
        var heard = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => heard.Add(value));
        listener.Start();
        listener.RecordObservableInstruments();
        return heard;
    }
}
