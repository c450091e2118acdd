using Feedback.Api.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Ratings;

/// <summary>One matter, one rating, however many send at once: on both databases.</summary>
public sealed class RaceTests
{
    private const int Senders = 1000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_thousand_ratings_of_one_matter_at_once_exactly_one_is_accepted(bool postgres)
    {
        var site = new RunningSite { Postgres = postgres ? await (await PrivatePostgres.Shared).CreateDatabaseAsync() : null };
        await site.InitializeAsync();
        try
        {
            var hall = await site.NewHallAsync();
            await site.Client.PushAsync(Some.Matter(hall.Window, "M-1"), Client.Matters);
            var token = await site.TokenAsync(hall.Window, "M-1");

            // Whoever is told to try again does so.
            var answers = await Task.WhenAll(Enumerable.Range(0, Senders).Select(n => Task.Run(async () =>
            {
                var rating = InvitedCitizen.Rating(token, 1 + (n % 5), $"sender-{n}");
                var answer = await site.RateAsync(rating);
                while (answer.Status == 503)
                    answer = await site.RateAsync(rating);
                return answer;
            })));

            Assert.Equal(Senders - 1, answers.Count(answer => answer is { Status: 409, Code: "rated-already" }));
            var accepted = Assert.Single(answers, answer => answer.Status is 200 or 201);
            Assert.Equal(2, (long)accepted.Json["version"]!);
            var figures = await site.Client.FiguresAsync(hall.Window);
            Assert.Equal((1, 1), (await site.Client.CountAsync(hall.Window), (int)figures["matters"]!["rated"]!));
            Assert.Empty((await site.VerifyAsync()).Findings);
        }
        finally
        {
            await site.DisposeAsync();
        }
    }
}
