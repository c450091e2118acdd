using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Storage.Tests.Support;
using Xunit;

namespace Feedback.Storage.Tests.Accounts;

/// <summary>Accounts of the release before there were roles, and what else an account may be.</summary>
public sealed class UpgradeTests
{
    private const string Password = "correct horse battery";

    // As version 1 made it.
    private const string FirstRelease = """
        create table {0} (
            id text primary key, name text not null, name_key text not null unique, password_hash text not null, security_stamp text not null,
            concurrency_stamp text not null, failures integer not null, locked_until bigint not null, role text not null, scope text, disabled {1} not null
        )
        """;

    private const string Insert = "insert into {0} values ('{1}', '{1}', upper('{1}'), 'hash', 'stamp', 'same', 0, 0, 'Administrator', {2}, {3})";

    [Theory, EveryDatabase]
    public async Task Administrators_of_the_first_release_keep_what_they_could_do(Database database)
    {
        var (table, flag, no) = database == Database.Postgres ? ("accounts.people", "boolean", "false") : ("people", "integer", "0");
        await using var place = await OpenPlace.NewAsync(database, [
            .. database == Database.Postgres ? new[] { "create schema accounts" } : [],
            string.Format(null, FirstRelease, table, flag),
            string.Format(null, Insert, table, "anna", "null", no),
            string.Format(null, Insert, table, "bela", "'n3'", no)]);

        Assert.Equal(
            ["anna system-administrator district-manager False", "bela district-manager@n3 False"],
            (await place.Accounts.ListAsync()).Select(account => $"{account.Name} {GrantText.Write(account.Grants)} {account.HasSecondFactor}"));
        Assert.Equal(AccountOutcome.Done, await place.Accounts.ResetPasswordAsync("anna", Password));
        Assert.NotNull(await place.Accounts.SignInAsync("anna", Password));
    }

    [Theory, EveryDatabase]
    public async Task Nobody_is_two_of_system_security_and_audit_administrator(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("system-administrator"));

        foreach (var both in new[] { "system-administrator security-administrator", "security-administrator@n1 audit-administrator@n2", "audit-administrator hall-manager@n3 system-administrator" })
        {
            Assert.Equal(AccountOutcome.RolesApart, await place.Accounts.CreateAsync("bela", Password, GrantText.Read(both)));
            Assert.Equal(AccountOutcome.RolesApart, await place.Accounts.GrantAsync("anna", GrantText.Read(both)));
        }

        Assert.Equal("system-administrator", GrantText.Write(Assert.Single(await place.Accounts.ListAsync()).Grants));
    }

    [Theory, EveryDatabase]
    public async Task An_account_for_external_sign_in_is_bound_once_to_the_providers_subject(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("hall-manager@n3"));
        await place.Accounts.CreateAsync("bela", null, GrantText.Read("hall-manager@n3"));

        Assert.Null(await place.Accounts.SignInExternallyAsync("issuer 1", "anna"));
        Assert.Null(await place.Accounts.SignInExternallyAsync("issuer 1", "nobody"));
        Assert.Null(await place.Accounts.SignInExternallyAsync("issuer 1", null));
        await Assert.ThrowsAsync<IOException>(() => place.Accounts.SignInExternallyAsync("issuer 1", "bela", _ => throw new IOException("The trail takes nothing.")));
        Assert.Null(await place.Accounts.SignInExternallyAsync("issuer 1", "renamed"));
        var told = new List<string>();
        Assert.Equal("bela", (await place.Accounts.SignInExternallyAsync("issuer 1", "BELA", Tell))!.Name);
        Assert.NotNull(await place.Accounts.SignInExternallyAsync("issuer 1", "bela", Tell));
        Assert.Null(await place.Accounts.SignInExternallyAsync("issuer 3", "anna", Tell));
        Assert.Equal(["bela"], told);
        Assert.Equal("bela", (await place.Accounts.SignInExternallyAsync("issuer 1", "renamed"))!.Name);
        Assert.Null(await place.Accounts.SignInExternallyAsync("issuer 2", "bela"));
        Assert.Null(await place.Accounts.SignInAsync("bela", ""));
        Assert.Equal(AccountOutcome.External, await place.Accounts.ResetPasswordAsync("bela", Password));
        Assert.Null(await place.Accounts.SignInAsync("bela", Password));
        await place.Accounts.DisableAsync("bela");
        Assert.Null(await place.Accounts.SignInExternallyAsync("issuer 1", "bela"));

        Task Tell(Account account)
        {
            told.Add(account.Name);
            return Task.CompletedTask;
        }
    }

    [Theory, EveryDatabase]
    public async Task What_verbs_noted_is_handed_over_in_order_and_kept_until_it_was_recorded(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.VerbActs.NoteAsync(new AuditEntry("account.opened", "verb") { Target = "account:anna", Reason = "hall-manager@n3", At = 1_772_415_000_000 });
        await place.VerbActs.NoteAsync(new AuditEntry("account.disabled", "verb") { Target = "account:anna" });
        var recorded = new List<AuditEntry>();

        await Assert.ThrowsAsync<IOException>(() => place.VerbActs.HandOverAsync(_ => throw new IOException()));
        await place.VerbActs.HandOverAsync(Record);
        await place.VerbActs.HandOverAsync(Record);

        Assert.Equal(
            [new AuditEntry("account.opened", "verb") { Target = "account:anna", Reason = "hall-manager@n3", At = 1_772_415_000_000 }, new AuditEntry("account.disabled", "verb") { Target = "account:anna" }],
            recorded);

        Task Record(AuditEntry entry)
        {
            recorded.Add(entry);
            return Task.CompletedTask;
        }
    }
}
