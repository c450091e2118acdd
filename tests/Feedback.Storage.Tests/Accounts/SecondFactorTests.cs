using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Storage.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Feedback.Storage.Tests.Accounts;

public sealed class SecondFactorTests
{
    private const string Password = "correct horse battery";
    private static readonly byte[] Secret = [.. Enumerable.Range(1, Totp.SecretLength).Select(i => (byte)i)];

    [Theory, EveryDatabase]
    public async Task A_code_is_good_once(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        var id = await EnrolledAsync(place);

        // The one that proved the app is used up, too.
        Assert.False(await place.Factors.ProveAsync(id, CodeOf(place)));
        place.Clock.Advance(TimeSpan.FromSeconds(Totp.StepSeconds));
        var code = CodeOf(place);
        Assert.True(await place.Factors.ProveAsync(id, code.Insert(3, " ")));
        Assert.False(await place.Factors.ProveAsync(id, code));
    }

    [Theory, EveryDatabase]
    public async Task Of_many_who_show_the_same_code_at_once_one_is_let_in(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        var id = await EnrolledAsync(place);
        place.Clock.Advance(TimeSpan.FromSeconds(Totp.StepSeconds));
        var code = CodeOf(place);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => place.Factors.ProveAsync(id, code))));

        Assert.Equal(1, answers.Count(good => good));
    }

    [Theory, EveryDatabase]
    public async Task Each_of_ten_recovery_codes_is_good_once_and_new_ones_replace_them(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("hall-manager@n3"));
        var id = (await place.Accounts.FindByNameAsync("anna"))!.Id;
        Assert.Null(await place.Factors.DrawRecoveryCodesAsync(id));
        var codes = (await place.Factors.EnrolAsync(id, Secret, CodeOf(place)))!;

        Assert.Equal(10, codes.Distinct().Count());
        Assert.True(await place.Factors.ProveAsync(id, codes[0].ToUpperInvariant() + " "));
        Assert.False(await place.Factors.ProveAsync(id, codes[0]));
        Assert.Equal(9, (await place.Accounts.FindAsync(id))!.RecoveryCodes);
        var renewed = (await place.Factors.DrawRecoveryCodesAsync(id))!;
        Assert.False(await place.Factors.ProveAsync(id, codes[1]));
        Assert.True(await place.Factors.ProveAsync(id, renewed[1]));
    }

    [Theory, EveryDatabase]
    public async Task Five_wrong_codes_lock_the_account_and_a_right_password_does_not_clear_them(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        var id = await EnrolledAsync(place);

        for (var i = 0; i < 5; i++)
        {
            Assert.NotNull(await place.Accounts.SignInAsync("anna", Password));
            Assert.False(await place.Factors.ProveAsync(id, "000000"));
        }

        Assert.Null(await place.Accounts.SignInAsync("anna", Password));
        place.Clock.Advance(PasswordRules.LockedFor - TimeSpan.FromMilliseconds(1));
        Assert.False(await place.Factors.ProveAsync(id, CodeOf(place)));
        place.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await place.Accounts.SignInAsync("anna", Password));
        Assert.True(await place.Factors.ProveAsync(id, CodeOf(place)));
    }

    [Theory, EveryDatabase]
    public async Task Many_wrong_codes_at_once_get_no_more_than_five_tries(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        var id = await EnrolledAsync(place);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => place.Factors.ProveAsync(id, "000000"))));

        place.Clock.Advance(TimeSpan.FromSeconds(Totp.StepSeconds));
        Assert.False(await place.Factors.ProveAsync(id, CodeOf(place)));
        Assert.Null(await place.Accounts.SignInAsync("anna", Password));
    }

    [Theory, EveryDatabase]
    public async Task Every_change_renews_the_stamp_that_sessions_bear(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("hall-manager@n3"));
        var stamps = new List<string> { await StampAsync() };
        var id = (await place.Accounts.FindByNameAsync("anna"))!.Id;

        Assert.NotNull(await place.Factors.EnrolAsync(id, Secret, CodeOf(place)));
        stamps.Add(await StampAsync());
        Assert.Equal(AccountOutcome.Done, await place.Factors.ResetAsync("anna"));
        stamps.Add(await StampAsync());
        Assert.Equal(AccountOutcome.Done, await place.Accounts.GrantAsync("anna", GrantText.Read("supervisor hall-manager@n4")));
        stamps.Add(await StampAsync());
        Assert.Equal(AccountOutcome.Done, await place.Accounts.EndSessionsAsync("anna"));
        stamps.Add(await StampAsync());

        Assert.Equal(5, stamps.Distinct().Count());
        var account = (await place.Accounts.FindAsync(id))!;
        Assert.Equal(("supervisor hall-manager@n4", false, 0), (GrantText.Write(account.Grants), account.HasSecondFactor, account.RecoveryCodes));
        Assert.False(await place.Factors.ProveAsync(id, CodeOf(place)));

        async Task<string> StampAsync() => (await place.Accounts.FindByNameAsync("anna"))!.Stamp;
    }

    [Theory, EveryDatabase]
    public async Task Of_many_who_set_up_a_first_factor_at_once_one_does_and_nobody_replaces_it_afterwards(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("hall-manager@n3"));
        var account = (await place.Accounts.FindByNameAsync("anna"))!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => place.Factors.EnrolAsync(account.Id, Secret, CodeOf(place), account.Stamp))));

        Assert.Equal(1, answers.Count(codes => codes is not null));
        Assert.Null(await place.Factors.EnrolAsync(account.Id, Secret, CodeOf(place), account.Stamp));
        Assert.True(await place.Factors.ProveAsync(account.Id, answers.Single(codes => codes is not null)![0]));
    }

    [Theory, EveryDatabase]
    public async Task A_reset_ends_the_lockout_by_codes_and_by_passwords(Database database)
    {
        await using var place = await OpenPlace.NewAsync(database);
        var id = await EnrolledAsync(place);
        for (var i = 0; i < PasswordRules.MostFailures; i++)
        {
            Assert.False(await place.Factors.ProveAsync(id, "000000"));
            Assert.Null(await place.Accounts.SignInAsync("anna", "wrong"));
        }

        await place.Factors.ResetAsync("anna");

        Assert.NotNull(await place.Accounts.SignInAsync("anna", Password));
    }

    [Fact]
    public async Task A_wrong_code_enrols_nothing()
    {
        await using var place = await OpenPlace.NewAsync(Database.Sqlite);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("hall-manager@n3"));
        var account = (await place.Accounts.FindByNameAsync("anna"))!;

        Assert.Null(await place.Factors.EnrolAsync(account.Id, Secret, "000000"));

        Assert.Equivalent(account, await place.Accounts.FindAsync(account.Id), strict: true);
    }

    [Fact]
    public async Task A_file_of_accounts_holds_no_secret_and_no_recovery_code()
    {
        await using var place = await OpenPlace.NewAsync(Database.Sqlite);
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("hall-manager@n3"));
        var codes = (await place.Factors.EnrolAsync((await place.Accounts.FindByNameAsync("anna"))!.Id, Secret, CodeOf(place)))!;
        SqliteConnection.ClearAllPools();

        byte[][] hidden = [Secret, .. codes.Append(Convert.ToBase64String(Secret)).Append(Base32.Write(Secret)).Append(Convert.ToHexStringLower(Secret)).Select(System.Text.Encoding.UTF8.GetBytes)];
        Assert.All(Directory.GetFiles(Path.GetDirectoryName(place.File!)!), file =>
            Assert.All(hidden, secret => Assert.True(File.ReadAllBytes(file).AsSpan().IndexOf(secret) < 0, file)));
    }

    private static string CodeOf(OpenPlace place) => Totp.CodeAt(Secret, Totp.StepAt(place.Clock.GetUtcNow().ToUnixTimeMilliseconds()));

    private static async Task<string> EnrolledAsync(OpenPlace place)
    {
        await place.Accounts.CreateAsync("anna", Password, GrantText.Read("hall-manager@n3"));
        var id = (await place.Accounts.FindByNameAsync("anna"))!.Id;
        Assert.NotNull(await place.Factors.EnrolAsync(id, Secret, CodeOf(place)));
        return id;
    }
}
