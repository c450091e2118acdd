using System.Text.Json;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;

namespace Feedback.Api.Accounts;

/// <summary>An account to be opened.</summary>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Grants">What it may do where; at least one.</param>
/// <param name="External">True for an account that signs in at the bureau's own provider, without a password here.</param>
public sealed record AccountBody(string Name, IReadOnlyList<GrantView> Grants, bool? External);

/// <summary>The grants that take the place of all others.</summary>
/// <param name="Grants">What the account may do where; at least one.</param>
public sealed record GrantsBody(IReadOnlyList<GrantView> Grants);

/// <summary>A role at a node.</summary>
/// <param name="Role">The role's word.</param>
/// <param name="Node">The node at or below which it is good; null for the whole bureau.</param>
public sealed record GrantView(string Role, string? Node);

/// <summary>An account, and its password where there is one: it is shown this once.</summary>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Password">The password; null for an account that signs in at the bureau's own provider.</param>
public sealed record OpenedAccount(string Name, string? Password);

/// <summary>Accounts by name.</summary>
/// <param name="Accounts">The accounts.</param>
public sealed record AccountList(IReadOnlyList<AccountView> Accounts);

/// <summary>An account as its administrator sees it.</summary>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Grants">What it may do where.</param>
/// <param name="Disabled">True when nobody can sign in with it any more.</param>
/// <param name="SecondFactor">Whether it has a second factor.</param>
/// <param name="External">Whether it was opened for the bureau's own provider.</param>
public sealed record AccountView(string Name, IReadOnlyList<GrantView> Grants, bool Disabled, bool SecondFactor, bool External)
{
    /// <summary>The view of an account.</summary>
    public static AccountView Of(Account account) => new(
        account.Name, [.. account.Grants.Select(grant => new GrantView(grant.Role.Word(), grant.At?.Value))], account.Disabled, account.HasSecondFactor, account.External);
}

/// <summary>Reads bodies about accounts.</summary>
internal static class AccountBodies
{
    private const int MostGrants = 50;
    private const int LongestNode = 500;

    public static (string? Name, IReadOnlyList<(Role Role, string? Node)> Grants, bool External) Read(JsonElement body, bool opening)
    {
        string? name = null;
        IReadOnlyList<(Role, string?)>? grants = null;
        var external = false;
        foreach (var member in ObjectOf(body))
        {
            switch (Members.NameOf(member))
            {
                case "name" when opening: name = Members.Text(member.Value, "name", PasswordRules.LongestName); break;
                case "external" when opening: external = Flag(member.Value, "external"); break;
                case "grants": grants = ReadGrants(member.Value); break;
                case var other: throw Members.Refuse("member-unknown", other);
            }
        }

        if (opening && name is null)
            throw Members.Refuse("member-missing", "name");
        return (name, grants ?? throw Members.Refuse("member-missing", "grants"), external);
    }

    private static List<(Role, string?)> ReadGrants(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Members.Refuse("list-expected", "grants");
        if (value.GetArrayLength() > MostGrants)
            throw Members.Refuse("list-too-long", "grants", MostGrants.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return [.. value.EnumerateArray().Select(ReadGrant)];
    }

    private static (Role, string?) ReadGrant(JsonElement value)
    {
        Role? role = null;
        string? node = null;
        foreach (var member in ObjectOf(value))
        {
            switch (Members.NameOf(member))
            {
                case "role": role = RoleWords.RoleOf(Members.Text(member.Value, "role", LongestNode)) ?? throw Members.Refuse("role-unknown", "role", member.Value.GetString()); break;
                case "node": node = member.Value.ValueKind == JsonValueKind.Null ? null : Members.Text(member.Value, "node", LongestNode); break;
                case var other: throw Members.Refuse("member-unknown", other);
            }
        }

        return (role ?? throw Members.Refuse("member-missing", "role"), node);
    }

    private static bool Flag(JsonElement value, string field) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Members.Refuse("flag-invalid", field);

    private static JsonElement.ObjectEnumerator ObjectOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : throw Members.Refuse("object-expected");
}
