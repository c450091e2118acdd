using System.Text.Json;
using System.Text.Json.Serialization;

namespace Feedback.Seeds.Import;

/// <summary>Reads the JSON of mapping files: strictly, so that a misspelt member is told and not overlooked.</summary>
internal static class MappingJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads a mapping.</summary>
    /// <exception cref="MappingException">The text is no mapping.</exception>
    public static T Read<T>(string json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new MappingException(["The mapping is empty."]);
        }
        catch (JsonException e)
        {
            throw new MappingException([e.Message]);
        }
    }

    /// <summary>The text of a mapping that comes with the program; null when there is none.</summary>
    /// <param name="resource">Its name below <c>Feedback.Seeds.Import.</c>.</param>
    public static string? BuiltIn(string resource)
    {
        using var stream = typeof(MappingJson).Assembly.GetManifestResourceStream("Feedback.Seeds.Import." + resource);
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
