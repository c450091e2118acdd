using Feedback.Api.Access;
using Feedback.Domain.Access;

namespace Feedback.Api.Tests.Access.Matrix;

/// <summary>One kind of caller: how it shows who it is, and what the table of rights allows it.</summary>
/// <param name="Name">The name in failures.</param>
/// <param name="Actor">How the audit trail names it.</param>
/// <param name="Header">The header by which it proves itself; null for nobody.</param>
/// <param name="Proof">The header's content.</param>
/// <param name="Permissions">What it may do.</param>
/// <param name="Everywhere">True when it may do so in the whole bureau, and not in one hall only.</param>
internal sealed record AccessCaller(
    string Name, string Actor, string? Header, string Proof, IReadOnlyCollection<Permission> Permissions, bool Everywhere)
{
    private const string DeviceKey = "X-Device-Key";

    public static readonly AccessCaller Nobody = new("nobody", "unknown", null, "", [], false);

    public static AccessCaller Terminal(string name, string secret) => new("a terminal", name, DeviceKey, secret, Rights.OfTerminals, false);

    public static AccessCaller Token(string id, string secret, IReadOnlyCollection<Permission> permissions) =>
        new($"a token for {string.Join(", ", permissions.Select(permission => permission.Word()))}", "token:" + id, "Authorization", "Bearer " + secret, Rights.OfToken(permissions), false);

    public static AccessCaller Person(Role role, bool everywhere, string account, string cookie) => new(
        role.Word() + (everywhere ? " of the bureau" : " of a hall"), "account:" + account, "Cookie", cookie,
        [.. Rights.Of(role), Permission.OwnAccount], everywhere);

    /// <summary>The status with which somebody is turned away at the gate; null for who passes.</summary>
    public int? RefusedWith(EndpointPolicy policy) => policy.Permission is not { } demanded ? null :
        // Terminals prove themselves in one way, all others in two; whoever comes with the wrong proof is nobody.
        Header is null || (Header == DeviceKey) != Rights.OfTerminals.Contains(demanded) ? 401
        : Permissions.Contains(demanded) && (Everywhere || !policy.Everywhere) ? null
        : 403;

    public void ShowTo(HttpRequestMessage request)
    {
        if (Header is not null)
            request.Headers.TryAddWithoutValidation(Header, Proof);
    }
}
