using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Feedback.Domain.Journal;
using Feedback.TestSupport;

namespace Feedback.Api.Tests.Support;

/// <summary>Builders of what clients send.</summary>
internal static class Some
{
    private static int _numbers;

    public static Opaque Salt() => Opaque.FromBytes(RandomNumberGenerator.GetBytes(Opaque.Length));

    public static string Id() => $"e-{Interlocked.Increment(ref _numbers)}";

    /// <summary>A time some minutes ago, as a terminal in China writes it.</summary>
    public static string Time(TimeSpan ago = default) =>
        Wait.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Subtract(ago).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    /// <summary>The local day in China so many days ago.</summary>
    public static DateOnly Day(int ago = 0) => DateOnly.FromDateTime(Wait.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).Date).AddDays(-ago);

    public static JsonObject Evaluation(string window, int? grade = 5, string origin = "active", string? occurredAt = null, string? id = null)
    {
        var body = new JsonObject
        {
            ["id"] = id ?? Id(),
            ["window"] = window,
            ["occurredAt"] = occurredAt ?? Time(),
            ["origin"] = origin,
            ["channel"] = "terminal",
        };
        if (grade is not null)
            body["grade"] = grade;
        return body;
    }

    public static JsonObject Matter(string window, string? number = null, string? finishedAt = null) =>
        new() { ["number"] = number ?? Id(), ["window"] = window, ["finishedAt"] = finishedAt ?? Time() };

    /// <summary>An evaluation in a CloudEvent's envelope.</summary>
    public static JsonObject CloudEvent(string window, string? id = null, string? time = null) => new()
    {
        ["specversion"] = "1.0",
        ["type"] = "cn.feedback.evaluation",
        ["source"] = "queue-system",
        ["id"] = id ?? Id(),
        ["time"] = time ?? Time(),
        ["data"] = new JsonObject { ["window"] = window, ["grade"] = 4, ["origin"] = "active", ["channel"] = "qr" },
    };

    /// <summary>The object with some members set to others; a copy.</summary>
    public static JsonObject With(this JsonObject body, params (string Name, JsonNode? Value)[] members)
    {
        var copy = (JsonObject)body.DeepClone();
        foreach (var (name, value) in members)
            copy[name] = value;
        return copy;
    }

    /// <summary>The object without a member; a copy.</summary>
    public static JsonObject Without(this JsonObject body, string name)
    {
        var copy = (JsonObject)body.DeepClone();
        copy.Remove(name);
        return copy;
    }

    /// <summary>The object's text with one member written by hand, for what no JSON library would write.</summary>
    public static string Raw(this JsonObject body, string name, string json)
    {
        var rest = body.Without(name).ToJsonString();
        return $"{rest[..^1]},\"{name}\":{json}}}";
    }

    public static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);
}
