using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Grains.Notices;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Accounts;

/// <summary>
/// What a security administrator does to accounts, for the API and the pages alike: each act is recorded in the audit trail before
/// it is done. One reaches the accounts only all of whose grants lie within the own scope; any other looks as if it did not exist.
/// </summary>
public sealed class AccountAdministration(IAccounts accounts, ISecondFactors factors, IBureau bureau, IAudit audit, TimeProvider clock)
{
    /// <summary>The accounts within the caller's scope, by name.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(CallerOf caller) =>
        [.. (await accounts.ListAsync()).Where(account => Reaches(caller.ScopeHere, account.Grants))];

    /// <summary>An account within the caller's scope; null when there is none.</summary>
    public async Task<Account?> FindAsync(CallerOf caller, string name) =>
        await accounts.FindByNameAsync(name) is { } account && Reaches(caller.ScopeHere, account.Grants) ? account : null;

    /// <summary>Opens an account.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">The name to sign in with.</param>
    /// <param name="grants">What it may do where.</param>
    /// <param name="external">Whether it signs in at the bureau's own provider only.</param>
    /// <param name="email">Where its person is written to; null or empty for nowhere.</param>
    /// <param name="staff">The staff code of its person; null or empty for none.</param>
    /// <returns>The password, drawn, to be shown once; null for an external account, and with a refusal.</returns>
    public async Task<(string? Password, Refusal? Refusal)> OpenAsync(HttpContext http, string name, IReadOnlyList<Grant> grants, bool external, string? email = null, string? staff = null)
    {
        if (!string.IsNullOrWhiteSpace(email) && MailAddress.Read(email) is null)
            return (null, RefusalOf(AccountOutcome.EmailUnfit, name));
        if (await RefusedAsync(http, grants) is { } refusal)
            return (null, refusal);
        if (!PasswordRules.AllowsName(name))
            return (null, RefusalOf(AccountOutcome.NameUnfit, name));
        var code = CodeOf(staff);
        if (await StaffRefusedAsync(http, code, null) is { } unfit)
            return (null, unfit);
        var password = external ? null : PasswordRules.Generate();
        await RecordAsync(http, Acts.AccountOpened, name, GrantText.Write(grants));
        var outcome = await accounts.CreateAsync(name, password, grants);
        if (outcome == AccountOutcome.Done && MailAddress.Read(email) is { } address)
            outcome = await accounts.SetEmailAsync(name, address);
        if (outcome == AccountOutcome.Done && code is not null)
            outcome = await SetStaffAsync(http, name, null, code);
        return outcome == AccountOutcome.Done ? (password, null) : (null, RefusalOf(outcome, name));
    }

    /// <summary>Replaces the grants of an account; never one's own.</summary>
    public async Task<Refusal?> GrantAsync(HttpContext http, string name, IReadOnlyList<Grant> grants) =>
        await RefusedAsync(http, grants) ?? await ChangeAsync(http, name, Acts.RoleGranted, () => accounts.GrantAsync(name, grants), reason: GrantText.Write(grants));

    /// <summary>Says where the person of an account is written to; null or empty for nowhere.</summary>
    public Task<Refusal?> SetEmailAsync(HttpContext http, string name, string? email) =>
        ChangeAsync(http, name, Acts.AccountEmail, () => accounts.SetEmailAsync(name, string.IsNullOrWhiteSpace(email) ? null : email), own: true);

    /// <summary>Says which member of staff the person of an account is; null or empty for none. Never one's own: who is recused goes by it.</summary>
    public async Task<Refusal?> SetStaffAsync(HttpContext http, string name, string? staff)
    {
        var (account, refusal) = await ReachAsync(http, name, own: false);
        if (account is null)
            return refusal;
        var code = CodeOf(staff);
        if (await StaffRefusedAsync(http, code, account) is { } unfit)
            return unfit;
        return await SetStaffAsync(http, account.Name, account.Staff, code) is not AccountOutcome.Done and var outcome ? RefusalOf(outcome, name) : null;
    }

    /// <summary>Disables an account for good; never one's own.</summary>
    public Task<Refusal?> DisableAsync(HttpContext http, string name) =>
        ChangeAsync(http, name, Acts.AccountDisabled, () => accounts.DisableAsync(name));

    /// <summary>Ends all sessions of an account.</summary>
    public Task<Refusal?> EndSessionsAsync(HttpContext http, string name) =>
        ChangeAsync(http, name, Acts.SessionEnded, () => accounts.EndSessionsAsync(name), own: true);

    /// <summary>Takes the second factor of an account away; never one's own.</summary>
    public Task<Refusal?> ResetSecondFactorAsync(HttpContext http, string name) =>
        ChangeAsync(http, name, Acts.SecondFactorReset, () => factors.ResetAsync(name));

    /// <summary>Draws another password for an account; never one's own, nor for one that signs in at the provider only.</summary>
    /// <returns>The password, to be shown once; or the refusal.</returns>
    public async Task<(string? Password, Refusal? Refusal)> ResetPasswordAsync(HttpContext http, string name)
    {
        if (await FindAsync(http.GetCaller(), name) is { External: true })
            return (null, RefusalOf(AccountOutcome.External, name));
        var password = PasswordRules.Generate();
        var refusal = await ChangeAsync(http, name, Acts.AccountPassword, () => accounts.ResetPasswordAsync(name, password));
        return refusal is null ? (password, null) : (null, refusal);
    }

    private async Task<Refusal?> ChangeAsync(HttpContext http, string name, string act, Func<Task<AccountOutcome>> change, bool own = false, string? reason = null)
    {
        var (account, refusal) = await ReachAsync(http, name, own);
        if (account is null)
            return refusal;
        await RecordAsync(http, act, account.Name, reason);
        var outcome = await change();
        return outcome == AccountOutcome.Done ? null : RefusalOf(outcome, name);
    }

    private async Task<(Account? Account, Refusal? Refusal)> ReachAsync(HttpContext http, string name, bool own)
    {
        var caller = http.GetCaller();
        return await FindAsync(caller, name) is not { } account ? (null, new Refusal("account-unknown", "account", name))
            : !own && account.Id == caller.Caller.Account?.Id ? (null, new Refusal("account-own", "account", name))
            : (account, null);
    }

    private async Task<AccountOutcome> SetStaffAsync(HttpContext http, string name, string? before, string? code)
    {
        await RecordAsync(http, Acts.AccountStaff, name, $"{before ?? "–"} → {code ?? "–"}");
        return await accounts.SetStaffAsync(name, code);
    }

    // A code that nobody has, or another account: that one is named only to whoever may see it.
    private async Task<Refusal?> StaffRefusedAsync(HttpContext http, string? code, Account? account)
    {
        if (code is null)
            return null;
        // Somebody may have been registered on another silo a moment ago: look once more before refusing them.
        if (!bureau.Current.Catalogue.Staff.ContainsKey(code) && !(await bureau.RefreshAsync()).Catalogue.Staff.ContainsKey(code))
            return new Refusal("staff-unknown", "staff", code);
        return (await accounts.ListAsync()).FirstOrDefault(one => one.Staff == code && one.Id != account?.Id) is not { } other ? null
            : Reaches(http.GetCaller().ScopeHere, other.Grants) ? new Refusal("staff-taken", "staff", other.Name)
            : new Refusal("staff-taken-elsewhere", "staff");
    }

    private static string? CodeOf(string? staff) => staff?.Trim() is { Length: > 0 } code ? code : null;

    // What one may not give, at all or there.
    private async Task<Refusal?> RefusedAsync(HttpContext http, IReadOnlyList<Grant> grants)
    {
        if (grants.Count == 0)
            return new Refusal("grants-missing", "grants");
        if (Rights.Refused(grants) is { } refusal)
            return refusal;
        var (scope, tree) = (http.GetCaller().ScopeHere, (await bureau.RefreshAsync()).Tree);
        foreach (var grant in grants)
        {
            if (grant.At is null && !scope.IsEverywhere)
                return new Refusal("grants-wide", "grants");
            if (grant.At is { } node && (tree.Find(node) is null || !Covers(scope, tree, node)))
                return new Refusal("node-unknown", "grants", node.Value);
        }

        return null;
    }

    private bool Reaches(NodeScope scope, IReadOnlyList<Grant> grants) =>
        scope.IsEverywhere || (grants.Count > 0 && grants.All(grant => grant.At is { } node && Covers(scope, bureau.Current.Tree, node)));

    private bool Covers(NodeScope scope, OrganisationTree tree, NodeId node) =>
        scope.IsEverywhere || (tree.Find(node) is { } found && new ReaderView(tree, scope, clock.GetUtcNow()).Sees(found));

    private static Refusal RefusalOf(AccountOutcome outcome, string name) => outcome switch
    {
        AccountOutcome.External => new Refusal("account-external", "account", name),
        AccountOutcome.EmailUnfit => new Refusal("email-unfit", "email"),
        // Somebody gave it away between two looks.
        AccountOutcome.StaffTaken => new Refusal("staff-taken-elsewhere", "staff"),
        AccountOutcome.NameTaken => new Refusal("account-taken", "name", name),
        AccountOutcome.NameUnfit => new Refusal("account-name-unfit", "name", PasswordRules.LongestName.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        _ => new Refusal("account-unknown", "account", name),
    };

    private Task RecordAsync(HttpContext http, string act, string name, string? reason) => audit.RecordAsync(new AuditEntry(act, http.GetCaller().Caller.Name)
    {
        Target = "account:" + name,
        Reason = reason,
        Address = CallerAddress.Of(http),
    });
}
