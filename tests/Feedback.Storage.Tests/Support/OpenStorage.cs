using Feedback.Grains.Days;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Feedback.Storage.Tests.Support;

/// <summary>The storage of one running silo.</summary>
internal sealed class OpenStorage(IHost host) : IAsyncDisposable
{
    public IJournal Journal => Get<IJournal>();

    public IJournalProbe Probe => Get<IJournalProbe>();

    public IDayStore Days => Get<IDayStore>();

    public IPersonalStore Personal => Get<IPersonalStore>();

    public IDerivedTables Derived => Get<IDerivedTables>();

    public static async Task<OpenStorage> StartAsync(Action<IServiceCollection> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        add(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new OpenStorage(host);
    }

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}
