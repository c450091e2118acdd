using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Intake;

[Collection(OneSite.Name)]
public sealed class NeighbourTests(RunningSite site)
{
    private const int Callers = 16;
    private const int Each = 25;
    private static readonly int[] Created = [201];
    private static readonly int[] Refused = [400, 409];

    [Fact]
    public async Task One_callers_bad_value_never_fails_anothers_request_in_the_same_moment()
    {
        var hall = await site.NewHallAsync(windows: 4);
        string[] ugly =
        [
            "\"\\ud800\"", "6", "null", "\"5\"", "1e400", "[[[[[[[[[[[[[[[[[[", "{\"grade\":\"\\udfff\"}", "\"\\u0000\"", "5,\"dimensions\":{\"\\u0000\":5}", "5,\"reasons\":[\"\\ud800\"]",
        ];

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var statuses = new List<int>();
            var taken = Some.Evaluation(hall.Windows[caller % 4]);
            await site.Client.PushAsync(taken);
            for (var i = 0; i < Each; i++)
            {
                var evaluation = Some.Evaluation(hall.Windows[(caller + i) % 4]);
                var isBad = caller % 2 == 1;
                if (isBad && i % 2 == 0)
                    evaluation = taken; // also under an id that is known already, where the two are compared
                statuses.Add((await site.Client.PushAsync(isBad ? evaluation.Raw("grade", ugly[i % ugly.Length]) : evaluation.ToJsonString())).Status);
            }

            return (caller, statuses);
        })));

        Assert.All(answers, one => Assert.All(one.statuses, status => Assert.Contains(status, one.caller % 2 == 1 ? Refused : Created)));
        var counted = await Task.WhenAll(hall.Windows.Select(site.Client.CountAsync));
        Assert.Equal((Callers / 2 * Each) + Callers, counted.Sum());
        await site.VerifyAsync();
    }

    // U+FFFE is no control character, and normalization throws on it; what is compared with other comments must not fail those it is stored with.
    [Fact]
    public async Task A_comment_that_cannot_be_normalized_is_taken_and_so_are_those_that_come_with_it()
    {
        var hall = await site.NewHallAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => site.Client.PushAsync(
            Some.Evaluation(hall.Window).With(("comment", n % 2 == 0 ? "窗口的小王同志办事效率特别高，态度也好，必须点赞\uFFFE" : "好")).ToJsonString())));

        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        Assert.Equal(20, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task The_same_evaluation_sent_by_many_at_once_is_stored_once_with_one_receipt()
    {
        var hall = await site.NewHallAsync();
        var evaluation = Some.Evaluation(hall.Window).ToJsonString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => site.Client.PushAsync(evaluation)));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers, answer => Assert.Equal(answers[0].Text, answer.Text));
        Assert.Equal(1, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task Of_two_contents_under_one_id_at_once_one_is_stored_and_the_other_is_a_conflict()
    {
        var hall = await site.NewHallAsync();
        for (var round = 0; round < 20; round++)
        {
            var evaluation = Some.Evaluation(hall.Window);

            var answers = await Task.WhenAll(site.Client.PushAsync(evaluation), site.Client.PushAsync(evaluation.With(("grade", 1))));

            Assert.Equal([201, 409], answers.Select(answer => answer.Status).Order());
        }

        Assert.Equal(20, await site.Client.CountAsync(hall.Window));
    }
}
