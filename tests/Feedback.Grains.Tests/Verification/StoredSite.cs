using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Personal;
using Feedback.Grains.Tests.Support;
using Feedback.Grains.Verification;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Grains.Tests.Verification;

/// <summary>
/// A site that a silo has left in good order, to be copied: window n7 holds yesterday's rating, one with comment and matter, its
/// exclusion, a sign-in, a rating whose comment was erased, and the erasure; all days are stored.
/// </summary>
public sealed class StoredSite : IAsyncLifetime
{
    private readonly Site _site = new();

    async Task IAsyncLifetime.InitializeAsync()
    {
        var silo = await _site.StartAsync();
        await Places.OpenAsync(silo);
        await silo.SubmitAsync(Places.Window, Some.Rating("a", at: Some.Morning.AddDays(-1)));
        await silo.SubmitAsync(Places.Window, Some.Rating("b", matter: "m-1", comment: "等了很久"));
        await silo.Window(Places.Window).SetExcluded(2, excluded: true, "self-rating");
        await silo.Window(Places.Window).SetStaff(Places.Staff);
        await silo.SubmitAsync(Places.Window, Some.Rating("c", comment: "请删除", matter: "m-2"));
        await silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        await EraseAsync(silo);
        await _site.StopAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => _site.DisposeAsync().AsTask();

    /// <summary>A copy of its journal.</summary>
    internal StoredCopy Copy() => new(_site);

    private static async Task EraseAsync(RunningSilo silo)
    {
        var (version, happened) = (await silo.EventsAsync(Places.Window))[^1];
        var reference = ((EvaluationAccepted)happened).Comment!.Ref;
        var tail = StreamTail.After((await silo.RowsAsync(Places.Window))[^1]);
        var erased = new PersonalTextErased { Salt = Opaque.FromBytes(new byte[16]), Of = version, Ref = reference, Reason = "asked", At = tail.At };
        await silo.Journal.WriteAsync(new JournalUnit
        {
            Append = new Append(StreamName.Window(Places.Window), tail.Next([EventText.Write(erased)], tail.At)),
            Erasure = new Erasure([reference], []),
        });
    }
}

/// <summary>A journal's file that may be spoilt.</summary>
internal sealed class StoredCopy : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Site _site;

    public StoredCopy(Site site)
    {
        _site = site;
        File.Copy(site.Journal, JournalFile);
    }

    private string JournalFile => _folder["journal.db"];

    public void Edit(string sql) => SqliteFile.Edit(JournalFile, sql);

    /// <summary>Verifies as another process does: it has never seen what was there before, and asks no grain.</summary>
    /// <param name="ledger">The ledger beside it; null for none that must be whole.</param>
    public async Task<VerificationReport> VerifyAsync(IErasureLedger? ledger = null)
    {
        await using var provider = Provider(ledger);
        return await ActivatorUtilities.CreateInstance<JournalVerification>(provider).RunAsync(ask: null, progress: null);
    }

    /// <summary>Follows the texts of the window as if its last event had been stored after the stream was read.</summary>
    public async Task<IReadOnlyList<Finding>> FollowBehindAsync()
    {
        await using var provider = Provider(null);
        var (journal, findings, window) = (provider.GetRequiredService<IJournal>(), new List<Finding>(), StreamName.Window(Places.Window));
        var check = new PersonalCheck(journal, provider.GetRequiredService<IPersonalStore>(), provider.GetRequiredService<PersonalCipher>(), findings);
        foreach (var (version, happened) in (await journal.ReadAsync(window, 0, 100)).SelectMany(row => EventText.Read(row)).SkipLast(1))
            await check.TakeAsync(window, version, happened);
        await check.FinishAsync();
        return findings;
    }

    public void Dispose() => _folder.Dispose();

    private ServiceProvider Provider(IErasureLedger? ledger)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(new FakeTimeProvider(Some.Morning));
        services.AddSqliteJournal(JournalFile).AddFeedbackGrains(_site.Secrets);
        services.AddSingleton<IGrainFactory>(_ => throw new InvalidOperationException("No grain is asked."));
        if (ledger is not null)
            services.AddSingleton(ledger);
        return services.BuildServiceProvider();
    }
}
