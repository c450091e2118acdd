using System.Net;
using System.Text.Json.Nodes;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary>What everybody sees, without a key, of a bureau that publishes its figures.</summary>
public sealed class PublicFiguresTests
{
    [Fact]
    public async Task The_open_page_and_the_public_figures_of_a_demo_move_in_steps_of_five()
    {
        using var data = await DemoData.CreateAsync();
        await using var demo = await data.StartAsync("demo", "--no-simulation", "--history", "0");
        using var client = new DemoClient(data, demo.Url);
        using var anybody = new HttpClient { BaseAddress = demo.Url };
        using var viewer = new StreamReader(await anybody.GetStreamAsync(new Uri("/district/live", UriKind.Relative)));
        Assert.Equal((0, 0), Ratings(await NextAsync(viewer)));

        for (var i = 0; i < 4; i++)
            await client.StoreAsync(Some.Evaluation(data.Windows[0], $"a-{i}"));
        await Wait.UntilAsync("they are counted", async () => await client.CountAsync() == 4);
        Assert.Equal(0, (int)(await FiguresAsync(anybody, data.District))!["slices"]![0]!["ratings"]!);
        await client.StoreAsync(Some.Evaluation(data.Windows[0], "a-4"));

        // What came before the fifth was not told: the first thing that is tells of five.
        var told = await NextAsync(viewer);
        Assert.Equal((5, 5), Ratings(told));
        Assert.Equal(["node", "mark", "today", "month"], told.AsObject().Select(member => member.Key));
        Assert.Equal(["period", "from", "to", "ratings", "rate", "mean"], told["today"]!.AsObject().Select(member => member.Key));
        Assert.Equal(5, (int)(await FiguresAsync(anybody, data.District))!["slices"]![0]!["ratings"]!);
        Assert.Equal(0, (int)(await FiguresAsync(anybody, data.Windows[0]))!["slices"]![0]!["ratings"]!);
        Assert.Equal(0, (await demo.StopAsync()).Code);
    }

    [Theory]
    [InlineData("serve", null, false)]
    [InlineData("serve", "--public-figures", true)]
    [InlineData("serve", "--public-figures=false", false)]
    [InlineData("demo", null, true)]
    [InlineData("demo", "--public-figures=false", false)]
    public async Task A_bureau_publishes_its_figures_only_if_it_wants_to(string verb, string? option, bool published)
    {
        using var data = await DemoData.CreateAsync();
        string[] more = [.. verb == "demo" ? new[] { "--no-simulation", "--history", "0" } : [], .. option is null ? Array.Empty<string>() : [option]];
        await using var server = await data.StartAsync(verb, more);
        using var anybody = new HttpClient { BaseAddress = server.Url };

        using var answer = await anybody.GetAsync(new Uri($"/api/v1/public/figures?node={data.District}&from=2026-01-01&to=2026-01-02", UriKind.Relative));

        Assert.Equal(published ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<JsonNode?> FiguresAsync(HttpClient anybody, string node) => JsonNode.Parse(await anybody.GetStringAsync(new Uri(
        $"/api/v1/public/figures?node={node}&from={Some.Today.AddDays(-2):yyyy-MM-dd}&to={Some.Today.AddDays(2):yyyy-MM-dd}", UriKind.Relative)));

    private static (int Today, int Month) Ratings(JsonNode told) => ((int)told["today"]!["ratings"]!, (int)told["month"]!["ratings"]!);

    private static async Task<JsonNode> NextAsync(StreamReader viewer)
    {
        while (await viewer.ReadLineAsync().WaitAsync(Wait.Patience) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonNode.Parse(line["data: ".Length..])!;
        }

        throw new EndOfStreamException("The stream ended.");
    }
}
