using Feedback.Domain.Audit;
using Feedback.Domain.Journal;
using Feedback.Grains.Audit;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Feedback.Grains.Tests.Support;
using Feedback.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Feedback.Grains.Tests.Audit;

/// <summary>A process that writes the audit trail of a real file, with a clock of its own and faults on the way.</summary>
internal sealed class Trail : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _stopped;

    private Trail(string file)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSqliteJournal(file);
        var journal = builder.Services.Last(service => service.ServiceType == typeof(IJournal));
        builder.Services.AddSingleton<IJournal>(provider => new FaultyJournal((IJournal)journal.ImplementationFactory!(provider), new Activity()));
        builder.Services.AddFeedbackGrains(BureauSecrets.Generate());
        _host = builder.Build();
    }

    public FakeTimeProvider Clock { get; } = new(Some.Morning);

    public FaultyJournal Journal => (FaultyJournal)_host.Services.GetRequiredService<IJournal>();

    public AuditTrail Audit => _host.Services.GetRequiredService<AuditTrail>();

    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<Trail> StartAsync(string file)
    {
        var trail = new Trail(file);
        await trail._host.StartAsync();
        return trail;
    }

    public static bool IsAudit(JournalUnit unit) => unit.Append?.Stream == StreamName.Audit;

    /// <summary>The entries as they are stored.</summary>
    public async Task<IReadOnlyList<AuditRecorded>> EntriesAsync() => [.. (await RowsAsync()).SelectMany(EventText.Read).Select(one => (AuditRecorded)one.Happened)];

    public Task<IReadOnlyList<JournalRow>> RowsAsync() => Journal.ReadAsync(StreamName.Audit, 0, 10_000);

    /// <summary>Waits until so many entries are stored.</summary>
    public Task HoldsAsync(int entries) => Until.HoldsAsync($"{entries} entries are stored", async () => (await EntriesAsync()).Count == entries);

    /// <summary>Stops in good order; what is stored can still be read.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        await _host.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
