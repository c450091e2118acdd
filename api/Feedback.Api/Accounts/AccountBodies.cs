using System.Text.Json;
using Feedback.Api.Bodies;
using Feedback.Api.Evaluations;
using Feedback.Api.Intake;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Notices;

namespace Feedback.Api.Accounts;

/// <summary>An account to be opened.</summary>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Grants">What it may do where; at least one.</param>
/// <param name="External">True for an account that signs in at the bureau's own provider, without a password here.</param>
/// <param name="Email">Where its person is written to about cases; left out for nowhere.</param>
/// <param name="Staff">The staff code of its person; left out for none.</param>
public sealed record AccountBody(string Name, IReadOnlyList<GrantView> Grants, bool? External, string? Email, string? Staff);

/// <summary>Where the person of an account is written to about cases.</summary>
/// <param name="Email">The e-mail address; null for nowhere.</param>
public sealed record EmailBody(string? Email);

/// <summary>Which member of staff the person of an account is.</summary>
/// <param name="Staff">The staff code; null for none.</param>
public sealed record AccountStaffBody(string? Staff);

/// <summary>An account to be opened, as it was read.</summary>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Grants">What it may do where.</param>
/// <param name="External">Whether it signs in at the bureau's own provider.</param>
/// <param name="Email">Where its person is written to; null for nowhere.</param>
/// <param name="Staff">The staff code of its person; null for none.</param>
internal sealed record AccountAsked(string? Name, IReadOnlyList<(Role Role, string? Node)> Grants, bool External, string? Email, string? Staff);

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
/// <param name="Email">Where its person is written to about cases; null for nowhere.</param>
/// <param name="Staff">The staff code of its person, which no other account has; null for none.</param>
public sealed record AccountView(string Name, IReadOnlyList<GrantView> Grants, bool Disabled, bool SecondFactor, bool External, string? Email, string? Staff)
{
    /// <summary>The view of an account.</summary>
    public static AccountView Of(Account account) => new(
        account.Name, [.. account.Grants.Select(grant => new GrantView(grant.Role.Word(), grant.At?.Value))], account.Disabled, account.HasSecondFactor, account.External, account.Email,
        account.Staff);
}

/// <summary>Reads bodies about accounts; every member is known, given once, and of the right shape, or refused by name.</summary>
internal static class AccountBodies
{
    private const int MostGrants = 50;
    private const int LongestNode = 500;
    private const int LongestEmail = 254;

    public static AccountAsked Read(JsonElement body, bool opening)
    {
        string? name = null, email = null, staff = null;
        IReadOnlyList<(Role, string?)>? grants = null;
        var external = false;
        BodyMembers.Each(body, (member, value) =>
        {
            switch (member)
            {
                case "name" when opening: name = Members.Text(value, member, PasswordRules.LongestName); break;
                case "external" when opening: external = Members.Flag(value, member); break;
                case "email" when opening: email = Email(value); break;
                case "staff" when opening: staff = Staff(value); break;
                case "grants": grants = Members.List(value, member, MostGrants, (grant, _) => ReadGrant(grant)); break;
                default: return false;
            }

            return true;
        });
        if (opening && name is null)
            throw Members.Missing("name");
        return new AccountAsked(name, grants ?? throw Members.Missing("grants"), external, email, staff);
    }

    public static EmailBody ReadEmail(JsonElement body) => new(Only(body, "email", Email));

    public static AccountStaffBody ReadStaff(JsonElement body) => new(Only(body, "staff", Staff));

    // The one member of a body, which may be null but not missing.
    private static string? Only(JsonElement body, string member, Func<JsonElement, string?> read)
    {
        var (text, given) = (default(string), false);
        BodyMembers.Each(body, (name, value) =>
        {
            if (name != member)
                return false;
            (text, given) = (read(value), true);
            return true;
        });
        return given ? text : throw Members.Missing(member);
    }

    private static string? Staff(JsonElement value) => OptionalMember.Text(value, "staff", EvaluationReader.LongestCode);

    private static string? Email(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null
        : MailAddress.Read(Members.Text(value, "email", LongestEmail)) ?? throw Members.Refuse("email-unfit", "email");

    private static (Role, string?) ReadGrant(JsonElement value)
    {
        Role? role = null;
        string? node = null;
        BodyMembers.Each(value, (name, member) =>
        {
            switch (name)
            {
                case "role": role = RoleOf(Members.Text(member, name, LongestNode)); break;
                case "node": node = OptionalMember.Text(member, name, LongestNode); break;
                default: return false;
            }

            return true;
        });
        return (role ?? throw Members.Missing("role"), node);
    }

    private static Role RoleOf(string word) => RoleWords.RoleOf(word) ?? throw Members.Refuse("role-unknown", "role", word);
}
