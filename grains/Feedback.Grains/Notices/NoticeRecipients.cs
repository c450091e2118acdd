using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Cases;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Notices;

/// <summary>
/// Whom a notice is for: the owner, or those with the role at the nearest node at or above who can be told. Whoever is recused from the
/// case is passed over: they may neither read it nor do anything about it.
/// </summary>
/// <param name="settings">The addresses.</param>
/// <param name="bureau">The organisation.</param>
/// <param name="leaders">Who is above whom.</param>
/// <param name="clock">The clock.</param>
/// <param name="accounts">The accounts; null for a host without any, where nobody is told.</param>
internal sealed class NoticeRecipients(NoticeSettings settings, IBureau bureau, ICaseLeaders leaders, TimeProvider clock, IAccounts? accounts = null)
{
    private const string Prefix = "account:";

    /// <summary>The names of the accounts to be told, each with an address; none where there is nobody.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(CaseNotice notice, CaseState state)
    {
        if (accounts is null)
            return [];
        var all = (await accounts.ListAsync()).Where(account => !account.Disabled && settings.AddressOf(account) is not null).ToList();
        if (notice.To == CaseNotice.Owner && notice.Account is { } owner)
            return [.. all.Where(account => Prefix + account.Name == owner).Select(account => account.Name)];
        return await NearestAsync(all, notice, state);
    }

    private async Task<IReadOnlyList<string>> NearestAsync(List<Account> all, CaseNotice notice, CaseState state)
    {
        Role[] roles = notice.To == CaseNotice.Supervisor ? [Role.Supervisor] : [Role.HallManager, Role.DistrictManager];
        var (tree, now) = (bureau.Current.Tree, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var concerned = state.Intake.Node;
        if (tree.Find(notice.At) is null || tree.Find(concerned) is null)
            return [];
        var line = CaseLine.Of(tree, concerned, CaseTimes.DayAt(tree, concerned, now), state.Persons, await leaders.AllAsync());
        var able = all.Where(account => Recusal.Refuses(state, new CaseActor(Prefix + account.Name), line) is null).ToList();
        // What is granted for the whole bureau is good above the root.
        return tree.LineOn(notice.At, CaseTimes.DayAt(tree, notice.At, now)).Select(node => (NodeId?)node.Id).Append(null)
            .Select(node => able.Where(account => account.Grants.Any(grant => grant.At == node && roles.Contains(grant.Role))).Select(account => account.Name).ToList())
            .FirstOrDefault(names => names.Count > 0) ?? [];
    }
}
