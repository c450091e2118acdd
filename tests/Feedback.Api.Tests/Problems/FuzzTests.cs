using System.Text;
using Feedback.Api.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Problems;

/// <summary>Bodies mutated at random from a fixed seed: whatever comes, the answer is a 2xx or a problem of the client's.</summary>
[Collection(OneSite.Name)]
public sealed class FuzzTests(RunningSite site)
{
    private const int Bodies = 5000;
    private const int Tasks = 8;
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(1, Client.Evaluations, "application/json")]
    [InlineData(2, Client.Evaluations, "application/cloudevents+json")]
    [InlineData(3, Client.Matters, "application/json")]
    public async Task No_mutated_body_is_answered_with_a_5xx_or_a_stack_trace(int seed, string path, string mediaType)
    {
        var hall = await site.NewHallAsync();
        var sources = Sources(hall.Window, path, mediaType).Select(text => Encoding.UTF8.GetBytes(text)).ToArray();
        var odd = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(task => Task.Run(async () =>
        {
            var mutation = new Mutation(new Random((seed * 1000) + task), sources);
            for (var i = 0; i < Bodies / 3 / Tasks && odd.Count < 5; i++)
            {
                var body = mutation.Next();
                var start = Wait.Clock.GetTimestamp();
                var answer = await site.Client.PushAsync(body, path, mediaType);
                if (!IsFine(answer) || Wait.Clock.GetElapsedTime(start) > Hang)
                    odd.Add($"{answer.Status} {answer.Text}\n{Convert.ToBase64String(body)}\n{Encoding.UTF8.GetString(body)}");
            }
        })));

        Assert.Empty(odd);
        Assert.Equal(201, (await site.Client.PushAsync(Some.Evaluation(hall.Window))).Status);
        await site.VerifyAsync();
    }

    private static bool IsFine(Answer answer) =>
        answer.Status is (>= 200 and < 300) or (>= 400 and < 500)
        && answer.MediaType == (answer.Status < 300 ? "application/json" : "application/problem+json")
        && !answer.Text.Contains("Exception", StringComparison.Ordinal)
        && !answer.Text.Contains(" at Feedback.", StringComparison.Ordinal)
        && answer.Json is not null;

    private static IEnumerable<string> Sources(string window, string path, string mediaType)
    {
        if (path == Client.Matters)
        {
            yield return Some.Matter(window).With(("staff", "a"), ("serviceItem", "b"), ("source", "c")).ToJsonString();
            yield return Some.Array([Some.Matter(window), Some.Matter(window)]).ToJsonString();
            yield break;
        }

        var full = mediaType == "application/json"
            ? Some.Evaluation(window).Raw("dimensions", """{"attitude":5,"style":1},"matter":"M1","comment":"好\n😀 \u00e9","reasons":["a","b"],"staff":"s","language":"zh-CN","source":"q" """)
            : Some.CloudEvent(window).With(("extension", "x"), ("datacontenttype", "application/json")).ToJsonString();
        yield return full;
        yield return $"[{full},{full}]";
    }
}
