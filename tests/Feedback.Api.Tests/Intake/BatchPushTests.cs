using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Xunit;

namespace Feedback.Api.Tests.Intake;

[Collection(OneSite.Name)]
public sealed class BatchPushTests(RunningSite site)
{
    [Fact]
    public async Task Good_rows_are_stored_beside_bad_ones_and_the_answer_tells_them_apart()
    {
        var hall = await site.NewHallAsync(windows: 2);
        var known = Some.Evaluation(hall.Windows[0]);
        await site.Client.PushAsync(known);
        JsonNode[] rows =
        [
            Some.Evaluation(hall.Windows[0], id: "good-1"),
            Some.Evaluation(hall.Windows[0], grade: 6, id: "bad-grade"),
            known,
            known.With(("grade", 1)),
            Some.Evaluation("n999999", id: "bad-window"),
            Some.Evaluation(hall.Windows[1], id: "good-2").With(("dimensions", new JsonObject { ["nonsense"] = 5 })),
            42,
            Some.Evaluation(hall.Windows[1], id: "good-3"),
        ];

        var answer = await site.Client.PushAsync(new JsonArray(rows));

        Assert.Equal(200, answer.Status);
        Assert.Equal((2, 1), ((int)answer.Json["accepted"]!, (int)answer.Json["duplicates"]!));
        Assert.Equal(
            ["1 bad-grade grade-out-of-range grade", $"3 {known["id"]} conflict id", "4 bad-window window-unknown window",
                "5 good-2 dimension-unknown dimensions.nonsense", "6  object-expected "],
            answer.Json["rejected"]!.AsArray().Select(one => $"{one!["index"]} {one["id"]} {one["problem"]!["code"]} {one["problem"]!["field"]}"));
        Assert.Equal(["good-1", (string?)known["id"], "good-3"], answer.Json["receipts"]!.AsArray().Select(one => (string?)one!["id"]));
        Assert.Equal((2, 1), (await site.Client.CountAsync(hall.Windows[0]), await site.Client.CountAsync(hall.Windows[1])));
    }

    [Fact]
    public async Task An_id_twice_in_one_batch_is_stored_once_and_both_get_its_receipt()
    {
        var hall = await site.NewHallAsync();
        var evaluation = Some.Evaluation(hall.Window);

        var answer = await site.Client.PushAsync(new JsonArray(evaluation.DeepClone(), Some.Evaluation(hall.Window), evaluation.DeepClone()));

        Assert.Equal((2, 1), ((int)answer.Json["accepted"]!, (int)answer.Json["duplicates"]!));
        var receipts = answer.Json["receipts"]!.AsArray();
        Assert.Equal(3, receipts.Count);
        Assert.Equal(receipts[0]!.ToJsonString(), receipts[2]!.ToJsonString());
        Assert.Equal(2, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task An_id_twice_in_one_batch_with_different_grades_keeps_the_first_and_refuses_the_second()
    {
        var hall = await site.NewHallAsync();
        var evaluation = Some.Evaluation(hall.Window);

        var answer = await site.Client.PushAsync(new JsonArray(evaluation.DeepClone(), evaluation.With(("grade", 1))));

        Assert.Equal(1, (int)answer.Json["accepted"]!);
        Assert.Equal("1 conflict", answer.Json["rejected"]!.AsArray().Select(one => $"{one!["index"]} {one["problem"]!["code"]}").Single());
        Assert.Equal("""{"active":{"5":1}}""", (await site.Client.FiguresAsync(hall.Window))["grades"]!.ToJsonString());
    }

    [Fact]
    public async Task A_batch_sent_again_gets_the_same_receipts_and_stores_nothing()
    {
        var hall = await site.NewHallAsync(windows: 3);
        var batch = Some.Array(Enumerable.Range(0, 300).Select(i => Some.Evaluation(hall.Windows[i % 3])));

        var first = await site.Client.PushAsync(batch);
        var again = await site.Client.PushAsync(batch);

        Assert.Equal((300, 0), ((int)first.Json["accepted"]!, (int)first.Json["duplicates"]!));
        Assert.Equal((0, 300), ((int)again.Json["accepted"]!, (int)again.Json["duplicates"]!));
        Assert.Equal(first.Json["receipts"]!.ToJsonString(), again.Json["receipts"]!.ToJsonString());
    }

    [Fact]
    public async Task A_thousand_rows_are_taken_and_a_thousand_and_one_are_refused_as_a_whole()
    {
        var hall = await site.NewHallAsync();
        var rows = Enumerable.Range(0, 1001).Select(_ => Some.Evaluation(hall.Window)).ToList();

        var tooMany = await site.Client.PushAsync(Some.Array(rows));
        Assert.Equal((400, "too-many"), (tooMany.Status, tooMany.Code));
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));

        Assert.Equal(1000, (int)(await site.Client.PushAsync(Some.Array(rows.Take(1000).Select(row => row.With())))).Json["accepted"]!);
        Assert.Equal(1000, await site.Client.CountAsync(hall.Window));
    }

    [Fact]
    public async Task A_batch_of_bad_rows_only_says_so_row_by_row()
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(Some.Array([Some.Evaluation(hall.Window, 0), Some.Evaluation(hall.Window, 9)]));

        Assert.Equal(200, answer.Status);
        Assert.Equal((0, 2), ((int)answer.Json["accepted"]!, answer.Json["rejected"]!.AsArray().Count));
        Assert.Empty(answer.Json["receipts"]!.AsArray());
    }

    [Fact]
    public async Task A_problem_of_a_row_is_worded_in_the_language_asked_for()
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(Some.Array([Some.Evaluation(hall.Window, 0)]), language: "zh-CN");

        Assert.Equal("“grade”应为 1（非常不满意）到 5（非常满意）之间的整数，当前为 0。", (string?)answer.Json["rejected"]![0]!["problem"]!["title"]);
    }

    [Fact]
    public async Task A_row_whose_strings_are_no_text_is_refused_alone()
    {
        var hall = await site.NewHallAsync();
        var good = Some.Evaluation(hall.Window);

        var answer = await site.Client.PushAsync(
            $$"""[{{good.ToJsonString()}},{{Some.Evaluation(hall.Window).Raw("grade", "\"\\ud800\"")}},{{Some.Evaluation(hall.Window).Raw("\\ud800", "1")}}]""");

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(1, (int)answer.Json["accepted"]!);
        Assert.Equal(["grade-out-of-range", "text-invalid"], answer.Json["rejected"]!.AsArray().Select(one => (string?)one!["problem"]!["code"]));
    }
}
