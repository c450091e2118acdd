using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Tests.Support;
using Xunit;

namespace Feedback.Grains.Tests.Due;

/// <summary>However a silo ends while it performs a command, the command takes effect exactly once.</summary>
public sealed class DueCrashTests
{
    [Fact]
    public async Task The_silo_dies_before_the_handler_has_done_anything()
    {
        await using var site = await DueSite.OpenAsync();
        var held = site.Keeper.Hold("k");
        await site.WriteAsync(TimeSpan.Zero, "k");
        await ReachAsync(site, held);

        await site.Site.CrashAndRestartAsync();
        held.Open();

        await AssertOnceAsync(site, calls: 2);
    }

    [Fact]
    public async Task The_silo_dies_before_the_handlers_own_append_is_stored()
    {
        await using var site = await DueSite.OpenAsync();
        var held = site.Silo.Journal.HoldNext(unit => unit.Append?.Stream == Bookkeeper.Book("k"));
        await site.WriteAsync(TimeSpan.Zero, "k");
        await ReachAsync(site, held);

        await site.Site.CrashAndRestartAsync();

        await AssertOnceAsync(site, calls: 2);
    }

    [Fact]
    public async Task The_silo_dies_after_the_handlers_own_append_and_before_the_command_is_taken_away()
    {
        await using var site = await DueSite.OpenAsync();
        var held = site.Silo.Journal.HoldNext(DueSite.IsSettling);
        await site.WriteAsync(TimeSpan.Zero, "k");
        await ReachAsync(site, held);
        Assert.Equal(1, await Bookkeeper.BookedAsync(site.Silo.Journal, "k"));

        await site.Site.CrashAndRestartAsync();

        await AssertOnceAsync(site, calls: 2);
    }

    [Fact]
    public async Task The_silo_dies_when_the_command_is_taken_away_and_nobody_has_heard_of_it()
    {
        await using var site = await DueSite.OpenAsync();
        var held = new Gate();
        site.Silo.Journal.OnNext(DueSite.IsSettling, async write =>
        {
            await write();
            await held.PassAsync();
        });
        await site.WriteAsync(TimeSpan.Zero, "k");
        await ReachAsync(site, held);

        await site.Site.CrashAndRestartAsync();
        held.Open();

        await AssertOnceAsync(site, calls: 1);
    }

    [Fact]
    public async Task The_silo_dies_before_it_has_stored_that_a_command_failed()
    {
        await using var site = await DueSite.OpenAsync();
        site.Keeper.On("k", times => times == 1 ? throw new InvalidOperationException("Not now.") : Task.FromResult<DueOutcome?>(null));
        var held = site.Silo.Journal.HoldNext(DueSite.IsSettling);
        await site.WriteAsync(TimeSpan.Zero, "k");
        await ReachAsync(site, held);

        await site.Site.CrashAndRestartAsync();

        await AssertOnceAsync(site, calls: 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_not_known_whether_the_command_was_taken_away(bool stored)
    {
        await using var site = await DueSite.OpenAsync();
        if (stored)
            site.Silo.Journal.FailAfterNext(DueSite.IsSettling);
        else
            site.Silo.Journal.FailBeforeNext(DueSite.IsSettling);
        await site.WriteAsync(TimeSpan.Zero, "k");

        await AssertOnceAsync(site, calls: stored ? 1 : 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_not_known_whether_the_handlers_own_append_is_stored(bool stored)
    {
        await using var site = await DueSite.OpenAsync();
        bool IsBook(JournalUnit unit) => unit.Append?.Stream == Bookkeeper.Book("k");
        if (stored)
            site.Silo.Journal.FailAfterNext(IsBook);
        else
            site.Silo.Journal.FailBeforeNext(IsBook);
        await site.WriteAsync(TimeSpan.Zero, "k");

        await AssertOnceAsync(site, calls: 2);
    }

    [Fact]
    public async Task The_activation_ends_while_a_command_is_performed()
    {
        await using var site = await DueSite.OpenAsync();
        var held = site.Keeper.Hold("k");
        await site.WriteAsync(TimeSpan.Zero, "k");
        await ReachAsync(site, held);

        await site.Silo.DeactivateAsync(site.Silo.Get<IGrainFactory>().GetGrain<IDueGrain>($"due-{DueCommand.ShardOf("k")}"));
        // The next activation does not know that it is being performed.
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(2));
        held.Open();

        await AssertOnceAsync(site, calls: 2);
    }

    private static async Task ReachAsync(DueSite site, Gate held)
    {
        site.Silo.Clock.Advance(TimeSpan.FromSeconds(1));
        await held.ReachedAsync();
    }

    private static async Task AssertOnceAsync(DueSite site, int calls)
    {
        await site.AllDoneAsync();
        await site.Silo.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(1, await Bookkeeper.BookedAsync(site.Silo.Journal, "k"));
        Assert.Equal(calls, site.Keeper.Calls.Count);
    }
}
