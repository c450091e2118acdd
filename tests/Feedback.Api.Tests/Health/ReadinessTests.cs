using Feedback.Api.Health;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Api.Tests.Health;

public sealed class ReadinessTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly FakeJournal _journal = new();
    private readonly FakeMembership _members = new();
    private readonly FakeBureau _bureau = new();
    private readonly ApplicationLifetime _host = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly Readiness _readiness;

    public ReadinessTests() => _readiness = new Readiness(_journal, _journal, _bureau, _members, _members, new Draining(TimeSpan.Zero, _host, _clock), _clock);

    [Fact]
    public async Task A_silo_whose_journal_commits_is_ready()
    {
        Assert.Null(await CodeAsync());
        Assert.Null(_readiness.Known);
        Assert.Null(_readiness.Hopeless);
    }

    [Fact]
    public async Task A_journal_that_refuses_makes_the_silo_unready_at_once_and_ready_again_when_it_commits()
    {
        _journal.Fails(new JournalBusyException());
        Assert.Equal("not-ready", await CodeAsync());

        _journal.Commits();
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Null(await CodeAsync());
    }

    [Fact]
    public async Task A_journal_that_hangs_makes_the_silo_unready_within_a_second_and_is_not_asked_twice()
    {
        var held = _journal.Hangs();

        var first = CodeAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(first.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("not-ready", await first);
        var second = CodeAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("not-ready", await second);
        Assert.Equal(1, _journal.Asked);

        held.SetResult();
        Assert.Null(await CodeAsync());
    }

    [Fact]
    public async Task Those_who_ask_within_a_quarter_of_a_second_share_one_transaction()
    {
        await CodeAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(249));
        await CodeAsync();
        Assert.Equal(1, _journal.Asked);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(CodeAsync(), CodeAsync());
        Assert.Equal(2, _journal.Asked);
    }

    [Theory]
    [InlineData(SiloStatus.Joining)]
    [InlineData(SiloStatus.ShuttingDown)]
    [InlineData(SiloStatus.Dead)]
    public async Task A_silo_that_is_no_active_member_is_not_ready_however_well_its_journal_commits(SiloStatus status)
    {
        _members.Status = status;

        Assert.Equal("not-member", await CodeAsync());
        Assert.Equal(0, _journal.Asked);
    }

    [Fact]
    public async Task A_silo_that_is_about_to_stop_is_not_ready()
    {
        _host.StopApplication();

        Assert.Equal("draining", await CodeAsync());
    }

    [Fact]
    public async Task A_silo_that_never_read_the_organisation_is_not_ready_until_it_has()
    {
        (_bureau.IsLoaded, _bureau.Fails) = (false, true);
        Assert.Equal("not-loaded", await CodeAsync());

        _bureau.Fails = false;
        Assert.Null(await CodeAsync());
    }

    [Fact]
    public async Task What_only_a_new_start_mends_is_told_by_both_checks()
    {
        _journal.Fails(new IOException());
        _journal.Vitals = JournalVitals.Fresh with { FailingSince = _clock.GetUtcNow(), NeedsRestart = true };

        Assert.Equal("restart-needed", await CodeAsync());
        Assert.Equal("restart-needed", _readiness.Hopeless?.Code);
    }

    private async Task<string?> CodeAsync() => (await _readiness.CheckAsync(CancellationToken.None))?.Code;

    private sealed class FakeBureau : IBureau
    {
        public bool IsLoaded { get; set; } = true;

        public bool Fails { get; set; }

        public BureauState Current => BureauState.Empty;

        public Task<BureauState> RefreshAsync()
        {
            if (Fails)
                return Task.FromException<BureauState>(new JournalBusyException());
            IsLoaded = true;
            return Task.FromResult(Current);
        }

        public Task<BureauState> DecideAsync(StreamName stream, Func<BureauState, Decision> decide) => throw new NotSupportedException();
    }
}
