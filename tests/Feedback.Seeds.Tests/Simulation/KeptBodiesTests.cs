using System.Net;
using System.Text.Json;
using Feedback.Seeds.Tests.Support;
using Xunit;

namespace Feedback.Seeds.Tests.Simulation;

/// <summary>What was acknowledged is kept for a week, and sent again when the server's database begins another life.</summary>
public sealed class KeptBodiesTests
{
    private readonly SimulationRun _run = new();
    private string? _generation = "first";

    public KeptBodiesTests() => _run.Server.Answer = (number, _) => Task.FromResult(Answered(_run.Server.Pushes[number - 1]));

    [Fact]
    public async Task All_of_it_is_sent_again_unchanged_matters_first()
    {
        var counts = await _run.UntilAsync(() =>
        {
            if (_run.Server.Count >= 40)
                _generation = "second";
            return _run.Windows.Counts.KnownAgain >= 39;
        });

        var (single, batches) = (_run.Server.Pushes.Where(push => !IsBatch(push)).ToList(), _run.Server.Pushes.Where(IsBatch).ToList());
        Assert.Equal([true, false], batches.Select(push => push.IsMatter));
        var again = batches.SelectMany(push => push.Body.EnumerateArray().Select(body => body.GetRawText())).ToList();
        Assert.Equal(again.Count, counts.KnownAgain);
        Assert.Equal(single.Take(again.Count).Select(push => push.Text).Order(), again.Order());
        Assert.Equal((0, 0, counts.Accepted), (counts.Refused, counts.Unknown, counts.Sent));
    }

    [Fact]
    public async Task While_the_life_stays_the_same_or_is_not_told_nothing_is_sent_again()
    {
        _generation = null;
        await _run.UntilAsync(() =>
        {
            if (_run.Server.Count >= 20)
                _generation = "told";
            return _run.Server.Count >= 40;
        });

        Assert.DoesNotContain(_run.Server.Pushes, IsBatch);
    }

    [Fact]
    public async Task What_the_server_cannot_take_yet_is_sent_again_with_a_later_answer()
    {
        var busy = true;
        _run.Server.Answer = (number, _) =>
        {
            var push = _run.Server.Pushes[number - 1];
            return Task.FromResult(IsBatch(push) && busy ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : Answered(push));
        };

        var counts = await _run.UntilAsync(() =>
        {
            if (_run.Server.Count >= 40)
                _generation = "second";
            busy = _run.Server.Pushes.Count(IsBatch) < 4;
            return _run.Windows.Counts.KnownAgain >= 39;
        }, SimulationRun.Steady with { Tries = 1 });

        Assert.True(counts.KnownAgain >= 39);
        Assert.Equal(0, counts.Unknown);
    }

    [Fact]
    public async Task What_is_older_than_a_week_is_not_kept()
    {
        var pace = SimulationRun.Steady with { EventsPerMinute = 0.01 };
        var counts = await _run.UntilAsync(() =>
        {
            // A day and more between two events.
            _run.Clock.Advance(TimeSpan.FromHours(30));
            if (_run.Server.Count >= 40)
                _generation = "second";
            return _run.Windows.Counts.KnownAgain > 0;
        }, pace);

        Assert.InRange(counts.KnownAgain, 1, 30);
    }

    private static bool IsBatch(Push push) => push.Body.ValueKind == JsonValueKind.Array;

    private HttpResponseMessage Answered(Push push)
    {
        var answer = IsBatch(push)
            ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"accepted":0,"duplicates":{{push.Body.GetArrayLength()}},"rejected":[],"receipts":[]}""") }
            : new HttpResponseMessage(HttpStatusCode.Created) { Content = new StringContent("{}") };
        if (_generation is not null)
            answer.Headers.Add("Feedback-Generation", _generation);
        return answer;
    }
}
