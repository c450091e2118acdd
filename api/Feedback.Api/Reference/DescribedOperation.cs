using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Feedback.Api.Reference;

/// <summary>What the reference tells of an operation beyond what its code says; read from <c>Reference/Operations/{operation}.json</c>.</summary>
/// <param name="Access"><c>deviceKey</c>, <c>token</c>, <c>session</c>, or null where no key is needed.</param>
/// <param name="Zh">Its words in Chinese.</param>
/// <param name="Examples">Examples in an order in which all of them work on a fresh demo.</param>
internal sealed record DescribedOperation(string? Access, ChineseWords Zh, ImmutableArray<OperationExample> Examples)
{
    private const string Prefix = "Feedback.Api.Reference.Operations.";

    /// <summary>All of them by operation id.</summary>
    public static IReadOnlyDictionary<string, DescribedOperation> All { get; } = Read();

    private static Dictionary<string, DescribedOperation> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(
            name => Path.GetFileNameWithoutExtension(name[Prefix.Length..]),
            name =>
            {
                using var file = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<DescribedOperation>(file, ApiJson.Options)!;
            });
    }
}

/// <summary>An operation's words in Chinese.</summary>
/// <param name="Summary">In one line.</param>
/// <param name="Description">In full; null where the line says it all.</param>
/// <param name="Parameters">By name.</param>
internal sealed record ChineseWords(string Summary, string? Description, IReadOnlyDictionary<string, string>? Parameters);

/// <summary>Something that can be sent, and how it is answered: the two carry the same name in the OpenAPI document.</summary>
/// <param name="Name">The name.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="En">What it shows, in English.</param>
/// <param name="Zh">What it shows, in Chinese.</param>
/// <param name="Media">The media type of the body, or of the answer where there is no body; JSON when left out.</param>
/// <param name="Body">The body; null where none is sent.</param>
/// <param name="Query">The members of the query by name.</param>
/// <param name="Answer">The answer: JSON, or text.</param>
internal sealed record OperationExample(
    string Name, int Status, string En, string Zh, string? Media, JsonNode? Body, IReadOnlyDictionary<string, string>? Query, JsonNode? Answer);
