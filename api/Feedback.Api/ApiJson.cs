using System.Text.Encodings.Web;
using System.Text.Json;

namespace Feedback.Api;

/// <summary>How the API writes JSON: camelCase members, dictionary keys as they are, Chinese readable.</summary>
public static class ApiJson
{
    /// <summary>For serialized answers.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For answers written member by member.</summary>
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
