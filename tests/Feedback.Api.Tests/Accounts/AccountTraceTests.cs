using Feedback.Api.Access;
using Feedback.Api.Accounts;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Feedback.Api.Tests.Accounts;

/// <summary>What a security administrator does leaves a trace before it is done, or is not done.</summary>
[Collection(OneSite.Name)]
public sealed class AccountTraceTests(RunningSite site)
{
    private static readonly IReadOnlyList<Grant> HallManager = [new(Role.HallManager, null)];

    private IAccounts Accounts => site.Service<IAccounts>();

    [Fact]
    public async Task Every_act_is_recorded_before_it_is_done()
    {
        var trail = new Trail();
        trail.Before = async entry => trail.Was.Add(entry.Act == "account.opened" ? await Accounts.FindByNameAsync("traced") is null : !(await Accounts.FindByNameAsync("traced"))!.Disabled);
        var (office, http) = (OfficeOf(trail), CallOf("account:chief"));

        var code = await site.NewStaffAsync();

        Assert.Null((await office.OpenAsync(http, "traced", HallManager, external: false)).Refusal);
        Assert.Null(await office.SetStaffAsync(http, "Traced", code));
        Assert.Null(await office.SetStaffAsync(http, "traced", null));
        Assert.Null(await office.GrantAsync(http, "traced", [new Grant(Role.Supervisor, null), new Grant(Role.Publisher, new NodeId(site.District.Value))]));
        Assert.Null((await office.ResetPasswordAsync(http, "traced")).Refusal);
        Assert.Null(await office.ResetSecondFactorAsync(http, "traced"));
        Assert.Null(await office.EndSessionsAsync(http, "TRACED"));
        Assert.Null(await office.DisableAsync(http, "traced"));

        Assert.Equal(
            ["account.opened hall-manager", $"account.staff – → {code}", $"account.staff {code} → –", "role.granted supervisor publisher@" + site.District, "account.password ", "second-factor.reset ", "session.ended ", "account.disabled "],
            trail.Entries.Select(entry => $"{entry.Act} {entry.Reason}"));
        Assert.All(trail.Entries, entry => Assert.Equal(("account:chief", "account:traced"), (entry.Actor, entry.Target)));
        Assert.All(trail.Was, Assert.True);
    }

    [Fact]
    public async Task What_cannot_be_recorded_does_not_happen()
    {
        await Accounts.CreateAsync("untraced", "the password of untraced", HallManager);
        var before = (await Accounts.FindByNameAsync("untraced"))!;
        var (office, http) = (OfficeOf(new Trail { Before = _ => throw new IOException("The trail cannot be written.") }), CallOf("account:chief"));

        await Assert.ThrowsAsync<IOException>(() => office.OpenAsync(http, "never", HallManager, external: false));
        await Assert.ThrowsAsync<IOException>(() => office.GrantAsync(http, "untraced", [new Grant(Role.Supervisor, null)]));
        await Assert.ThrowsAsync<IOException>(() => office.ResetPasswordAsync(http, "untraced"));
        await Assert.ThrowsAsync<IOException>(() => office.SetStaffAsync(http, "untraced", null));
        await Assert.ThrowsAsync<IOException>(() => office.EndSessionsAsync(http, "untraced"));
        await Assert.ThrowsAsync<IOException>(() => office.DisableAsync(http, "untraced"));

        Assert.Null(await Accounts.FindByNameAsync("never"));
        Assert.Equivalent(before, await Accounts.FindByNameAsync("untraced"), strict: true);
    }

    private AccountAdministration OfficeOf(IAudit audit) => new(Accounts, site.Service<ISecondFactors>(), site.Bureau, audit, site.Clock);

    private static DefaultHttpContext CallOf(string name)
    {
        var http = new DefaultHttpContext();
        var account = new Account("chief", name["account:".Length..], [new Grant(Role.SecurityAdministrator, null)], Disabled: false, "stamp");
        http.Features.Set(new CallerOf(Caller.Of(account), Permission.ManageAccounts));
        return http;
    }

    private sealed class Trail : IAudit
    {
        public List<AuditEntry> Entries { get; } = [];

        /// <summary>Whether all was as before when an entry came.</summary>
        public List<bool> Was { get; } = [];

        public Func<AuditEntry, Task> Before { get; set; } = _ => Task.CompletedTask;

        public async Task RecordAsync(AuditEntry entry)
        {
            await Before(entry);
            Entries.Add(entry);
        }

        public void NoteRefusal(AuditEntry entry) => Entries.Add(entry);
    }
}
