using Feedback.Domain.Audit;
using Feedback.Domain.Checkpoints;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Checkpoints;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Verification;
using Feedback.Grains.Windows;
using Feedback.Storage;
using Feedback.Storage.Checkpoints;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Feedback.Grains.Tests.Checkpoints;

/// <summary>A journal of real events in a real file, with checkpoints beside it.</summary>
internal sealed class AttestedSite : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CheckpointKey _key = CheckpointKey.Generate();
    private IHost? _host;

    public static readonly StreamName WindowOne = StreamName.Window(new NodeId("n11"));

    public FakeTimeProvider Clock { get; } = new(Some.Morning);

    public string JournalFile => _folder["journal.db"];

    public string Checkpoints => _folder["checkpoints"];

    public CheckpointKey Key => _key;

    public IJournal Journal => Host.Services.GetRequiredService<IJournal>();

    private IHost Host => _host ?? throw new InvalidOperationException("Nothing runs here.");

    public static async Task<AttestedSite> OpenAsync()
    {
        var site = new AttestedSite();
        await site.StartAsync();
        return site;
    }

    public async Task StartAsync(Action<IServiceCollection>? add = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSqliteJournal(JournalFile);
        builder.Services.AddSingleton(_key);
        builder.Services.AddSingleton<ICheckpointFiles>(new CheckpointDirectory(Checkpoints));
        builder.Services.AddSingleton<CheckpointMaker>();
        add?.Invoke(builder.Services);
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task StopAsync()
    {
        await Host.StopAsync();
        await ((IAsyncDisposable)Host).DisposeAsync();
        _host = null;
    }

    /// <summary>A maker of another silo, or one that begins anew.</summary>
    public CheckpointMaker NewMaker(string? directory = null) => new(Journal, new CheckpointDirectory(directory ?? Checkpoints), _key, Clock);

    public Task<Checkpoint?> MakeAsync() => Host.Services.GetRequiredService<CheckpointMaker>().MakeAsync(TimeSpan.Zero);

    /// <summary>Appends rows of one to three events to every stream, a second apart.</summary>
    public async Task FillAsync(int rows)
    {
        for (var row = 0; row < rows; row++)
        {
            foreach (var stream in new[] { StreamName.Organisation, StreamName.Keys, StreamName.Audit, WindowOne, StreamName.Window(new NodeId("n12")), StreamName.Window(new NodeId("n13")) })
                await AppendAsync(stream, 1 + ((row + stream.Value.Length) % 3));
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    public async Task AppendAsync(StreamName stream, int events = 1)
    {
        var (tail, now) = (await Journal.TailAsync(stream), Clock.GetUtcNow().ToUnixTimeMilliseconds());
        var elements = Enumerable.Range(0, events).Select(i => EventText.Write(EventOf(stream, tail.Version + 1 + i, now))).ToList();
        await Journal.WriteAsync(new JournalUnit { Append = new Append(stream, tail.Next(elements, now)) });
    }

    /// <summary>Verifies a journal's file as another process does.</summary>
    public async Task<VerificationReport> VerifyAsync(string? file = null, string? directory = null, string? publicKey = null, bool copies = false)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock);
        services.AddSqliteJournal(file ?? JournalFile);
        await using var provider = services.BuildServiceProvider();
        using var trust = CheckpointTrust.Parse(publicKey ?? _key.PublicText());
        var journal = provider.GetRequiredService<IJournal>();
        var check = new CheckpointCheck(journal, new CheckpointDirectory(directory ?? Checkpoints), trust, Clock) { AreCopies = copies };
        return await new ChainVerification(journal, check).RunAsync(progress: null);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await StopAsync();
        _key.Dispose();
        _folder.Dispose();
    }

    private static JournalEvent EventOf(StreamName stream, long version, long now) =>
        stream == StreamName.Organisation ? new NodeRenamed { Salt = EventMint.NewSalt(), Node = new NodeId("n5"), Code = $"w-{version}", Zh = "窗", En = "W", From = new DateOnly(2026, 4, 1) }
        : stream == StreamName.Keys ? new KeyRevoked { Salt = EventMint.NewSalt(), Key = $"k{version}", At = now }
        : stream == StreamName.Audit ? new AuditRecorded { Salt = EventMint.NewSalt(), Act = "key.revoked", Actor = "account:lin", Target = $"k{version}", At = now }
        : new EvaluationExcluded { Salt = EventMint.NewSalt(), Evaluation = version, Reason = "self-rating", At = now };
}
