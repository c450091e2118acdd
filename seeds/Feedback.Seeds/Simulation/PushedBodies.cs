using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Feedback.Domain.Evaluations;

namespace Feedback.Seeds.Simulation;

/// <summary>The body of <c>POST /api/v1/evaluations</c> as a terminal writes it.</summary>
internal sealed record PushedEvaluation
{
    public string Id { get; init; } = "";
    public string Window { get; init; } = "";
    public string OccurredAt { get; init; } = "";
    public int? Grade { get; init; }
    public required string Origin { get; init; }
    public SortedDictionary<string, int>? Dimensions { get; init; }
    public string? Matter { get; init; }
    public string? ServiceItem { get; init; }
    public string? Staff { get; init; }
    public required string Channel { get; init; }
    public IReadOnlyList<string>? Reasons { get; init; }
    public string? Comment { get; init; }
    public string? Language { get; init; }

    /// <summary>What a rating says, without who, where and when.</summary>
    public static PushedEvaluation Of(Rating rating) => new()
    {
        Grade = (int?)rating.Grade,
        Origin = rating.Origin.Word(),
        Dimensions = rating.Dimensions.IsEmpty ? null
            : new SortedDictionary<string, int>(rating.Dimensions.ToDictionary(one => one.Code, one => (int)one.Grade), StringComparer.Ordinal),
        Channel = rating.Channel.Word(),
        Reasons = rating.Reasons.IsEmpty ? null : rating.Reasons,
        Comment = rating.Comment,
        Language = "zh-CN",
    };
}

/// <summary>The body of <c>POST /api/v1/matters</c> as a window's business system writes it.</summary>
internal sealed record PushedMatter
{
    public required string Number { get; init; }
    public required string Window { get; init; }
    public required string FinishedAt { get; init; }
    public string? ServiceItem { get; init; }
    public string? Staff { get; init; }
}

/// <summary>The text of bodies: camel-case members, nothing for what is not told, Chinese in plain.</summary>
internal static class PushedText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Of<T>(T body) => JsonSerializer.SerializeToUtf8Bytes(body, Options);
}
