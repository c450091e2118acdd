using Dapper;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Storage.Tests.Support;
using Feedback.TestSupport;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Feedback.Storage.Tests.Accounts;

public sealed class AccountTests
{
    private const string Password = "correct horse battery";

    [Theory, EveryDatabase]
    public async Task Who_knows_name_and_password_signs_in_whatever_the_case_of_the_name(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        var scope = new NodeId("n3");

        Assert.Equal(AccountOutcome.Done, await place.Accounts.CreateAsync("王芳", Password, [new(Role.DistrictManager, scope)]));
        Assert.Equal(AccountOutcome.Done, await place.Accounts.CreateAsync("Anna", Password, GrantText.Read("system-administrator district-manager")));

        var account = await place.Accounts.SignInAsync("aNNa", Password);
        Assert.Equal(("Anna", "system-administrator district-manager", false), (account!.Name, GrantText.Write(account.Grants), account.Disabled));
        Assert.Equal([new Grant(Role.DistrictManager, scope)], (await place.Accounts.SignInAsync("王芳", Password))!.Grants);
        Assert.Null(await place.Accounts.SignInAsync("anna", Password.ToUpperInvariant()));
        Assert.Null(await place.Accounts.SignInAsync("anna", ""));
        Assert.Null(await place.Accounts.SignInAsync("bela", Password));
        Assert.Equivalent(account, await place.Accounts.FindAsync(account.Id), strict: true);
    }

    [Theory, EveryDatabase]
    public async Task An_address_is_kept_as_long_as_the_account_is_and_ends_no_session(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("supervisor"));
        var before = (await place.Accounts.FindByNameAsync("anna"))!;
        Assert.Null(before.Email);

        foreach (var unfit in new[] { "anna", "anna@", "anna@localhost", "a@example.org, b@example.org", "", new string('a', 64) + "@" + new string('b', 250) + ".org" })
            Assert.Equal(AccountOutcome.EmailUnfit, await place.Accounts.SetEmailAsync("anna", unfit));
        Assert.Equal(AccountOutcome.NameUnknown, await place.Accounts.SetEmailAsync("bela", "bela@example.org"));
        Assert.Equal(AccountOutcome.Done, await place.Accounts.SetEmailAsync("ANNA", " anna@example.org "));

        var account = (await place.Accounts.FindByNameAsync("anna"))!;
        Assert.Equal(("anna@example.org", before.Stamp), (account.Email, account.Stamp));
        Assert.Equal(AccountOutcome.Done, await place.Accounts.GrantAsync("anna", GrantText.Read("publisher")));
        Assert.Equal("anna@example.org", Assert.Single(await place.Accounts.ListAsync()).Email);
        await place.Accounts.DisableAsync("anna");
        Assert.Null((await place.Accounts.FindByNameAsync("anna"))!.Email);
        Assert.Equal(AccountOutcome.NameUnknown, await place.Accounts.SetEmailAsync("anna", "anna@example.org"));
    }

    [Theory, EveryDatabase]
    public async Task A_staff_code_belongs_to_one_account_stays_with_it_when_it_is_disabled_and_ends_no_session(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        foreach (var name in new[] { "anna", "bela", "cyril" })
            await place.Accounts.CreateAsync(name, Password, GrantText.Read("supervisor"));
        var before = (await place.Accounts.FindByNameAsync("anna"))!;
        Assert.Null(before.Staff);

        Assert.Equal(AccountOutcome.Done, await place.Accounts.SetStaffAsync("ANNA", "s-7"));
        Assert.Equal(AccountOutcome.Done, await place.Accounts.SetStaffAsync("anna", "s-7"));
        Assert.Equal(AccountOutcome.StaffTaken, await place.Accounts.SetStaffAsync("bela", "s-7"));
        Assert.Equal(AccountOutcome.NameUnknown, await place.Accounts.SetStaffAsync("dora", "s-8"));
        var account = (await place.Accounts.FindByNameAsync("anna"))!;
        Assert.Equal(("s-7", before.Stamp), (account.Staff, account.Stamp));

        await place.Accounts.GrantAsync("anna", GrantText.Read("publisher"));
        await place.Accounts.DisableAsync("anna");
        Assert.Equal(["s-7", null, null], (await place.Accounts.ListAsync()).Select(one => one.Staff));
        Assert.Equal(AccountOutcome.StaffTaken, await place.Accounts.SetStaffAsync("bela", "s-7"));
        Assert.Equal(AccountOutcome.Done, await place.Accounts.SetStaffAsync("anna", null));
        Assert.Equal(AccountOutcome.Done, await place.Accounts.SetStaffAsync("bela", "s-7"));
        Assert.Equal([null, "s-7", null], (await place.Accounts.ListAsync()).Select(one => one.Staff));
    }

    [Theory, EveryDatabase]
    public async Task Who_changes_an_account_that_was_read_before_its_staff_code_was_set_does_not_take_that_away(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("supervisor"));
        place.Hasher.Meanwhile = () => place.Accounts.SetStaffAsync("anna", "s-7");

        await Assert.ThrowsAsync<IOException>(() => place.Accounts.ResetPasswordAsync("anna", "quite another one"));

        Assert.Equal("s-7", (await place.Accounts.FindByNameAsync("anna"))!.Staff);
    }

    [Theory, EveryDatabase]
    public async Task Five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("system-administrator district-manager"));

        for (var i = 0; i < 4; i++)
            Assert.Null(await place.Accounts.SignInAsync("anna", "wrong"));
        Assert.NotNull(await place.Accounts.SignInAsync("anna", Password));
        for (var i = 0; i < 5; i++)
            Assert.Null(await place.Accounts.SignInAsync("anna", "wrong"));

        Assert.Null(await place.Accounts.SignInAsync("anna", Password));
        place.Clock.Advance(PasswordRules.LockedFor - TimeSpan.FromMilliseconds(1));
        Assert.Null(await place.Accounts.SignInAsync("anna", Password));
        place.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await place.Accounts.SignInAsync("anna", Password));
    }

    [Theory, EveryDatabase]
    public async Task Many_tries_at_once_get_no_more_than_five(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("system-administrator district-manager"));
        place.Hasher.Against.Clear();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => place.Accounts.SignInAsync("anna", "wrong")));

        Assert.Null(await place.Accounts.SignInAsync("anna", Password));
        Assert.Equal(21, place.Hasher.Against.Count);
        Assert.Equal([5, 16], place.Hasher.Against.CountBy(hash => hash).Select(hash => hash.Value).Order());
    }

    [Theory, EveryDatabase]
    public async Task An_unknown_name_costs_the_same_work_as_a_wrong_password(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("system-administrator district-manager"));
        await place.Accounts.CreateAsync("gone", Password, GrantText.Read("system-administrator district-manager"));
        await place.Accounts.DisableAsync("gone");

        foreach (var name in new[] { "anna", "nobody", "gone", "", "\0", "anna\0", new string('a', 65) })
        {
            place.Hasher.Against.Clear();
            Assert.Null(await place.Accounts.SignInAsync(name, "wrong"));
            Assert.Single(place.Hasher.Against);
        }

        Assert.Null(await place.Accounts.FindByNameAsync("\0"));
        Assert.Equal(AccountOutcome.NameUnknown, await place.Accounts.DisableAsync("anna\0"));
        Assert.Null(await place.Accounts.SignInExternallyAsync("issuer 1", "anna\0"));
    }

    [Fact]
    public async Task An_unknown_name_waits_for_a_commit_as_a_wrong_password_does_and_leaves_nothing_behind()
    {
        await using var place = await OpenPlace.NewAsync(Database.Sqlite);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("system-administrator district-manager"));
        await using var watcher = new SqliteConnection($"Data Source={place.File}");
        await watcher.OpenAsync();

        foreach (var name in new[] { "anna", "nobody", "", "\0" })
        {
            // Another number whenever somebody else has committed a change.
            var before = await watcher.ExecuteScalarAsync<long>("pragma data_version");
            Assert.Null(await place.Accounts.SignInAsync(name, "wrong"));
            Assert.NotEqual(before, await watcher.ExecuteScalarAsync<long>("pragma data_version"));
        }

        Assert.Single(await place.Accounts.ListAsync());
    }

    [Theory, EveryDatabase]
    public async Task Two_passwords_are_hashed_at_once_twenty_wait_and_all_others_are_turned_away(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("system-administrator district-manager"));
        place.Hasher.Closed = new ManualResetEventSlim();

        var present = Enumerable.Range(0, 2).Select(_ => Task.Run(() => place.Accounts.SignInAsync("nobody", "wrong"))).ToList();
        await Wait.UntilAsync("two are hashed", () => Task.FromResult(place.Hasher.Most == 2));
        present.AddRange(Enumerable.Range(0, 20).Select(_ => place.Accounts.SignInAsync("nobody", "wrong")));
        var oneMore = await Record.ExceptionAsync(() => place.Accounts.SignInAsync("anna", Password).WaitAsync(Wait.Patience));
        place.Hasher.Closed.Set();

        Assert.IsType<SignInBusyException>(oneMore);
        Assert.All(await Task.WhenAll(present), Assert.Null);
        Assert.Equal(2, place.Hasher.Most);
        Assert.NotNull(await place.Accounts.SignInAsync("anna", Password));
    }

    [Theory, EveryDatabase]
    public async Task A_changed_password_or_a_disabled_account_changes_the_stamp_of_its_sessions(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("system-administrator district-manager"));
        var first = (await place.Accounts.SignInAsync("anna", Password))!;

        Assert.Equal(AccountOutcome.Done, await place.Accounts.ResetPasswordAsync("anna", "another password"));
        Assert.Null(await place.Accounts.SignInAsync("anna", Password));
        var second = (await place.Accounts.SignInAsync("anna", "another password"))!;
        Assert.Equal(AccountOutcome.Done, await place.Accounts.DisableAsync("anna"));

        Assert.Null(await place.Accounts.SignInAsync("anna", "another password"));
        var third = (await place.Accounts.FindAsync(first.Id))!;
        Assert.True(third.Disabled);
        Assert.Equal(3, new[] { first.Stamp, second.Stamp, third.Stamp }.Distinct().Count());
    }

    [Theory, EveryDatabase]
    public async Task Of_several_who_want_to_make_the_first_accounts_one_does_and_makes_all(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        Assert.Equal(AccountOutcome.PasswordUnfit, await place.Accounts.CreateFirstAsync([new("anna", Password, []), new("bela", "short", [])]));
        Assert.Empty(await place.Accounts.ListAsync());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => place.Accounts.CreateFirstAsync([new($"anna{i}", Password, []), new($"bela{i}", Password, [])])));

        Assert.Equal(1, outcomes.Count(outcome => outcome == AccountOutcome.Done));
        Assert.Equal(5, outcomes.Count(outcome => outcome == AccountOutcome.NotTheFirst));
        Assert.Equal(2, (await place.Accounts.ListAsync()).Count);
    }

    [Theory, EveryDatabase]
    public async Task What_cannot_be_is_refused_by_its_reason(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("system-administrator district-manager"));

        Assert.Equal(AccountOutcome.NameTaken, await place.Accounts.CreateAsync("ANNA", Password, GrantText.Read("system-administrator district-manager")));
        Assert.Equal(AccountOutcome.PasswordUnfit, await place.Accounts.CreateAsync("bela", "short", GrantText.Read("system-administrator district-manager")));
        Assert.Equal(AccountOutcome.PasswordUnfit, await place.Accounts.ResetPasswordAsync("anna", "short"));
        Assert.Equal(AccountOutcome.NameUnknown, await place.Accounts.ResetPasswordAsync("bela", Password));
        Assert.Equal(AccountOutcome.NameUnknown, await place.Accounts.DisableAsync("bela"));
        foreach (var name in new[] { "", " anna", "a\nb", new string('a', 65) })
            Assert.Equal(AccountOutcome.NameUnfit, await place.Accounts.CreateAsync(name, Password, GrantText.Read("system-administrator district-manager")));
    }

    [Fact]
    public async Task A_file_of_accounts_is_its_owners_only_and_holds_no_password()
    {
        await using var place = await OpenPlace.NewAsync(Database.Sqlite);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("system-administrator district-manager"));

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(place.File!));
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(place.File!)!), file =>
            Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(Password)) < 0));
    }
}
