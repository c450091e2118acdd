using System.Globalization;
using System.Net;
using System.Text.Json;
using Feedback.Seeds.Simulation;
using Feedback.Seeds.Tests.Support;
using Xunit;

namespace Feedback.Seeds.Tests.Simulation;

/// <summary>Bounds, opening hours, and what goes wrong on purpose.</summary>
public sealed class SimulationFaultTests
{
    private readonly SimulationRun _run = new();

    public SimulationFaultTests() => _run.Server.Answer = (number, _) => Task.FromResult(Answered(_run.Server.Pushes[number - 1]));

    // As the service does: 201 for one, 200 with counts for many.
    private static HttpResponseMessage Answered(Push push) => push.Body.ValueKind == JsonValueKind.Array
        ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"accepted":{{push.Body.GetArrayLength()}},"duplicates":0,"rejected":[],"receipts":[]}""") }
        : new HttpResponseMessage(HttpStatusCode.Created) { Content = new StringContent("{}") };

    private IEnumerable<JsonElement> Events => _run.Server.Pushes.SelectMany(push => push.Body.ValueKind == JsonValueKind.Array ? [.. push.Body.EnumerateArray()] : new[] { push.Body });

    private static string IdOf(JsonElement body) => body.TryGetProperty("id", out var id) ? $"e {id}" : $"m {body.GetProperty("number")}";

    private static DateTimeOffset TimeOf(JsonElement body) => DateTimeOffset.Parse(
        (body.TryGetProperty("occurredAt", out var at) ? at : body.GetProperty("finishedAt")).GetString()!, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public async Task It_ends_after_exactly_so_many_events(int count)
    {
        var counts = await _run.ToItsEndAsync(SimulationRun.Steady with { Count = count });

        Assert.Equal((count, count), (counts.Accepted, counts.Sent));
    }

    [Fact]
    public async Task It_ends_after_so_long()
    {
        var start = _run.Clock.GetUtcNow();

        await _run.ToItsEndAsync(SimulationRun.Steady with { Duration = TimeSpan.FromMinutes(5) });

        // By what it sent: the clock of the test may have gone on when it notices the end.
        Assert.InRange(Events.Max(TimeOf) - start, TimeSpan.FromMinutes(4.95), TimeSpan.FromMinutes(5.01));
    }

    [Fact]
    public async Task Windows_that_were_offline_send_all_they_kept_in_bulk_and_with_its_own_times()
    {
        var pace = SimulationRun.Steady with { Count = 600, Faults = new SimulationFaults { OfflineShare = 0.4, OfflineFor = TimeSpan.FromSeconds(20) } };

        var counts = await _run.ToItsEndAsync(pace);

        Assert.Equal((600, 0, 0), (counts.Accepted, counts.Kept, counts.Unknown));
        Assert.Equal(600, Events.Select(IdOf).Distinct().Count());
        Assert.InRange(_run.Server.Pushes.Where(push => push.Body.ValueKind == JsonValueKind.Array).Sum(push => push.Body.GetArrayLength()), 120, 360);
    }

    [Fact]
    public async Task What_windows_still_keep_when_all_is_abandoned_is_told_as_never_sent()
    {
        var faults = new SimulationFaults { OfflineShare = 0.9, OfflineFor = TimeSpan.FromDays(1) };

        var counts = await _run.UntilAsync(() => _run.Windows.Counts.Kept >= 50, SimulationRun.Steady with { Faults = faults });

        Assert.True(counts.Kept >= 50);
        Assert.Equal(0, counts.Unknown);
    }

    [Fact]
    public async Task Of_a_batch_only_what_the_server_could_not_take_yet_is_sent_again()
    {
        var batches = new List<List<string>>();
        _run.Server.Answer = (number, _) =>
        {
            var push = _run.Server.Pushes[number - 1];
            if (push.Body.ValueKind != JsonValueKind.Array || push.Body.GetArrayLength() < 3)
                return Task.FromResult(Answered(push));
            batches.Add([.. push.Body.EnumerateArray().Select(IdOf)]);
            return Task.FromResult(batches.Count > 1 ? Answered(push) : new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent($$$"""
                    {"accepted":{{{push.Body.GetArrayLength() - 2}}},"duplicates":0,"receipts":[],"rejected":[
                      {"index":0,"id":"x","problem":{"code":"busy","title":"Busy","retryable":true}},
                      {"index":2,"id":"y","problem":{"code":"dimension-unknown","title":"No such dimension"}}]}
                    """),
            });
        };
        var pace = SimulationRun.Steady with { Count = 200, Faults = new SimulationFaults { OfflineShare = 0.5, OfflineFor = TimeSpan.FromSeconds(30) } };

        var counts = await _run.ToItsEndAsync(pace);

        Assert.Equal(199, counts.Accepted);
        Assert.Equal(1, counts.RefusedBy["dimension-unknown"]);
        Assert.Equal(1, counts.Retries);
        Assert.Equal(2, Events.Count(sent => IdOf(sent) == batches[0][0]));
        Assert.Equal(1, Events.Count(sent => IdOf(sent) == batches[0][2]));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"accepted":0,"duplicates":0}""")]
    [InlineData("""{"accepted":0,"duplicates":0,"rejected":[]}""")]
    [InlineData("""{"accepted":100000,"duplicates":0,"rejected":[]}""")]
    [InlineData("""{"accepted":0,"duplicates":0,"rejected":[null]}""")]
    public async Task A_batch_that_is_not_answered_event_by_event_is_sent_again_and_else_unknown(string answer)
    {
        _run.Server.Answer = (number, _) => Task.FromResult(_run.Server.Pushes[number - 1] is { Body.ValueKind: JsonValueKind.Array }
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) }
            : Answered(_run.Server.Pushes[number - 1]));
        var pace = SimulationRun.Steady with { Count = 200, Tries = 2, Faults = new SimulationFaults { OfflineShare = 0.5, OfflineFor = TimeSpan.FromSeconds(30) } };

        var counts = await _run.ToItsEndAsync(pace);

        var kept = _run.Server.Pushes.Where(push => push.Body.ValueKind == JsonValueKind.Array).ToList();
        Assert.All(kept.GroupBy(push => push.Text), batch => Assert.Equal(2, batch.Count()));
        Assert.Equal((200, kept.Sum(push => push.Body.GetArrayLength()) / 2), (counts.Sent, counts.Unknown));
    }

    [Fact]
    public async Task A_share_of_events_is_sent_again_as_it_stands()
    {
        await _run.ToItsEndAsync(SimulationRun.Steady with { Count = 500, Faults = new SimulationFaults { Duplicates = 0.2 } });

        var texts = _run.Server.Pushes.GroupBy(push => push.Text).ToList();
        Assert.Equal(500, texts.Count);
        Assert.All(texts, text => Assert.InRange(text.Count(), 1, 2));
        Assert.InRange(texts.Count(text => text.Count() == 2), 60, 140);
    }

    [Fact]
    public async Task Some_windows_have_clocks_that_are_wrong_by_ten_minutes_to_three_hours()
    {
        var start = _run.Clock.GetUtcNow();

        await _run.ToItsEndAsync(SimulationRun.Steady with { Count = 400, Faults = new SimulationFaults { WrongClocks = 0.5 } });

        var wrong = Events.Where(sent => TimeOf(sent) < start || TimeOf(sent) > _run.Clock.GetUtcNow()).ToList();
        Assert.InRange(wrong.Count, 80, 320);
        Assert.All(wrong, sent => Assert.InRange((TimeOf(sent) - start).Duration(), TimeSpan.FromMinutes(8), TimeSpan.FromHours(3.1)));
    }

    [Fact]
    public async Task Nothing_happens_outside_opening_hours()
    {
        // It begins at 09:00 in Shanghai.
        var pace = SimulationRun.Steady with { EventsPerMinute = 60, Duration = TimeSpan.FromHours(3), Hours = OpenHours.Parse("09:30-09:35,11:00-11:05") };

        await _run.ToItsEndAsync(pace);

        Assert.All(Events, sent => Assert.True(TimeOf(sent) is { Hour: 9, Minute: >= 30 and < 36 } or { Hour: 11, Minute: < 6 }));
        Assert.Contains(Events, sent => TimeOf(sent).Hour == 9);
        Assert.Contains(Events, sent => TimeOf(sent).Hour == 11);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("12:00-09:00")]
    [InlineData("09:00-12:00,11:00-13:00")]
    [InlineData("9-12")]
    public void Hours_that_are_none_are_refused(string text) => Assert.Throws<FormatException>(() => OpenHours.Parse(text));

    [Fact]
    public async Task Refusals_are_counted_by_their_code()
    {
        _run.Server.Answer = (number, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            Content = new StringContent(number % 3 == 0 ? "<html>" : """{"code":"grade-out-of-range"}"""),
        });

        var counts = await _run.ToItsEndAsync(SimulationRun.Steady with { Count = 30 });

        Assert.Equal((30, 10, 20), (counts.Refused, counts.RefusedBy["http-400"], counts.RefusedBy["grade-out-of-range"]));
    }

    [Fact]
    public async Task Latencies_are_told_as_quantiles()
    {
        _run.Server.Answer = async (number, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(number % 10 == 0 ? 2000 : 200), _run.Clock, cancellation);
            return new HttpResponseMessage(HttpStatusCode.Created);
        };

        var latency = (await _run.ToItsEndAsync(SimulationRun.Steady with { Count = 100 })).Latency;

        Assert.Equal(100, latency.Answered);
        // The clock here goes in leaps, so that an answer may be heard late, but never early.
        Assert.InRange(latency.P50!.Value, 200, latency.P90!.Value);
        Assert.InRange(latency.P99!.Value, 2000, latency.Max!.Value);
    }
}
