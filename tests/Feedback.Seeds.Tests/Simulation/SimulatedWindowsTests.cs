using System.Net;
using System.Net.Http.Headers;
using Feedback.Seeds.Simulation;
using Xunit;

namespace Feedback.Seeds.Tests.Simulation;

public sealed class SimulatedWindowsTests
{
    private readonly SimulationRun _run = new();

    private static Task<HttpResponseMessage> Answered(HttpStatusCode status, string body = "") =>
        Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });

    [Fact]
    public async Task What_is_answered_201_is_accepted()
    {
        var counts = await _run.UntilAsync(() => _run.Windows.Counts.Accepted >= 20);

        Assert.Equal((0, 0, 0, 0, null), (counts.Repeated, counts.Refused, counts.Unknown, counts.Retries, counts.LastProblem));
        Assert.Equal(_run.Server.Count, counts.Accepted);
    }

    [Fact]
    public async Task An_overloaded_server_gets_the_very_same_body_again_after_the_pause_it_asked_for()
    {
        var times = new List<DateTimeOffset>();
        _run.Server.Answer = (number, _) =>
        {
            times.Add(_run.Clock.GetUtcNow());
            var busy = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7)) } };
            return number == 1 ? Task.FromResult(busy) : Answered(HttpStatusCode.Created);
        };

        var counts = await _run.UntilAsync(() => _run.Windows.Counts.Accepted >= 1);

        var pushes = _run.Server.Pushes;
        Assert.Equal(pushes[0].Text, pushes[1].Text);
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(7));
        Assert.Equal(1, counts.Retries);
    }

    [Fact]
    public async Task Pauses_double_up_to_the_longest()
    {
        var times = new List<DateTimeOffset>();
        _run.Server.Answer = (_, _) =>
        {
            times.Add(_run.Clock.GetUtcNow());
            return Answered(HttpStatusCode.ServiceUnavailable);
        };
        var pace = SimulationRun.Steady with { Tries = 5, FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(4) };

        var counts = await _run.UntilAsync(() => _run.Windows.Counts.Unknown >= 1, pace);

        Assert.Equal([1, 2, 4, 4], times.Take(5).Zip(times.Skip(1), (a, b) => (int)(b - a).TotalSeconds).Take(4));
        Assert.Equal(4, counts.Retries);
        Assert.Contains("503", counts.LastProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_lost_answer_the_event_is_known_as_repeated()
    {
        _run.Server.Answer = (number, _) => number == 1
            ? throw new HttpRequestException("The connection was cut.")
            : Answered(number == 2 ? HttpStatusCode.OK : HttpStatusCode.Created);

        var counts = await _run.UntilAsync(() => _run.Windows.Counts.Repeated >= 1);

        Assert.Equal(_run.Server.Pushes[0].Text, _run.Server.Pushes[1].Text);
        Assert.Equal((1, 1), (counts.Repeated, counts.Retries));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_asked_again()
    {
        _run.Server.Answer = async (number, cancellation) =>
        {
            if (number == 1)
                await Task.Delay(Timeout.InfiniteTimeSpan, _run.Clock, cancellation);
            return new HttpResponseMessage(HttpStatusCode.Created);
        };

        var counts = await _run.UntilAsync(() => _run.Windows.Counts.Accepted >= 1);

        Assert.Equal(_run.Server.Pushes[0].Text, _run.Server.Pushes[1].Text);
        Assert.Contains("no answer", counts.LastProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_event_is_not_sent_again()
    {
        _run.Server.Answer = (_, _) => Answered(HttpStatusCode.Unauthorized, """{"code":"key-invalid"}""");

        var counts = await _run.UntilAsync(() => _run.Windows.Counts.Refused >= 10);

        Assert.Equal(0, counts.Retries);
        Assert.Equal(counts.Refused, _run.Server.Pushes.Select(push => push.Text).Distinct().Count());
        Assert.Contains("key-invalid", counts.LastProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_ends_what_is_under_way_with_an_unknown_outcome()
    {
        _run.Server.Answer = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _run.Clock, cancellation);
            return new HttpResponseMessage(HttpStatusCode.Created);
        };

        var counts = await _run.UntilPushesAsync(1, SimulationRun.Steady with { Patience = TimeSpan.FromDays(1) });

        Assert.Equal((1, 1), (counts.Unknown, counts.Sent));
    }

    [Fact]
    public async Task No_more_visits_are_under_way_than_allowed()
    {
        _run.Server.Answer = async (_, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromHours(1), _run.Clock, cancellation);
            return new HttpResponseMessage(HttpStatusCode.Created);
        };
        var start = _run.Clock.GetUtcNow();
        var pace = SimulationRun.Steady with { MostAtOnce = 3, Patience = TimeSpan.FromHours(2) };

        await _run.UntilAsync(() => _run.Clock.GetUtcNow() - start >= TimeSpan.FromMinutes(5), pace);

        Assert.Equal(3, _run.Server.Count);
    }

    [Fact]
    public void A_pace_that_is_not_positive_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatedWindows(
            new HttpClient(), "fbd_key", new SimulatedPlace([], []), new SimulationPace { EventsPerMinute = 0 }, _run.Clock));
}
