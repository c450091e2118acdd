using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;

namespace Feedback.Web.Frame;

/// <summary>A page that the frame leads to.</summary>
/// <param name="Permission">What the page demands.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Word">The name of its word.</param>
/// <param name="OnlyEverywhere">Whether it demands the permission for the whole bureau.</param>
public sealed record FrameLink(Permission Permission, string Address, string Word, bool OnlyEverywhere = false);

/// <summary>What the frame leads to, for each what the caller may open and nothing else.</summary>
public static class FrameLinks
{
    /// <summary>Everybody's own page.</summary>
    public const string Own = "/account";

    private const string Places = "/nodes";

    private static readonly FrameLink[] All =
    [
        new(Permission.ReadFigures, Places, "nodes"),
        new(Permission.ManageRegisters, "/setup", "setup-registers", OnlyEverywhere: true),
        new(Permission.ManageAccounts, "/accounts", "accounts"),
        new(Permission.ManageKeys, "/terminals", "terminals"),
        new(Permission.ManageKeys, "/setup/keys", "setup-key"),
        new(Permission.ReadAudit, "/audit", "audit"),
        new(Permission.SeeCluster, "/cluster", "cluster", OnlyEverywhere: true),
        new(Permission.SeeCluster, "/platform", "platform", OnlyEverywhere: true),
        new(Permission.ReadReleased, "/released", "released"),
        new(Permission.ReadCases, "/cases", "cases"),
        new(Permission.KeyForms, "/paper", "paper"),
        new(Permission.ReadPolicies, "/policies", "policies"),
        new(Permission.ReadAlerts, "/alerts", "alerts"),
    ];

    /// <summary>The pages that an account may open.</summary>
    public static IEnumerable<FrameLink> Of(Account account) => All.Where(link => Opens(link, account.ScopeOf(link.Permission)));

    /// <summary>The page an account begins at.</summary>
    public static string StartOf(Account account) => Of(account).FirstOrDefault()?.Address ?? Own;

    private static bool Opens(FrameLink link, NodeScope scope) => link.OnlyEverywhere ? scope.IsEverywhere : !scope.IsNowhere;
}
