using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Notices;

/// <summary>
/// Whom a notice is for: the owner, or those with the role at the nearest node at or above who can be told. Whoever is recused from the
/// case is passed over, the owner for those who manage the unit: they may neither read it nor do anything about it.
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

    /// <summary>The names of the accounts to be told, each with an address; none where there is nobody.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(CaseNotice notice, CaseState state)
    {
        if (accounts is null)
            return [];
        var people = (await accounts.ListAsync()).Where(account => !account.Disabled).ToLookup(await RecusesAsync(state));
        var able = people[false].Where(account => settings.AddressOf(account) is not null).ToList();
        // Whose account it is may have become known since they own the case.
        return notice.To == CaseNotice.Owner && notice.Account is { } owner && people[true].All(account => Prefix + account.Name != owner)
            ? [.. able.Where(account => Prefix + account.Name == owner).Select(account => account.Name)]
            : Nearest(able, notice);
    }

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
        Role[] roles = notice.To == CaseNotice.Supervisor ? [Role.Supervisor] : [Role.HallManager, Role.DistrictManager];
        var tree = bureau.Current.Tree;
        if (tree.Find(notice.At) is null)
            return [];
        // What is granted for the whole bureau is good above the root.
        return tree.LineOn(notice.At, CaseTimes.DayAt(tree, notice.At, Now)).Select(node => (NodeId?)node.Id).Append(null)
            .Select(node => able.Where(account => account.Grants.Any(grant => grant.At == node && roles.Contains(grant.Role))).Select(account => account.Name).ToList())
            .FirstOrDefault(names => names.Count > 0) ?? [];
    }
}
