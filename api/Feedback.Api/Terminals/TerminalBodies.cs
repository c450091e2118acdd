using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Api.Bodies;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Grains.Keys;

namespace Feedback.Api.Terminals;

/// <summary>Reads the bodies about terminals and keys; every member is known, given once, and of the right shape, or refused by name.</summary>
internal static class TerminalBodies
{
    private const int LongestCode = 64;
    private const int LongestPath = 512;
    private const int LongestKey = 256;
    private const int MostWords = 32;
    private const int DefaultHours = 24;
    private static readonly ImmutableArray<KeyAlgorithm> Signing = [KeyAlgorithm.HmacSha256, KeyAlgorithm.Es256];

    /// <summary>Reads what a terminal brings for its first key.</summary>
    public static (string Code, KeyMaterial Material) Enrolment(JsonElement body)
    {
        string? code = null;
        var material = Material(body, (name, value) =>
        {
            if (name != "code")
                return false;
            code = Members.Text(value, name, LongestCode);
            return true;
        });
        return (code ?? throw Members.Missing("code"), material);
    }

    /// <summary>Reads what a terminal brings for its next key.</summary>
    public static KeyMaterial Renewal(JsonElement body) => Material(body, (_, _) => false, mustBring: true);

    /// <summary>Reads which codes are asked for.</summary>
    public static CodeRequest Codes(JsonElement body)
    {
        string? node = null, terminal = null;
        bool? everyWindow = null;
        int? hours = null;
        ImmutableArray<KeyAlgorithm>? algorithms = null;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "node": node = Members.Text(value, name, LongestPath); break;
                case "terminal": terminal = Members.Text(value, name, LongestCode); break;
                case "everyWindow": everyWindow = Members.Flag(value, name); break;
                case "hours": hours = Hours(value, name); break;
                case "algorithms": algorithms = [.. Members.Codes(value, name, MostWords, LongestCode).Select(word => Algorithm(word, name))]; break;
                default: return false;
            }

            return true;
        });
        if (node is null && terminal is null)
            throw Members.Missing("node");
        if (node is not null && terminal is not null)
            throw Members.Refuse("member-unsuited", "node", "terminal");
        if (everyWindow is true && (terminal ?? (hours is null ? null : "hours")) is { } unsuited)
            throw Members.Refuse("member-unsuited", unsuited == "hours" ? "hours" : "terminal", "everyWindow");
        if (algorithms is { IsEmpty: true })
            throw Members.Missing("algorithms");
        return new CodeRequest(node, terminal, everyWindow is true, algorithms ?? Signing, TimeSpan.FromHours(hours ?? DefaultHours));
    }

    /// <summary>Reads which token is asked for.</summary>
    /// <param name="body">The JSON object.</param>
    /// <param name="now">The time.</param>
    public static TokenRequest Token(JsonElement body, DateTimeOffset now)
    {
        string? node = null;
        long? expires = null;
        var permissions = ApiTokenIssued.Reading;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "node": node = Members.Text(value, name, LongestPath); break;
                case "permissions": permissions = [.. Members.Codes(value, name, MostWords, LongestCode).Select(Permission)]; break;
                case "expires": expires = OptionalMember.Time(value, name)?.UtcMilliseconds; break;
                default: return false;
            }

            return true;
        });
        if (expires is { } end && (end <= now.ToUnixTimeMilliseconds() || end > now.AddYears(10).ToUnixTimeMilliseconds()))
            throw Members.Refuse("expires-invalid", "expires");
        return new TokenRequest(node ?? throw Members.Missing("node"), permissions, expires);
    }

    private static KeyMaterial Material(JsonElement body, Func<string, JsonElement, bool> take, bool mustBring = false)
    {
        KeyAlgorithm? algorithm = null;
        string? secret = null, publicKey = null;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "algorithm": algorithm = Algorithm(Members.Text(value, name, LongestCode), name); break;
                case "secret": secret = OptionalMember.Text(value, name, LongestKey); break;
                case "publicKey": publicKey = OptionalMember.Text(value, name, LongestKey); break;
                default: return take(name, value);
            }

            return true;
        });
        if (algorithm is not { } known)
            throw Members.Missing("algorithm");
        // A secret drawn here would be another one with every repetition.
        if (mustBring && known != KeyAlgorithm.Es256 && secret is null)
            throw Members.Missing("secret");
        var (material, refusal) = KeyMaterial.Of(known, secret, publicKey);
        return material ?? throw new RefusedException(refusal!);
    }

    private static int Hours(JsonElement value, string name)
    {
        var most = (int)Grains.Keys.Enrolment.LongestLifetime.TotalHours;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var hours) && hours >= 1 && hours <= most
            ? hours
            : throw Members.Refuse("lifetime-invalid", name, $"1–{most}");
    }

    private static KeyAlgorithm Algorithm(string word, string field) =>
        KeyAlgorithmWords.AlgorithmOf(word) ?? throw Members.Refuse("algorithm-unknown", field, word);

    private static Permission Permission(string word) =>
        PermissionWords.PermissionOf(word) is { } permission && Rights.OfTokens.Contains(permission)
            ? permission
            : throw Members.Refuse("permission-refused", "permissions", word);
}

/// <summary>Which codes are asked for.</summary>
/// <param name="Node">The node, by id or path; null where a terminal is given.</param>
/// <param name="Terminal">The terminal that gets a new key; null for new terminals.</param>
/// <param name="EveryWindow">A code for every window below the node.</param>
/// <param name="Algorithms">The algorithms among which terminals may choose.</param>
/// <param name="Lifetime">How long a single code is good.</param>
internal sealed record CodeRequest(string? Node, string? Terminal, bool EveryWindow, ImmutableArray<KeyAlgorithm> Algorithms, TimeSpan Lifetime);

/// <summary>Which token is asked for.</summary>
/// <param name="Node">The node, by id or path.</param>
/// <param name="Permissions">What it may be used for.</param>
/// <param name="Expires">When it ends by itself, milliseconds UTC; null for never.</param>
internal sealed record TokenRequest(string Node, ImmutableArray<Permission> Permissions, long? Expires);
