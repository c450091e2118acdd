using System.Collections.Immutable;
using System.Text.Json;
using Feedback.Domain.Access;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Keys;

/// <summary>The stored text of key events.</summary>
internal static class KeyTexts
{
    public static readonly EventKind[] Kinds =
    [
        // A plain key without an end, as every key was.
        EventKind.Earlier<DeviceKeyIssued>("device-key.issued", 1, (text, salt) => new DeviceKeyIssued
        {
            Salt = salt, Key = text.Text("key"), Terminal = text.Text("terminal"), Scope = text.Node("scope"),
            Hash = text.Text("hash"), At = text.Number("at"),
        }),
        EventKind.Of<DeviceKeyIssued>("device-key.issued", 2,
            (text, e) => text
                .Member("key"u8, e.Key).Member("terminal"u8, e.Terminal).Member("scope"u8, e.Scope.Value)
                .Member("algorithm"u8, e.Algorithm.Word()).Member("hash"u8, e.Hash).Member("public"u8, e.PublicKey)
                .Member("sealed"u8, e.Sealed).Member("master"u8, e.Master == 0 ? null : e.Master)
                .Member("expires"u8, e.Expires).Member("code"u8, e.Code).Member("at"u8, e.At),
            (text, salt) => new DeviceKeyIssued
            {
                Salt = salt, Key = text.Text("key"), Terminal = text.Text("terminal"), Scope = text.Node("scope"),
                Algorithm = Algorithm(text.Text("algorithm")), Hash = text.Text("hash"), PublicKey = text.TextOrNull("public"),
                Sealed = text.TextOrNull("sealed"), Master = text.NumberOrNull("master", 1, int.MaxValue) ?? 0,
                Expires = text.NumberOrNull("expires"), Code = text.TextOrNull("code"), At = text.Number("at"),
            }),
        EventKind.Earlier<ApiTokenIssued>("api-token.issued", 1, (text, salt) => new ApiTokenIssued
        {
            Salt = salt, Key = text.Text("key"), Scope = text.Node("scope"), Hash = text.Text("hash"), At = text.Number("at"),
        }),
        EventKind.Of<ApiTokenIssued>("api-token.issued", 2,
            (text, e) => text.Member("key"u8, e.Key).Member("scope"u8, e.Scope.Value).Member("hash"u8, e.Hash)
                .Member("permissions"u8, [.. e.Permissions.Select(permission => permission.Word())])
                .Member("expires"u8, e.Expires).Member("at"u8, e.At),
            (text, salt) => new ApiTokenIssued
            {
                Salt = salt, Key = text.Text("key"), Scope = text.Node("scope"), Hash = text.Text("hash"),
                Permissions = Permissions(text), Expires = text.NumberOrNull("expires"), At = text.Number("at"),
            }),
        EventKind.Of<KeyEnds>("key.ends", 1,
            (text, e) => text.Member("key"u8, e.Key).Member("by"u8, e.By).Member("expires"u8, e.Expires).Member("at"u8, e.At),
            (text, salt) => new KeyEnds
            {
                Salt = salt, Key = text.Text("key"), By = text.Text("by"), Expires = text.Number("expires"), At = text.Number("at"),
            }),
        EventKind.Of<KeyRevoked>("key.revoked", 1,
            (text, e) => text.Member("key"u8, e.Key).Member("at"u8, e.At),
            (text, salt) => new KeyRevoked { Salt = salt, Key = text.Text("key"), At = text.Number("at") }),
        EventKind.Of<EnrolmentCodeIssued>("enrolment-code.issued", 1,
            (text, e) => text.Member("code"u8, e.Code).Member("scope"u8, e.Scope.Value).Member("terminal"u8, e.Terminal)
                .Member("hash"u8, e.Hash).Member("algorithms"u8, [.. e.Algorithms.Select(algorithm => algorithm.Word())])
                .Member("expires"u8, e.Expires).Member("at"u8, e.At),
            (text, salt) => new EnrolmentCodeIssued
            {
                Salt = salt, Code = text.Text("code"), Scope = text.Node("scope"), Terminal = text.TextOrNull("terminal"),
                Hash = text.Text("hash"), Algorithms = [.. text.Texts("algorithms").Select(Algorithm)],
                Expires = text.Number("expires"), At = text.Number("at"),
            }),
        EventKind.Of<EnrolmentCodeRevoked>("enrolment-code.revoked", 1,
            (text, e) => text.Member("code"u8, e.Code).Member("at"u8, e.At),
            (text, salt) => new EnrolmentCodeRevoked { Salt = salt, Code = text.Text("code"), At = text.Number("at") }),
    ];

    private static KeyAlgorithm Algorithm(string word) =>
        KeyAlgorithmWords.AlgorithmOf(word) ?? throw new FormatException("An algorithm is not a known word.");

    private static ImmutableArray<Permission> Permissions(JsonElement text) =>
    [
        .. text.Texts("permissions").Select(word =>
            PermissionWords.PermissionOf(word) ?? throw new FormatException("A permission is not a known word.")),
    ];
}
