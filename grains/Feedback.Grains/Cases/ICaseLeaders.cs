using Feedback.Domain.Access;
using Feedback.Domain.Cases;
using Feedback.Grains.Accounts;

namespace Feedback.Grains.Cases;

/// <summary>Tells who leads which node and who works where, for recusal.</summary>
public interface ICaseLeaders
{
    /// <summary>Everybody who leads a node.</summary>
    Task<IReadOnlyCollection<CaseLeader>> AllAsync();

    /// <summary>Everybody whose staff code is known, once for each role.</summary>
    Task<IReadOnlyCollection<CaseMember>> MembersAsync() => Task.FromResult<IReadOnlyCollection<CaseMember>>([]);
}

/// <summary>Those whose accounts are granted to manage a hall, a district or the whole bureau, at most five seconds old.</summary>
/// <param name="accounts">The accounts; null for a host without any, where nobody leads.</param>
/// <param name="clock">The clock.</param>
internal sealed class AccountLeaders(TimeProvider clock, IAccounts? accounts = null) : ICaseLeaders
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);

    private (DateTimeOffset Until, IReadOnlyCollection<CaseLeader> Leaders, IReadOnlyCollection<CaseMember> Members) _read = (DateTimeOffset.MinValue, [], []);

    public async Task<IReadOnlyCollection<CaseLeader>> AllAsync() => (await ReadAsync()).Leaders;

    public async Task<IReadOnlyCollection<CaseMember>> MembersAsync() => (await ReadAsync()).Members;

    private async Task<(IReadOnlyCollection<CaseLeader> Leaders, IReadOnlyCollection<CaseMember> Members)> ReadAsync()
    {
        var now = clock.GetUtcNow();
        if (accounts is null || now < _read.Until)
            return (_read.Leaders, _read.Members);
        var granted = (await accounts.ListAsync()).Where(account => !account.Disabled)
            .SelectMany(account => account.Grants, (account, grant) => (account, grant)).ToList();
        var leaders = granted
            .Where(one => one.grant is { Role: Role.HallManager or Role.DistrictManager })
            .Select(one => new CaseLeader("account:" + one.account.Name, one.account.Staff, one.grant.At)).ToList();
        var members = granted.Where(one => one.account.Staff is not null)
            .Select(one => new CaseMember("account:" + one.account.Name, one.account.Staff!, one.grant.At)).ToList();
        _read = (now + Kept, leaders, members);
        return (leaders, members);
    }
}
