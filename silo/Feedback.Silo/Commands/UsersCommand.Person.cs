using System.CommandLine;
using Feedback.Grains.Audit;
using Feedback.Grains.Notices;
using Feedback.Grains.Organisation;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary><c>users set-email</c>, <c>users set-staff</c>: whose account it is.</summary>
internal static partial class UsersCommand
{
    private static Command Setting(string verb, Argument<string?> value, string description, Func<Site, IServiceProvider, string, string?, Task> set)
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var (name, none) = (Name(), new Option<bool>("--none") { Description = "Takes it away." });
        var command = new Command(verb, description) { data, postgres, name, value, none };
        command.SetAction((parsed, cancellation) => WithAccountsAsync(Sites.OpenExisting(parsed, data, postgres), async (site, services) =>
        {
            var given = parsed.GetValue(value);
            if (given is null != parsed.GetValue(none))
                throw new UsageException($"Give the {value.Name}, or --none to take it away.");
            var who = parsed.GetValue(name)!;
            // As it is written in the list of accounts, which the trail goes by.
            await set(site, services, (await Accounts(services).FindByNameAsync(who))?.Name ?? throw new UsageException($"There is no account {who}."), given);
        }, cancellation));
        return command;
    }

    private static async Task SetEmailAsync(Site _, IServiceProvider services, string who, string? address)
    {
        DemandAddress(address);
        await NoteAsync(services, Acts.AccountEmail, who);
        Demand(await Accounts(services).SetEmailAsync(who, address), who);
    }

    private static async Task SetStaffAsync(Site site, IServiceProvider services, string who, string? code)
    {
        await DemandStaffAsync(site, services, who, code);
        var before = (await Accounts(services).FindByNameAsync(who))?.Staff;
        await NoteAsync(services, Acts.AccountStaff, who, $"{before ?? "–"} → {code ?? "–"}");
        Demand(await Accounts(services).SetStaffAsync(who, code), who);
    }

    private static void DemandAddress(string? address)
    {
        if (address is not null && MailAddress.Read(address) is null)
            throw new UsageException($"'{address}' is no e-mail address.");
    }

    private static async Task DemandStaffAsync(Site site, IServiceProvider services, string who, string? code)
    {
        if (code is null)
            return;
        using var host = VerbHost.BuildStorage(site);
        if (!(await host.Services.GetRequiredService<IBureau>().RefreshAsync()).Catalogue.Staff.ContainsKey(code))
            throw new UsageException($"There is no member of staff '{code}'.");
        if ((await Accounts(services).ListAsync()).FirstOrDefault(one => one.Staff == code && !one.Name.Equals(who, StringComparison.OrdinalIgnoreCase)) is { } other)
            throw new UsageException($"Account {other.Name} has the staff code {code} already. Take it away there first: users set-staff {other.Name} --none");
    }

    private static Argument<string?> Email() => new("address") { Description = "The e-mail address.", Arity = ArgumentArity.ZeroOrOne };

    private static Argument<string?> Staff() => new("code") { Description = "The staff code, as in the register of staff.", Arity = ArgumentArity.ZeroOrOne };
}
