using System.CommandLine;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Organisation;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>
/// <c>users</c>: the accounts of people. A password is read from standard input, or drawn and shown once; only its hash is
/// stored. A running server heeds every change at once.
/// </summary>
internal static class UsersCommand
{
    public static Command Create() => new("users", "Accounts of people who sign in; the server may run.")
    {
        Add(),
        Changing("reset-password", "Gives an account another password, and ends its sessions and its lockout.", ResetAsync),
        Changing("disable", "Disables an account for good, and ends its sessions.", (accounts, name, _) => accounts.DisableAsync(name)),
        List(),
    };

    private static Command Add()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var name = Name();
        var roles = new Option<string[]>("--role")
        {
            Description = $"A role; may be given several times. One of {string.Join(", ", RoleWords.All)}.",
            DefaultValueFactory = _ => [Role.DistrictManager.Word()],
            HelpName = "ROLE",
        };
        var node = new Option<string>("--node") { Description = "The id or path of the node at or below which the roles are good; the whole bureau when left out.", HelpName = "NODE" };
        var command = new Command("add", "Adds an account. The password is read from standard input; on a terminal one is drawn and shown once.") { data, postgres, name, roles, node };
        command.SetAction((parsed, cancellation) => WithAccountsAsync(Sites.Open(parsed, data, postgres), async (site, accounts) =>
        {
            var scope = parsed.GetValue(node) is { } wanted ? await ScopeAsync(site, wanted) : (NodeId?)null;
            var grants = parsed.GetValue(roles)!.Select(role => new Grant(
                RoleWords.RoleOf(role) ?? throw new UsageException($"There is no role '{role}'; roles are {string.Join(", ", RoleWords.All)}."), scope)).ToList();
            await WithPasswordAsync(password => accounts.CreateAsync(parsed.GetValue(name)!, password, grants), parsed.GetValue(name)!, cancellation);
        }));
        return command;
    }

    private static Command Changing(string verb, string description, Func<IAccounts, string, CancellationToken, Task<AccountOutcome>> change)
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var name = Name();
        var command = new Command(verb, description) { data, postgres, name };
        command.SetAction((parsed, cancellation) => WithAccountsAsync(Sites.OpenExisting(parsed, data, postgres), async (_, accounts) =>
            Demand(await change(accounts, parsed.GetValue(name)!, cancellation), parsed.GetValue(name)!)));
        return command;
    }

    private static Command List()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var command = new Command("list", "Lists the accounts.") { data, postgres };
        command.SetAction((parsed, _) => WithAccountsAsync(Sites.OpenExisting(parsed, data, postgres), async (_, accounts) =>
        {
            foreach (var account in await accounts.ListAsync())
                Console.WriteLine($"{account.Name}\t{GrantText.Write(account.Grants)}\t{(account.Disabled ? "disabled" : "valid")}");
        }));
        return command;
    }

    private static async Task<AccountOutcome> ResetAsync(IAccounts accounts, string name, CancellationToken cancellation)
    {
        await WithPasswordAsync(password => accounts.ResetPasswordAsync(name, password), name, cancellation);
        return AccountOutcome.Done;
    }

    private static async Task WithPasswordAsync(Func<string, Task<AccountOutcome>> work, string name, CancellationToken cancellation)
    {
        var drawn = Console.IsInputRedirected ? null : PasswordRules.Generate();
        var password = drawn ?? (await Console.In.ReadToEndAsync(cancellation)).TrimEnd('\r', '\n');
        Demand(await work(password), name);
        if (drawn is not null)
            Console.WriteLine($"The password of {name} is {drawn}\nIt is shown this once and not stored.");
    }

    private static void Demand(AccountOutcome outcome, string name)
    {
        if (outcome != AccountOutcome.Done)
            throw new UsageException(outcome switch
            {
                AccountOutcome.NameTaken => $"There is an account {name} already.",
                AccountOutcome.NameUnfit => $"A name has 1 to {PasswordRules.LongestName} visible characters, and no spaces around them.",
                AccountOutcome.PasswordUnfit => $"A password has {PasswordRules.Shortest} to {PasswordRules.Longest} characters; for example: openssl rand -base64 18 | feedback users add NAME",
                _ => $"There is no account {name}.",
            });
    }

    private static async Task<NodeId> ScopeAsync(Site site, string node)
    {
        using var host = VerbHost.BuildStorage(site);
        return (await host.Services.GetRequiredService<IBureau>().RefreshAsync()).Tree.Find(node)?.Id ?? throw new UsageException($"There is no node '{node}'.");
    }

    private static Argument<string> Name() => new("name") { Description = "The name to sign in with." };

    private static Task<int> WithAccountsAsync(Site site, Func<Site, IAccounts, Task> work) => Sites.RunAsync(async () =>
    {
        await using var services = await AccountsHosting.OpenAccountsAsync(site);
        await work(site, services.GetRequiredService<IAccounts>());
        return 0;
    });
}
