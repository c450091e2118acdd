using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Grains.Keys;

namespace Feedback.Api.Terminals;

/// <summary>What a terminal brings for its first key.</summary>
/// <param name="Code">The one-time code; capitals, blanks and hyphens do not matter.</param>
/// <param name="Algorithm">hmac-sha256 or es256; plain where the administrator allowed it.</param>
/// <param name="PublicKey">For es256: the public key (P-256, SubjectPublicKeyInfo, DER) in base64.</param>
/// <param name="Secret">For the others: a secret of 22 to 128 characters that the terminal drew; left out, one is drawn here and answered once.</param>
public sealed record EnrolmentBody(string Code, string Algorithm, string? PublicKey, string? Secret);

/// <summary>What a terminal brings for its next key.</summary>
/// <param name="Algorithm">hmac-sha256 or es256; plain only for a terminal whose key is plain.</param>
/// <param name="PublicKey">For es256: the public key (P-256, SubjectPublicKeyInfo, DER) in base64.</param>
/// <param name="Secret">For the others: a secret of 22 to 128 characters that the terminal drew and has stored already.</param>
public sealed record RenewalBody(string Algorithm, string? PublicKey, string? Secret);

/// <summary>A terminal with its new key.</summary>
/// <param name="Terminal">The terminal's id, which outlives its keys; the source of what it sends when the body names none.</param>
/// <param name="Key">The key's id, to be named in signatures.</param>
/// <param name="Node">The node at or below which it may push: for most terminals their window.</param>
/// <param name="Algorithm">How it proves itself.</param>
/// <param name="Expires">When the key ends by itself; null for never.</param>
/// <param name="Secret">The secret that was drawn here; null when the terminal brought its own.</param>
public sealed record EnrolledTerminal(string Terminal, string Key, string Node, string Algorithm, DateTimeOffset? Expires, string? Secret)
{
    internal static EnrolledTerminal Of(IssuedKey key, string? secret) =>
        new(key.Terminal!, key.Id, key.Scope.Value, key.Algorithm.Word(), KeyView.Time(key.Expires), secret);
}

/// <summary>Codes that are asked for.</summary>
/// <param name="Node">A node's id or path; left out where a terminal is given.</param>
/// <param name="Terminal">A terminal that gets a new key.</param>
/// <param name="EveryWindow">true: one code for every window at or below the node, good for a day.</param>
/// <param name="Algorithms">Among which algorithms terminals may choose; those that sign when left out.</param>
/// <param name="Hours">How long a single code is good, 1 to 720; 24 when left out.</param>
public sealed record EnrolmentCodesBody(string? Node, string? Terminal, bool? EveryWindow, IReadOnlyList<string>? Algorithms, int? Hours);

/// <summary>Codes that were just issued.</summary>
/// <param name="Codes">The codes.</param>
public sealed record IssuedCodes(IReadOnlyList<IssuedCode> Codes);

/// <summary>A code that was just issued; its letters are shown once.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Letters">What people type.</param>
/// <param name="Node">The node at or below which the terminal may push.</param>
/// <param name="Path">The node's path.</param>
/// <param name="Terminal">The terminal that gets a new key; null for a new one.</param>
/// <param name="Algorithms">Among which algorithms the terminal may choose.</param>
/// <param name="Expires">From here on it is good no longer.</param>
public sealed record IssuedCode(
    string Id, string Letters, string Node, string Path, string? Terminal, IReadOnlyList<string> Algorithms, DateTimeOffset Expires)
{
    internal static IssuedCode Of(DrawnCode drawn, string path) => new(
        drawn.Code.Id, drawn.Letters, drawn.Code.Scope.Value, path, drawn.Code.Terminal,
        [.. drawn.Code.Algorithms.Select(algorithm => algorithm.Word())], KeyView.Time(drawn.Code.Expires)!.Value);
}

/// <summary>The terminals within the caller's scope.</summary>
/// <param name="Terminals">The terminals, in the order in which they came.</param>
/// <param name="OpenCodes">One-time codes that nobody used yet.</param>
public sealed record TerminalList(IReadOnlyList<TerminalView> Terminals, IReadOnlyList<OpenCode> OpenCodes);

/// <summary>A terminal.</summary>
/// <param name="Terminal">Its id.</param>
/// <param name="Node">The node at or below which it may push.</param>
/// <param name="Path">The node's path.</param>
/// <param name="Keys">Its keys, the newest last.</param>
public sealed record TerminalView(string Terminal, string Node, string Path, IReadOnlyList<KeyView> Keys);

/// <summary>A one-time code that nobody used yet.</summary>
/// <param name="Id">Its id; its letters are kept nowhere.</param>
/// <param name="Node">The node at or below which the terminal will push.</param>
/// <param name="Path">The node's path.</param>
/// <param name="Terminal">The terminal that gets a new key; null for a new one.</param>
/// <param name="Expires">From here on it is good no longer.</param>
public sealed record OpenCode(string Id, string Node, string Path, string? Terminal, DateTimeOffset Expires);

/// <summary>A key or token, without what proves it.</summary>
/// <param name="Key">Its id.</param>
/// <param name="Algorithm">plain, hmac-sha256 or es256; null for tokens.</param>
/// <param name="State">good, ended or revoked.</param>
/// <param name="From">When it was issued.</param>
/// <param name="Expires">When it ends by itself; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null when it was not.</param>
public sealed record KeyView(string Key, string? Algorithm, string State, DateTimeOffset From, DateTimeOffset? Expires, DateTimeOffset? RevokedAt)
{
    internal static KeyView Of(IssuedKey key, long now) => new(
        key.Id, key.Purpose == KeyPurpose.Read ? null : key.Algorithm.Word(), StateOf(key, now), Time(key.From)!.Value, Time(key.Expires), Time(key.RevokedAt));

    internal static string StateOf(IssuedKey key, long now) => key.Revoked ? "revoked" : key.HasEndedAt(now) ? "ended" : "good";

    internal static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
}

/// <summary>A terminal whose keys were revoked.</summary>
/// <param name="Terminal">Its id.</param>
/// <param name="Revoked">How many keys were good until then.</param>
public sealed record RevokedTerminal(string Terminal, int Revoked);

/// <summary>A one-time code that opens nothing any more.</summary>
/// <param name="Id">Its id.</param>
public sealed record RevokedCode(string Id);

/// <summary>A token that is asked for.</summary>
/// <param name="Node">The id or path of the node at or below which it reads.</param>
/// <param name="Permissions">Some of read-released, read-figures, read-evaluations; the first two when left out.</param>
/// <param name="Expires">When it ends by itself: RFC 3339 with an offset; never when left out.</param>
public sealed record TokenBody(string Node, IReadOnlyList<string>? Permissions, DateTimeOffset? Expires);

/// <summary>A token that was just issued.</summary>
/// <param name="Token">The token.</param>
/// <param name="Secret">What programs send as "Authorization: Bearer …"; shown once.</param>
public sealed record IssuedToken(TokenView Token, string Secret);

/// <summary>The tokens within the caller's scope.</summary>
/// <param name="Tokens">The tokens, in the order in which they were issued.</param>
public sealed record TokenList(IReadOnlyList<TokenView> Tokens);

/// <summary>A token, without what proves it.</summary>
/// <param name="Key">Its id.</param>
/// <param name="Node">The node at or below which it reads.</param>
/// <param name="Path">The node's path.</param>
/// <param name="Permissions">What it may be used for.</param>
/// <param name="State">good, ended or revoked.</param>
/// <param name="From">When it was issued.</param>
/// <param name="Expires">When it ends by itself; null for never.</param>
/// <param name="RevokedAt">When it was revoked; null when it was not.</param>
public sealed record TokenView(
    string Key, string Node, string Path, IReadOnlyList<string> Permissions, string State, DateTimeOffset From, DateTimeOffset? Expires, DateTimeOffset? RevokedAt)
{
    internal static TokenView Of(IssuedKey key, string path, long now) => new(
        key.Id, key.Scope.Value, path, [.. key.Permissions.Select(permission => permission.Word())],
        KeyView.StateOf(key, now), KeyView.Time(key.From)!.Value, KeyView.Time(key.Expires), KeyView.Time(key.RevokedAt));
}
