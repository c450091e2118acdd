using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Satisfaction;

[Collection(OneSite.Name)]
public sealed class RateTests(RunningSite site)
{
    private const string Undefined = """{"value":null,"numerator":0,"denominator":0,"low":null,"high":null}""";

    [Fact]
    public async Task A_rate_comes_with_its_denominator_and_Wilson_interval()
    {
        var hall = await site.NewHallAsync();
        await site.Client.PushAsync(Some.Array(Enumerable.Range(0, 10).Select(i => Some.Evaluation(hall.Window, i == 0 ? 2 : 3))));

        var rate = (await site.Client.FiguresAsync(hall.Window))["rate"]!;

        // 9 of 10 at 95 %: 0.5958 to 0.9821 (Wilson 1927; R: prop.test(9, 10, correct = FALSE)).
        Assert.Equal((0.9, 9, 10), ((double)rate["value"]!, (int)rate["numerator"]!, (int)rate["denominator"]!));
        Assert.Equal((0.5958, 0.9821), (Math.Round((double)rate["low"]!, 4), Math.Round((double)rate["high"]!, 4)));
    }

    [Fact]
    public async Task Without_ratings_a_rate_is_undefined_and_neither_0_nor_1()
    {
        var hall = await site.NewHallAsync();

        foreach (var node in new[] { hall.Window, hall.Id })
        {
            var figures = await site.Client.FiguresAsync(node);
            Assert.Equal((Undefined, Undefined), (figures["rate"]!.ToJsonString(), figures["rateWithDefault"]!.ToJsonString()));
        }
    }

    [Fact]
    public async Task Silence_is_not_praise()
    {
        var hall = await site.NewHallAsync();
        await site.CountSilenceAsync(hall.Id);
        await site.Client.PushAsync(Some.Array(
        [
            Some.Evaluation(hall.Window, 1),
            Some.Evaluation(hall.Window, 5, "default"), Some.Evaluation(hall.Window, 5, "default"), Some.Evaluation(hall.Window, 5, "default"),
            Some.Evaluation(hall.Window, 5, "callback"), Some.Evaluation(hall.Window, null, "declined"),
        ]));

        var figures = await site.Client.FiguresAsync(hall.Window);

        Assert.Equal("0/1", Share(figures["rate"]!));
        Assert.Equal("3/4", Share(figures["rateWithDefault"]!));
        Assert.Equal("""{"active":{"1":1},"callback":{"5":1},"declined":{"none":1},"default":{"5":3}}""", Sorted(figures["grades"]!));
    }

    [Fact]
    public async Task Dimensions_have_rates_of_their_own_over_active_ratings()
    {
        var hall = await site.NewHallAsync();
        await site.CountSilenceAsync(hall.Id);
        await site.Client.PushAsync(Some.Array(
        [
            Some.Evaluation(hall.Window).With(("dimensions", new JsonObject { ["attitude"] = 5, ["style"] = 2 })),
            Some.Evaluation(hall.Window).With(("dimensions", new JsonObject { ["attitude"] = 3 })),
            Some.Evaluation(hall.Window, origin: "default").With(("dimensions", new JsonObject { ["attitude"] = 1 })),
        ]));

        var dimensions = (await site.Client.FiguresAsync(hall.Window))["dimensions"]!;

        Assert.Equal(["attitude", "style"], dimensions.AsObject().Select(one => one.Key));
        Assert.Equal(("2/2", "0/1"), (Share(dimensions["attitude"]!["rate"]!), Share(dimensions["style"]!["rate"]!)));
    }

    private static string Share(JsonNode rate) => $"{rate["numerator"]}/{rate["denominator"]}";

    private static string Sorted(JsonNode grades) =>
        new JsonObject(grades.AsObject().OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone()))).ToJsonString();
}
