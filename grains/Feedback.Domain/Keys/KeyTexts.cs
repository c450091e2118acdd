using Feedback.Domain.Journal;

namespace Feedback.Domain.Keys;

/// <summary>The stored text of key events.</summary>
internal static class KeyTexts
{
    public static readonly EventKind[] Kinds =
    [
        EventKind.Of<DeviceKeyIssued>("device-key.issued", 1,
            (text, e) => text
                .Member("key"u8, e.Key).Member("terminal"u8, e.Terminal).Member("scope"u8, e.Scope.Value)
                .Member("hash"u8, e.Hash).Member("at"u8, e.At),
            (text, salt) => new DeviceKeyIssued
            {
                Salt = salt, Key = text.Text("key"), Terminal = text.Text("terminal"), Scope = text.Node("scope"),
                Hash = text.Text("hash"), At = text.Number("at"),
            }),
        EventKind.Of<ApiTokenIssued>("api-token.issued", 1,
            (text, e) => text.Member("key"u8, e.Key).Member("scope"u8, e.Scope.Value).Member("hash"u8, e.Hash).Member("at"u8, e.At),
            (text, salt) => new ApiTokenIssued
            {
                Salt = salt, Key = text.Text("key"), Scope = text.Node("scope"), Hash = text.Text("hash"), At = text.Number("at"),
            }),
        EventKind.Of<KeyRevoked>("key.revoked", 1,
            (text, e) => text.Member("key"u8, e.Key).Member("at"u8, e.At),
            (text, salt) => new KeyRevoked { Salt = salt, Key = text.Text("key"), At = text.Number("at") }),
    ];
}
