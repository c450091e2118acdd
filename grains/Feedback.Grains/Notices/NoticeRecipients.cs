using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Notices;

/// <summary>
/// Whom a notice is for: the owner, or those with the role at the nearest node at or above who can be told, or both. Whoever is recused
/// from the case is passed over, the owner for those who manage the unit: they may neither read it nor do anything about it.
/// </summary>
/// <param name="settings">The addresses.</param>
/// <param name="bureau">The organisation.</param>
/// <param name="leaders">Who is above whom.</param>
/// <param name="clock">The clock.</param>
/// <param name="accounts">The accounts; null for a host without any, where nobody is told.</param>
internal sealed class NoticeRecipients(NoticeSettings settings, IBureau bureau, ICaseLeaders leaders, TimeProvider clock, IAccounts? accounts = null)
{
    private const string Prefix = "account:";

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The names of the accounts to be told, each with an address; none where there is nobody. Whoever did it is among them.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(CaseNotice notice, CaseState state)
    {
        if (accounts is null)
            return [];
        var people = (await accounts.ListAsync()).Where(account => !account.Disabled).ToLookup(await RecusesAsync(state));
        var able = people[false].Where(account => settings.AddressOf(account) is not null).ToList();
        // Whose account it is may have become known since they own the case.
        IReadOnlyList<string>? owners = notice.To is CaseNotice.Owner or CaseNotice.OwnerAndManager && notice.Account is { } owner
            && people[true].All(account => Prefix + account.Name != owner)
            ? [.. able.Where(account => Prefix + account.Name == owner).Select(account => account.Name)]
            : null;
        return owners is null ? Nearest(able, notice) : notice.To == CaseNotice.Owner ? owners : [.. owners.Union(Nearest(able, notice))];
    }

    /// <summary>Whether somebody may still be told of a case now that a mail to them is sent: since it was written they may have become recused.</summary>
    public async Task<bool> MayHearAsync(Account account, CaseState state) => !(await RecusesAsync(state))(account);

    /// <summary>
    /// Whether an address is that of somebody who is complained of, or was rated. Whoever filed a case may have left their own: with the
    /// code in the mail they would read on as the citizen.
    /// </summary>
    public async Task<bool> IsOfPersonAsync(string address, CaseState state)
    {
        var persons = state.Persons.ToHashSet(StringComparer.Ordinal);
        return persons.Count > 0 && accounts is not null && (await accounts.ListAsync()).Any(account =>
            account.Staff is { } staff && persons.Contains(staff) && string.Equals(settings.AddressOf(account), address, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether an account is the one that did what a notice tells.</summary>
    public static bool DidIt(CaseNotice notice, string account) => Prefix + account == notice.By;

    private async Task<Func<Account, bool>> RecusesAsync(CaseState state)
    {
        var (tree, concerned) = (bureau.Current.Tree, state.Intake.Node);
        var line = tree.Find(concerned) is null
            ? CaseLine.Unknown
            : await leaders.LineOfAsync(tree, state, CaseTimes.DayAt(tree, concerned, Now));
        return account => Recusal.Refuses(state, new CaseActor(Prefix + account.Name) { Staff = account.Staff }, line) is not null;
    }

    private IReadOnlyList<string> Nearest(List<Account> able, CaseNotice notice)
    {
        Role[] roles = notice.To switch
        {
            CaseNotice.Supervisor => [Role.Supervisor],
            CaseNotice.LeadUnit => [Role.CaseOfficer, Role.HallManager, Role.DistrictManager],
            _ => [Role.HallManager, Role.DistrictManager],
        };
        var tree = bureau.Current.Tree;
        if (tree.Find(notice.At) is null)
            return [];
        // What is granted for the whole bureau is good above the root.
        return tree.LineOn(notice.At, CaseTimes.DayAt(tree, notice.At, Now)).Select(node => (NodeId?)node.Id).Append(null)
            .Select(node => able.Where(account => account.Grants.Any(grant => grant.At == node && roles.Contains(grant.Role))).Select(account => account.Name).ToList())
            .FirstOrDefault(names => names.Count > 0) ?? [];
    }
}
