using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Grains.Accounts;

namespace Feedback.Grains.Cases;

/// <summary>Tells who leads which node, for recusal.</summary>
public interface ICaseLeaders
{
    /// <summary>Everybody who leads a node.</summary>
    Task<IReadOnlyCollection<CaseLeader>> AllAsync();
}

/// <summary>Those whose accounts are granted to manage a hall or a district, at most five seconds old.</summary>
/// <param name="accounts">The accounts; null for a host without any, where nobody leads.</param>
/// <param name="clock">The clock.</param>
internal sealed class AccountLeaders(TimeProvider clock, IAccounts? accounts = null) : ICaseLeaders
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private (DateTimeOffset Until, IReadOnlyCollection<CaseLeader> Leaders) _read = (DateTimeOffset.MinValue, []);

    public async Task<IReadOnlyCollection<CaseLeader>> AllAsync()
    {
        var now = clock.GetUtcNow();
        if (accounts is null || now < _read.Until)
            return _read.Leaders;
        var leaders = (await accounts.ListAsync()).Where(account => !account.Disabled)
            .SelectMany(account => account.Grants, (account, grant) => (account, grant))
            .Where(one => one.grant is { Role: Role.HallManager or Role.DistrictManager, At: not null })
            .Select(one => new CaseLeader("account:" + one.account.Name, one.account.Staff, one.grant.At!.Value)).ToList();
        _read = (now + Kept, leaders);
        return leaders;
    }
}
