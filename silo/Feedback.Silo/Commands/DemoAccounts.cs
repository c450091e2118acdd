using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Seeds.Demo;

namespace Feedback.Silo.Commands;

/// <summary>Somebody who can sign in to the demo.</summary>
/// <param name="Name">The name to sign in with.</param>
/// <param name="Password">The password, drawn at the first start.</param>
/// <param name="Grants">What the account may do where.</param>
internal sealed record DemoAccount(string Name, string Password, string? Grants = null);

/// <summary>The accounts of the demo: an administrator who also reads, and one account for every other role.</summary>
internal static class DemoAccounts
{
    /// <summary>Takes over those of the last start whose passwords still hold, and makes the others.</summary>
    /// <returns>The administrator first.</returns>
    public static async Task<DemoAccount[]> EnsureAsync(DemoAccess? last, DemoSite demo, IAccounts accounts)
    {
        var people = new List<DemoAccount>();
        foreach (var (name, grants) in Wanted(demo))
            people.Add(await EnsureAsync(last is null ? null : new[] { last.Admin }.Concat(last.Accounts ?? []).FirstOrDefault(known => known.Name == name), name, grants, accounts));
        return [.. people];
    }

    private static IEnumerable<(string Name, IReadOnlyList<Grant> Grants)> Wanted(DemoSite demo)
    {
        var hall = demo.Halls[0];
        yield return ("admin", [new(Role.SystemAdministrator, null), new(Role.DistrictManager, null)]);
        yield return ("security", [new(Role.SecurityAdministrator, null)]);
        yield return ("audit", [new(Role.AuditAdministrator, null)]);
        yield return ("district", At(Role.DistrictManager, demo.District));
        yield return ("hall", At(Role.HallManager, hall.Id));
        yield return ("clerk", At(Role.WindowStaff, hall.Windows[0].Id));
        yield return ("officer", At(Role.CaseOfficer, demo.District));
        yield return ("supervisor", At(Role.Supervisor, demo.District));
        yield return ("publisher", At(Role.Publisher, demo.District));
    }

    private static Grant[] At(Role role, NodeId node) => [new Grant(role, node)];

    // A password that is no longer known is replaced: whoever can write the file is the demo's owner.
    private static async Task<DemoAccount> EnsureAsync(DemoAccount? last, string name, IReadOnlyList<Grant> grants, IAccounts accounts)
    {
        if (last is not null && await accounts.SignInAsync(name, last.Password) is { } known)
            return last with { Grants = GrantText.Write(known.Grants) };
        var account = new DemoAccount(name, PasswordRules.Generate(), GrantText.Write(grants));
        if (await accounts.CreateAsync(name, account.Password, grants) == AccountOutcome.NameTaken)
            await accounts.ResetPasswordAsync(name, account.Password);
        return account;
    }
}
