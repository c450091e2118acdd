using Feedback.Grains.Due;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Feedback.Grains.Tests.Due;

/// <summary>Work is performed when its time has come, and once.</summary>
public sealed class DueGrainTests
{
    [Fact]
    public async Task A_command_is_performed_within_five_seconds_of_its_time_and_not_before()
    {
        await using var site = await DueSite.OpenAsync();
        var keys = Enumerable.Range(0, 40).Select(i => $"k-{i}").ToArray();
        var due = site.Silo.Clock.GetUtcNow() + TimeSpan.FromSeconds(10.5);
        await site.WriteAsync(TimeSpan.FromSeconds(10.5), keys);

        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Empty(site.Keeper.Calls);
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(5.5));

        Assert.Equal(keys.Order(), site.Keeper.Keys.Order());
        Assert.All(site.Keeper.Calls, call => Assert.InRange(call.At, due, due + TimeSpan.FromSeconds(5)));
        Assert.Empty(await site.WaitingAsync());
        foreach (var key in keys)
            Assert.Equal(1, await Bookkeeper.BookedAsync(site.Silo.Journal, key));
    }

    [Fact]
    public async Task Work_that_lies_in_the_future_wakes_nobody()
    {
        await using var site = await DueSite.OpenAsync();
        await site.WriteAsync(TimeSpan.FromDays(1), [.. Enumerable.Range(0, 100).Select(i => $"k-{i}")]);
        var (looks, readings) = (site.Queue.Looks, site.Queue.Readings);

        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.InRange(site.Queue.Looks, looks + 1, looks + 30);
        Assert.Equal(readings, site.Queue.Readings);
    }

    [Fact]
    public async Task A_command_that_fails_comes_again_after_growing_pauses_and_holds_up_no_other()
    {
        await using var site = await DueSite.OpenAsync();
        var (first, others) = OfOneShard(30);
        site.Keeper.On(first, times => times <= 4 ? throw new InvalidOperationException("Not now.") : Task.FromResult<DueOutcome?>(null));
        await site.WriteAsync(TimeSpan.Zero, first);
        await site.WriteAsync(TimeSpan.FromSeconds(1), others);

        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(others.Order(), site.Keeper.Keys.Where(key => key != first).Order());
        Assert.Equal(2, Assert.Single(await site.WaitingAsync()).Tries);
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(20));

        // The first look finds it; then pauses of 1, 2, 4 and 8 seconds follow.
        var calls = site.Keeper.Calls.Where(call => call.Key == first).Select(call => call.At).ToList();
        Assert.Equal([1, 2, 4, 8], calls.Skip(1).Zip(calls, (later, earlier) => (int)(later - earlier).TotalSeconds));
        Assert.Empty(await site.WaitingAsync());
        Assert.Equal(1, await Bookkeeper.BookedAsync(site.Silo.Journal, first));
    }

    [Fact]
    public async Task Commands_that_hang_hold_up_no_other_and_come_again()
    {
        await using var site = await DueSite.OpenAsync();
        var (first, others) = OfOneShard(30);
        string[] hanging = [first, .. others[..9]];
        var never = new TaskCompletionSource();
        foreach (var key in hanging)
        {
            site.Keeper.On(key, async times =>
            {
                if (times == 1)
                    await never.Task;
                return null;
            });
        }

        await site.WriteAsync(TimeSpan.Zero, hanging);
        await site.WriteAsync(TimeSpan.FromSeconds(1), others[9..]);
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(8));

        Assert.Equal(hanging.Order(), (await site.WaitingAsync()).Select(work => work.Due.Key).Order());
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(70));
        Assert.Empty(await site.WaitingAsync());
    }

    [Fact]
    public async Task A_command_whose_time_has_not_come_after_all_is_put_off_and_that_is_no_failure()
    {
        await using var site = await DueSite.OpenAsync();
        var later = site.Now + 20_000;
        site.Keeper.On("k", times => Task.FromResult<DueOutcome?>(times == 1 ? DueOutcome.Again(later, "the year is not known") : null));
        await site.WriteAsync(TimeSpan.Zero, "k");

        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(3));
        var waiting = Assert.Single(await site.WaitingAsync());
        Assert.Equal((later, 0), (waiting.Due.At, waiting.Tries));
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(2, site.Keeper.Calls.Count);
        Assert.Empty(await site.WaitingAsync());
    }

    [Theory]
    [InlineData("""{"command":"of.tomorrow"}""")]
    [InlineData("nothing that can be read")]
    [InlineData("""["command"]""")]
    public async Task A_command_that_this_release_does_not_know_stays_and_is_told_once(string command)
    {
        var logged = new Collected();
        await using var site = await DueSite.OpenAsync(services => services.AddLogging(logging => logging.AddProvider(logged)));
        await site.WriteAsync(command, TimeSpan.Zero, "k-1", "k-2");
        await site.WriteAsync(TimeSpan.Zero, "known");

        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(["known"], site.Keeper.Keys);
        for (var minute = 0; minute < 3; minute++)
            await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(61));

        Assert.Equal([(command, 0), (command, 0)], (await site.WaitingAsync()).Select(work => (work.Due.Command, work.Tries)));
        Assert.Single(logged.Lines, line => line.Contains("does not know the command", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_commands_of_one_shard_are_all_performed_once()
    {
        await using var site = await DueSite.OpenAsync();
        var (first, others) = OfOneShard(200);
        await site.WriteAsync(TimeSpan.Zero, [first, .. others]);

        await site.AllDoneAsync();

        Assert.Equal(200, site.Keeper.Calls.Count);
        Assert.Equal(200, site.Keeper.Keys.Distinct().Count());
    }

    [Fact]
    public async Task Work_goes_on_when_the_journal_takes_nothing_for_a_while()
    {
        await using var site = await DueSite.OpenAsync();
        for (var i = 0; i < 3; i++)
            site.Silo.Journal.RefuseNext(DueSite.IsSettling);
        await site.WriteAsync(TimeSpan.Zero, "k");

        await site.AllDoneAsync();

        Assert.Equal(4, site.Keeper.Calls.Count);
        Assert.Equal(1, await Bookkeeper.BookedAsync(site.Silo.Journal, "k"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(9, 256)]
    [InlineData(10, 300)]
    [InlineData(1_000_000, 300)]
    public void Pauses_grow_to_five_minutes(int failures, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), RetryPause.After(failures));

    private static (string First, string[] Others) OfOneShard(int count)
    {
        var keys = Enumerable.Range(0, int.MaxValue).Select(i => $"k-{i}").Where(key => DueCommand.ShardOf(key) == 3).Take(count).ToArray();
        return (keys[0], keys[1..]);
    }

    private sealed class Collected : ILoggerProvider, ILogger
    {
        private readonly Lock _adding = new();
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_adding)
                    return [.. _lines];
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_adding)
                _lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
