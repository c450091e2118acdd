using System.Globalization;
using Feedback.Api.Intake;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Api.Tests.Intake;

public sealed class PushGateTests
{
    private static readonly TimeSpan TooLong = PushGate.LongestOfCrowd + TimeSpan.FromMilliseconds(1);
    private readonly FakeTimeProvider _clock = new();
    private long _queued;

    [Fact]
    public void While_work_has_its_turn_soon_a_crowd_is_let_in()
    {
        var gate = NewGate(gate => gate.Seen());

        Assert.Equal(PushGate.Most, Enter(gate, PushGate.Most + 10));
    }

    [Fact]
    public void While_work_waits_long_only_a_few_are_let_in_until_it_has_its_turn_soon_again()
    {
        var gate = NewGate(_ => { });
        Assert.Equal(1, Enter(gate, 1));
        _clock.Advance(TooLong);

        Assert.Equal(PushGate.Always - 1, Enter(gate, 1000));
        gate.Seen();
        // What had its turn had waited too long; what comes next does not, and a moment later that is believed.
        for (var look = 0; look < 2; look++)
        {
            Assert.Equal(0, Enter(gate, 1));
            gate.Seen();
            _clock.Advance(PushGate.Span);
        }

        Assert.Equal(1000, Enter(gate, 1000));
    }

    [Fact]
    public void Whoever_leaves_makes_room_for_another()
    {
        var gate = NewGate(_ => { });
        Enter(gate, 1);
        _clock.Advance(TooLong);
        Enter(gate, 1000);

        gate.Leave();

        Assert.Equal(1, Enter(gate, 10));
    }

    [Fact]
    public void A_crowd_that_comes_at_once_is_let_in_although_it_has_to_wait()
    {
        var gate = NewGate(_ => { });
        Enter(gate, 300);
        _clock.Advance(PushGate.LongestOfCrowd);

        Assert.Equal(1000, Enter(gate, 1000));
    }

    [Fact]
    public void When_work_has_had_to_wait_for_a_second_as_many_are_let_in_as_were_answered_within_a_tenth_of_one()
    {
        var gate = Overloaded();

        Assert.Equal(0, Enter(gate, 1000));
        gate.Leave();
        Assert.Equal(1, Enter(gate, 1000));
    }

    [Fact]
    public void Where_work_waits_three_times_as_long_as_it_may_a_third_of_those_are_let_in()
    {
        var gate = Overloaded(crowd: 3000);
        _clock.Advance(3 * PushGate.Longest);
        for (var answered = 0; answered < 1200; answered++)
            gate.Leave();

        // Twelve hundred in three tenths of a second are four hundred in one.
        Assert.Equal(133, Enter(gate, 1000));
    }

    [Fact]
    public void After_that_a_calm_moment_makes_no_crowd_of_what_comes_next_but_five_calm_seconds_do()
    {
        var gate = Overloaded();
        for (var answered = 0; answered < 120; answered++)
            gate.Leave();

        Assert.Equal(PushGate.Always, EnterAfter(gate, calm: 3));
        Assert.Equal(1000, EnterAfter(gate, calm: PushGate.Calm + 1));
    }

    [Fact]
    public void A_long_queue_is_too_much_after_two_looks_although_nobody_saw_how_long_it_takes()
    {
        var gate = NewGate(gate => gate.Seen());
        _clock.Advance(TimeSpan.FromSeconds(10));
        Enter(gate, 1000);
        _queued = PushGate.LongQueue;
        for (var look = 0; look < 2; look++)
        {
            // Nobody had his turn for much longer than a span.
            _clock.Advance(4 * PushGate.Span);
            Assert.Equal(look == 0 ? 1 : 0, Enter(gate, 1));
        }

        Assert.Equal(0, Enter(gate, 1000));
    }

    [Fact]
    public void Whoever_waits_for_a_database_or_another_silo_waits_for_no_processor()
    {
        var gate = NewGate(gate => gate.Seen());
        _clock.Advance(TimeSpan.FromSeconds(10));
        Enter(gate, 1000);
        for (var span = 0; span <= PushGate.Patience; span++)
        {
            _clock.Advance(PushGate.Span);
            Enter(gate, 1);
        }

        Assert.Equal(1000, Enter(gate, 1000));
    }

    [Fact]
    public void Work_that_waits_in_every_other_span_has_to_wait_on_end()
    {
        var gate = NewGate(_ => { });
        _clock.Advance(TimeSpan.FromSeconds(10));
        Enter(gate, 300);
        for (var span = 0; span <= PushGate.Patience; span++)
        {
            var waits = span % 2 == 0 ? PushGate.Short * 2 : TimeSpan.Zero;
            _clock.Advance(waits);
            gate.Seen();
            _clock.Advance(PushGate.Span - waits);
            Enter(gate, 1);
        }

        Assert.Equal(0, Enter(gate, 1000));
    }

    [Fact]
    public void While_somebody_is_turned_away_what_comes_next_is_no_crowd_although_nothing_waits()
    {
        var gate = Overloaded();
        var entered = 0;
        for (var span = 0; span < 2 * PushGate.Calm; span++)
        {
            for (var answered = 0; answered < 25; answered++)
                gate.Leave();
            entered = Enter(gate, 1000);
            gate.Seen();
            _clock.Advance(PushGate.Span);
        }

        Assert.Equal(25, entered);
    }

    // Work waited for a second on end, while a crowd was answered in each span; those of a tenth of a second are in.
    private PushGate Overloaded(int crowd = 300)
    {
        var gate = NewGate(_ => { });
        _clock.Advance(TimeSpan.FromSeconds(10));
        Enter(gate, crowd);
        for (var span = 0; span < PushGate.Patience; span++)
        {
            _clock.Advance(PushGate.Short + TimeSpan.FromMilliseconds(1));
            gate.Seen();
            for (var answered = 0; answered < crowd; answered++)
                gate.Leave();
            _clock.Advance(PushGate.Span - PushGate.Short - TimeSpan.FromMilliseconds(1));
            Enter(gate, crowd);
        }

        return gate;
    }

    // How many of a thousand get in while work waits for half a second, after so many spans in which it did not wait. All leave again.
    private int EnterAfter(PushGate gate, int calm)
    {
        for (var span = 0; span < calm; span++)
        {
            _clock.Advance(PushGate.Span);
            gate.Seen();
            Enter(gate, 1);
            gate.Seen();
            gate.Leave();
        }

        Enter(gate, 1);
        _clock.Advance(PushGate.LongestOfCrowd / 2);
        var entered = 1 + Enter(gate, 999);
        gate.Seen();
        for (var one = 0; one < entered; one++)
            gate.Leave();
        return entered;
    }

    [Fact]
    public void Whoever_waits_for_more_of_its_body_keeps_nobody_out()
    {
        var gate = NewGate(_ => { });
        Enter(gate, PushGate.Always);
        _clock.Advance(TooLong);
        Assert.Equal(0, Enter(gate, 1));

        gate.StepAside();

        Assert.Equal(1, Enter(gate, 10));
        gate.StepBack();
        gate.Leave();
        Assert.Equal(0, Enter(gate, 1));
    }

    [Theory]
    [InlineData(1, 100, 1)]
    [InlineData(90, 100, 1)]
    [InlineData(250, 100, 3)]
    [InlineData(100_000, 100, 5)]
    [InlineData(3, 0, 3)]
    public async Task Who_is_turned_away_is_told_to_come_again_the_later_the_more_are(int turnedAway, int answered, int seconds)
    {
        var gate = Overloaded();
        Enter(gate, 1000);
        gate.Seen();
        _clock.Advance(PushGate.Span);
        Assert.Equal(0, Enter(gate, turnedAway));
        for (var one = 0; one < answered; one++)
            gate.Leave();
        gate.Seen();
        _clock.Advance(PushGate.Span);

        Enter(gate, 1000);

        await using var services = new ServiceCollection().AddMetrics().AddSingleton<IntakeMeter>().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        await gate.PassAsync(http, _ => throw new InvalidOperationException("It was let in."));
        Assert.Equal((503, seconds.ToString(CultureInfo.InvariantCulture)), (http.Response.StatusCode, http.Response.Headers.RetryAfter.ToString()));
    }

    private PushGate NewGate(Action<PushGate> queue) => new(_clock, queue, () => _queued);

    private static int Enter(PushGate gate, int pushes) => Enumerable.Range(0, pushes).Count(_ => gate.TryEnter());
}
