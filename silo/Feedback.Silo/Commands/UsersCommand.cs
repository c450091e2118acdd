using System.CommandLine;
using Feedback.Domain.Access;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Audit;
using Feedback.Grains.Organisation;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>
/// <c>users</c>: the accounts of people. A password is read from standard input, or drawn and shown once; only its hash is
/// stored. A running server heeds every change at once.
/// </summary>
internal static partial class UsersCommand
{
    public static Command Create() => new("users", "Accounts of people who sign in; the server may run.")
    {
        Add(),
        Grant(),
        Setting("set-email", Email(), "Says where the person of an account is written to about cases; its sessions go on.", SetEmailAsync),
        Setting("set-staff", Staff(), "Says which member of staff the person of an account is: where they are complained of, they are kept from the case. A code belongs to one account.", SetStaffAsync),
        Changing("reset-password", Acts.AccountPassword, "Gives an account another password, and ends its sessions and its lockout.", (services, name, cancellation) => ResetAsync(services, name, cancellation)),
        Changing("reset-second-factor", Acts.SecondFactorReset, "Takes the second factor of an account away, and ends its sessions: whoever lost app and recovery codes sets another one up.", (services, name, _) => services.GetRequiredService<ISecondFactors>().ResetAsync(name)),
        Changing("end-sessions", Acts.SessionEnded, "Ends all sessions of an account.", (services, name, _) => Accounts(services).EndSessionsAsync(name)),
        Changing("disable", Acts.AccountDisabled, "Disables an account for good, and ends its sessions.", (services, name, _) => Accounts(services).DisableAsync(name)),
        List(),
    };

    private static Command Add()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var (name, roles, node) = (Name(), Roles(), Node());
        roles.DefaultValueFactory = _ => [Role.DistrictManager.Word()];
        var external = new Option<bool>("--external") { Description = "The account signs in at the bureau's own provider under this name, and has no password here." };
        var (email, staff) = (new Option<string?>("--email") { Description = "Where the person is written to about cases.", HelpName = "ADDRESS" }, new Option<string?>("--staff") { Description = "The staff code of the person.", HelpName = "CODE" });
        var command = new Command("add", "Adds an account. The password is read from standard input; on a terminal one is drawn and shown once.") { data, postgres, name, roles, node, external, email, staff };
        command.SetAction((parsed, cancellation) => WithAccountsAsync(Sites.Open(parsed, data, postgres), async (site, services) =>
        {
            var (who, grants) = (parsed.GetValue(name)!, await GrantsAsync(site, parsed.GetValue(roles)!, parsed.GetValue(node)));
            var (address, code) = (parsed.GetValue(email), parsed.GetValue(staff));
            DemandAddress(address);
            await DemandStaffAsync(site, services, who, code);
            await NoteAsync(services, Acts.AccountOpened, who, GrantText.Write(grants));
            if (parsed.GetValue(external))
                Demand(await Accounts(services).CreateAsync(who, null, grants), who, grants);
            else
                await WithPasswordAsync(password => Accounts(services).CreateAsync(who, password, grants), who, cancellation, grants);
            if (address is not null)
                Demand(await Accounts(services).SetEmailAsync(who, address), who);
            if (code is not null)
                await SetStaffAsync(site, services, who, code);
        }, cancellation));
        return command;
    }

    private static Command Grant()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var (name, roles, node) = (Name(), Roles(), Node());
        roles.Required = true;
        var command = new Command("grant", "Replaces all roles of an account, and ends its sessions.") { data, postgres, name, roles, node };
        command.SetAction((parsed, cancellation) => WithAccountsAsync(Sites.OpenExisting(parsed, data, postgres), async (site, services) =>
        {
            var (who, grants) = (parsed.GetValue(name)!, await GrantsAsync(site, parsed.GetValue(roles)!, parsed.GetValue(node)));
            await NoteAsync(services, Acts.RoleGranted, who, GrantText.Write(grants));
            Demand(await Accounts(services).GrantAsync(who, grants), who, grants);
        }, cancellation));
        return command;
    }

    private static Command Changing(string verb, string act, string description, Func<IServiceProvider, string, CancellationToken, Task<AccountOutcome>> change)
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var name = Name();
        var command = new Command(verb, description) { data, postgres, name };
        command.SetAction((parsed, cancellation) => WithAccountsAsync(Sites.OpenExisting(parsed, data, postgres), async (_, services) =>
        {
            var who = parsed.GetValue(name)!;
            await NoteAsync(services, act, who);
            Demand(await change(services, who, cancellation), who);
        }, cancellation));
        return command;
    }

    private static Command List()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var command = new Command("list", "Lists the accounts.") { data, postgres };
        command.SetAction((parsed, cancellation) => WithAccountsAsync(Sites.OpenExisting(parsed, data, postgres), async (_, services) =>
        {
            foreach (var account in await Accounts(services).ListAsync())
                Console.WriteLine($"{account.Name}\t{GrantText.Write(account.Grants)}\t{(account.Disabled ? "disabled" : "valid")}\t{(account.HasSecondFactor ? "second-factor" : "password")}{(account.External ? "\texternal" : "")}{(account.Staff is { } staff ? "\tstaff " + staff : "")}");
        }, cancellation));
        return command;
    }

    private static async Task<AccountOutcome> ResetAsync(IServiceProvider services, string name, CancellationToken cancellation)
    {
        await WithPasswordAsync(password => Accounts(services).ResetPasswordAsync(name, password), name, cancellation);
        return AccountOutcome.Done;
    }

    private static async Task WithPasswordAsync(Func<string, Task<AccountOutcome>> work, string name, CancellationToken cancellation, IReadOnlyList<Grant>? grants = null)
    {
        var drawn = Console.IsInputRedirected ? null : PasswordRules.Generate();
        var password = drawn ?? (await Console.In.ReadToEndAsync(cancellation)).TrimEnd('\r', '\n');
        Demand(await work(password), name, grants);
        if (drawn is not null)
            Console.WriteLine($"The password of {name} is {drawn}\nIt is shown this once and not stored.");
    }

    private static void Demand(AccountOutcome outcome, string name, IReadOnlyList<Grant>? grants = null)
    {
        if (outcome != AccountOutcome.Done)
            throw new UsageException(outcome switch
            {
                AccountOutcome.NameTaken => $"There is an account {name} already.",
                AccountOutcome.NameUnfit => $"A name has 1 to {PasswordRules.LongestName} visible characters, and no spaces around them.",
                AccountOutcome.PasswordUnfit => $"A password has {PasswordRules.Shortest} to {PasswordRules.Longest} characters; for example: openssl rand -base64 18 | feedback users add NAME",
                AccountOutcome.External => $"{name} signs in at the bureau's own provider and has no password here: change it there.",
                AccountOutcome.StaffTaken => "Another account has that staff code: 'users list' tells which.",
                AccountOutcome.RolesApart => $"One account may not be {Rights.Refused(grants!)!.Value} at once: give them to different people.",
                _ => $"There is no account {name}.",
            });
    }

    // Each role is good at the node behind its @, else at the node named for all, else everywhere.
    private static async Task<IReadOnlyList<Grant>> GrantsAsync(Site site, IEnumerable<string> roles, string? everywhere)
    {
        var grants = new List<Grant>();
        foreach (var role in roles)
        {
            var at = role.IndexOf('@', StringComparison.Ordinal);
            var word = at < 0 ? role : role[..at];
            var node = at < 0 ? everywhere : role[(at + 1)..];
            grants.Add(new Grant(
                RoleWords.RoleOf(word) ?? throw new UsageException($"There is no role '{word}'; roles are {string.Join(", ", RoleWords.All)}."),
                node is null ? null : await NodeAsync(site, node)));
        }

        return grants;
    }

    private static async Task<NodeId> NodeAsync(Site site, string node)
    {
        using var host = VerbHost.BuildStorage(site);
        return (await host.Services.GetRequiredService<IBureau>().RefreshAsync()).Tree.Find(node)?.Id ?? throw new UsageException($"There is no node '{node}'.");
    }

    private static Argument<string> Name() => new("name") { Description = "The name to sign in with." };

    private static Option<string[]> Roles() => new("--role")
    {
        Description = $"A role, or a role at a node such as hall-manager@n3; may be given several times. One of {string.Join(", ", RoleWords.All)}.",
        HelpName = "ROLE",
    };

    private static Option<string> Node() => new("--node") { Description = "The id or path of the node at or below which the roles are good; the whole bureau when left out.", HelpName = "NODE" };

    private static IAccounts Accounts(IServiceProvider services) => services.GetRequiredService<IAccounts>();

    // The running server takes it over into its trail, or the next one that starts.
    private static Task NoteAsync(IServiceProvider services, string act, string name, string? reason = null) =>
        services.GetRequiredService<IVerbActs>().NoteAsync(new AuditEntry(act, "verb") { Target = "account:" + name, Reason = reason, At = RealClock.Instance.GetUtcNow().ToUnixTimeMilliseconds() });

    private static Task<int> WithAccountsAsync(Site site, Func<Site, IServiceProvider, Task> work, CancellationToken cancellation) => Sites.RunAsync(async () =>
    {
        using var use = await site.ShareAsync("users", cancellation);
        await using var services = await AccountsHosting.OpenAccountsAsync(site);
        await work(site, services);
        return 0;
    });
}
