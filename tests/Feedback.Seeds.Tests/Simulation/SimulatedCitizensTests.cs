using System.Net;
using Feedback.Seeds.Simulation;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Seeds.Tests.Simulation;

public sealed class SimulatedCitizensTests
{
    private static readonly string[] Kinds = ["complaint", "suggestion", "question", "praise"];
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-03-02T01:00:00Z"));
    private readonly Forms _server = new();

    // Ten hours, minute by minute.
    private async Task<SimulatedCitizens> RunAsync()
    {
        var citizens = new SimulatedCitizens(new HttpClient(_server) { BaseAddress = new Uri("http://hall.example") }, SimulatedPlace.Of(["n7", "n8"]), 6, seed: 1, _clock);
        using var stop = new CancellationTokenSource();
        return await Task.Run(async () =>
        {
            var running = citizens.RunAsync(stop.Token);
            for (var minute = 0; minute < 600; minute++)
            {
                _clock.Advance(TimeSpan.FromMinutes(1));
                await Task.Yield();
            }

            await stop.CancelAsync();
            await running;
            return citizens;
        });
    }

    [Fact]
    public async Task They_file_now_and_then_some_without_a_contact_each_under_an_id_of_its_own()
    {
        var citizens = await RunAsync();

        Assert.InRange(_server.Sent.Count, 30, 90);
        Assert.Equal(_server.Sent.Count, citizens.Filed);
        Assert.All(_server.Sent, form => Assert.True(Kinds.Contains(form["kind"]) && form["place"] is "n7" or "n8" && form["words"].Length > 5));
        Assert.Equal(_server.Sent.Count, _server.Sent.Select(form => form["id"]).Distinct().Count());
        Assert.Contains(_server.Sent, form => form["contact"].Length == 0);
        Assert.Contains(_server.Sent, form => form["contact"].Length == 11);
    }

    [Fact]
    public async Task A_server_that_is_away_or_refuses_ends_nothing()
    {
        _server.Answer = number => number % 2 == 0 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : throw new HttpRequestException("away");

        var citizens = await RunAsync();

        Assert.True(_server.Sent.Count > 30);
        Assert.Equal(0, citizens.Filed);
    }

    private sealed class Forms : HttpMessageHandler
    {
        public List<Dictionary<string, string>> Sent { get; } = [];

        public Func<int, HttpResponseMessage> Answer { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.OK);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent.Add((await request.Content!.ReadAsStringAsync(cancellationToken)).Split('&').Select(part => part.Split('='))
                .ToDictionary(part => part[0], part => WebUtility.UrlDecode(part[1])));
            return Answer(Sent.Count);
        }
    }
}
