using System.Text.Json.Nodes;
using Feedback.Api.Access;
using Feedback.Domain.Access;
using Microsoft.OpenApi;

namespace Feedback.Api.Reference;

/// <summary>
/// Tells of each operation what it demands, as <c>x-permission</c> and in words, both from the policy that really guards it.
/// Open operations have neither.
/// </summary>
internal static class OperationAccess
{
    private const string Extension = "x-permission";

    /// <summary>Notes the permission of an operation.</summary>
    public static Task Tell(OpenApiOperation operation, IList<object> metadata)
    {
        if (metadata.OfType<EndpointPolicy>().LastOrDefault()?.Permission is { } permission)
            (operation.Extensions ??= new Dictionary<string, IOpenApiExtension>())[Extension] = new JsonNodeExtension(JsonValue.Create(permission.Word()));
        return Task.CompletedTask;
    }

    /// <summary>Adds who may call an operation to its description.</summary>
    public static void Word(OpenApiOperation operation, bool chinese)
    {
        if (operation.Extensions?.TryGetValue(Extension, out var told) != true || told is not JsonNodeExtension word
            || PermissionWords.PermissionOf(word.Node.GetValue<string>()) is not { } permission)
            return;
        var words = chinese
            ? $"需要权限 `{permission.Word()}`：{string.Join("、", HoldersOf(permission, "终端", "令牌"))}。"
            : $"Demands the permission `{permission.Word()}`, which these may hold: {string.Join(", ", HoldersOf(permission, "terminals", "tokens"))}.";
        operation.Description = string.IsNullOrEmpty(operation.Description) ? words : operation.Description + (chinese ? "" : " ") + words;
    }

    private static IEnumerable<string> HoldersOf(Permission permission, string terminals, string tokens)
    {
        if (Rights.OfTerminals.Contains(permission))
            yield return terminals;
        if (Rights.OfTokens.Contains(permission))
            yield return tokens;
        foreach (var role in Enum.GetValues<Role>().Where(role => permission == Permission.OwnAccount || Rights.Of(role).Contains(permission)))
            yield return $"`{role.Word()}`";
    }
}
