using System.Net;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

public sealed class FenceTests
{
    [Fact]
    public async Task Two_activations_of_one_window_take_turns_and_every_client_gets_its_receipt_at_the_first_try()
    {
        await using var servers = await TwoServers.StartAsync();

        for (var n = 0; n < 20; n++)
        {
            // Whoever wrote last was the other one: what this one knows of the stream is old each time.
            var (status, text) = await servers.PushAsync(n % 2, Some.Evaluation("n2").ToJsonString());
            Assert.True(status == HttpStatusCode.Created, text);
        }

        Assert.Equal(20, await HeadAsync(servers));
    }

    [Fact]
    public async Task A_claim_sent_to_both_at_once_is_stored_once_and_both_answer_with_the_same_receipt()
    {
        await using var servers = await TwoServers.StartAsync();

        for (var n = 0; n < 10; n++)
        {
            var body = Some.Evaluation("n2").ToJsonString();
            var answers = await Task.WhenAll(servers.PushAsync(0, body), servers.PushAsync(1, body));

            Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.OK, answer.Text));
            Assert.Equal(answers[0].Text, answers[1].Text);
        }

        Assert.Equal(10, await HeadAsync(servers));
    }

    private static async Task<long> HeadAsync(TwoServers servers)
    {
        var stream = StreamName.Window(new NodeId("n2"));
        return (await servers.Services(0).GetRequiredService<IJournal>().HeadsAsync([stream]))[stream];
    }
}
