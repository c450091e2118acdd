using Feedback.Domain.Organisation;

namespace Feedback.Domain.Access;

/// <summary>Grants as people type them and accounts store them: <c>hall-manager@n3 supervisor</c>; without <c>@</c> for the whole bureau.</summary>
public static class GrantText
{
    /// <summary>The text of some grants.</summary>
    public static string Write(IEnumerable<Grant> grants) =>
        string.Join(' ', grants.Select(grant => grant.At is { } node ? $"{grant.Role.Word()}@{node.Value}" : grant.Role.Word()));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">A role is not known.</exception>
    public static IReadOnlyList<Grant> Read(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadOne)];

    private static Grant ReadOne(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var word = at < 0 ? text : text[..at];
        return new Grant(
            RoleWords.RoleOf(word) ?? throw new FormatException($"There is no role '{word}'; roles are {string.Join(", ", RoleWords.All)}."),
            at < 0 ? null : new NodeId(text[(at + 1)..]));
    }
}
