using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Support;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Api.Tests.Satisfaction;

/// <summary>The main answers word for word; what changes from run to run is put in brackets.</summary>
[Collection(OneSite.Name)]
public sealed class SnapshotTests(RunningSite site)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_report_reads_like_this()
    {
        var hall = await site.NewHallAsync();
        var day = Some.Day(1);
        await site.Client.PushAsync(Some.Matter(hall.Window, "M-1", $"{day:yyyy-MM-dd}T10:00:00+08:00"), Client.Matters);
        await site.Client.PushAsync(Some.Evaluation(hall.Window, 4, occurredAt: $"{day:yyyy-MM-dd}T10:05:00+08:00")
            .With(("matter", "M-1"), ("dimensions", new JsonObject { ["attitude"] = 2 })));
        await Wait.UntilAsync("the hall counts one", async () => await site.Client.CountAsync(hall.Id) == 1);

        var report = await site.Client.ReportAsync(hall.Id, "day", day, day.AddDays(1), children: true);

        Assert.Equal(
            """
            {
              "node": {
                "id": "[hall]",
                "kind": "hall",
                "path": "[path]",
                "zh": "青禾",
                "en": "Qinghe"
              },
              "timeZone": "Asia/Shanghai",
              "from": "[day]",
              "to": "[next day]",
              "by": "day",
              "mark": "[mark]",
              "slices": [
                [slice]
              ],
              "children": [
                {
                  "node": {
                    "id": "[window]",
                    "kind": "window",
                    "path": "[path]/w-1",
                    "zh": "青禾",
                    "en": "Qinghe"
                  },
                  "slices": [
                    [slice]
                  ]
                }
              ]
            }
            """, Normalised(report, hall, day));
        Assert.Equal(
            """
            {
              "period": "[day]",
              "from": "[day]",
              "to": "[next day]",
              "grades": {
                "active": {
                  "4": 1
                }
              },
              "excluded": {},
              "rate": {
                "value": 1,
                "numerator": 1,
                "denominator": 1,
                "low": 0.206549,
                "high": 1
              },
              "rateWithDefault": {
                "value": 1,
                "numerator": 1,
                "denominator": 1,
                "low": 0.206549,
                "high": 1
              },
              "dimensions": {
                "attitude": {
                  "grades": {
                    "2": 1
                  },
                  "rate": {
                    "value": 0,
                    "numerator": 0,
                    "denominator": 1,
                    "low": 0,
                    "high": 0.793451
                  }
                }
              },
              "channels": {
                "terminal": 1
              },
              "matters": {
                "finished": 1,
                "rated": 1,
                "responseRate": {
                  "value": 1,
                  "numerator": 1,
                  "denominator": 1,
                  "low": 0.206549,
                  "high": 1
                }
              },
              "unattached": 0,
              "flags": {}
            }
            """, Slice(report, day));
    }

    [Fact]
    public async Task A_list_of_nodes_reads_like_this()
    {
        var hall = await site.NewHallAsync();
        var token = (await site.NewKeyAsync(Feedback.Domain.Keys.KeyPurpose.Read, new Feedback.Domain.Organisation.NodeId(hall.Id))).Secret;

        var nodes = await site.Client.GetAsync("/api/v1/nodes", token);

        Assert.Equal(
            $$"""{"nodes":[{"id":"{{hall.Id}}","kind":"hall","parent":null,"path":"{{Code(hall)}}","zh":"青禾","en":"Qinghe","timeZone":"Asia/Shanghai","openingHours":null},"""
            + $$"""{"id":"{{hall.Window}}","kind":"window","parent":"{{hall.Id}}","path":"{{Code(hall)}}/w-1","zh":"青禾","en":"Qinghe","timeZone":"Asia/Shanghai","openingHours":null}]}""",
            nodes.Text);

        // The token reads one hall only: what lies above it is not told.
        static string Code(OpenHall hall) => hall.Path.Split('/')[^1];
    }

    [Fact]
    public async Task An_answer_to_a_batch_reads_like_this()
    {
        var hall = await site.NewHallAsync();

        var answer = await site.Client.PushAsync(Some.Array([Some.Evaluation(hall.Window, id: "a"), Some.Evaluation(hall.Window, 7, id: "b")]));

        var digest = (string?)answer.Json["receipts"]![0]!["digest"];
        Assert.Equal(
            """{"accepted":1,"duplicates":0,"rejected":[{"index":1,"id":"b","problem":{"type":"urn:feedback:problem:grade-out-of-range","title":"'grade' must be a whole number from 1 (very dissatisfied) to 5 (very satisfied); it is 7.","status":400,"code":"grade-out-of-range","field":"grade"}}],"""
            + $$"""   "receipts":[{"id":"a","window":"{{hall.Window}}","version":1,"digest":"{{digest}}"}]}""".TrimStart(), answer.Text);
    }

    private static string Normalised(JsonNode report, OpenHall hall, DateOnly day)
    {
        report = report.DeepClone();
        foreach (var holder in report["children"]!.AsArray().Append(report))
            holder!["slices"] = new JsonArray("[slice]");
        report["mark"] = "[mark]";
        return Days(report, day).Replace("\"[slice]\"", "[slice]", StringComparison.Ordinal)
            .Replace(hall.Path, "[path]", StringComparison.Ordinal)
            .Replace($"\"{hall.Id}\"", "\"[hall]\"", StringComparison.Ordinal).Replace($"\"{hall.Window}\"", "\"[window]\"", StringComparison.Ordinal);
    }

    // The hall's figures and its only window's are the same.
    private static string Slice(JsonNode report, DateOnly day)
    {
        var (own, child) = (report["slices"]![0]!, report["children"]![0]!["slices"]![0]!);
        Assert.Equal(own.ToJsonString(), child.ToJsonString());
        foreach (var rate in new[] { own["rate"]!, own["rateWithDefault"]!, own["dimensions"]!["attitude"]!["rate"]!, own["matters"]!["responseRate"]! })
            (rate["low"], rate["high"]) = (Math.Round((double)rate["low"]!, 6), Math.Round((double)rate["high"]!, 6));
        return Days(own, day);
    }

    private static string Days(JsonNode node, DateOnly day) => node.ToJsonString(Indented)
        .Replace($"{day:yyyy-MM-dd}", "[day]", StringComparison.Ordinal).Replace($"{day.AddDays(1):yyyy-MM-dd}", "[next day]", StringComparison.Ordinal);
}
