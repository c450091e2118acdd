using System.CommandLine;
using System.Security.Cryptography;
using Feedback.Grains.Audit;
using Feedback.Grains.Personal;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary><c>keys</c>: the master keys that wrap the data keys of persons.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", "Master keys of personal text: add a newer one, move stored data keys to it, count; and all keys of a new site.") { Rotate(), Rewrap(), Status(), NewKeysCommand.Create() };

    private static Command Rotate()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var command = new Command("rotate", "Adds a newer master key to master.key; it wraps new data keys, those before go on opening theirs. The server must not run.") { data, postgres };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var site = Sites.OpenExisting(parsed, data, postgres);
            using var held = site.Data.Lock();
            using var use = await site.ShareAsync("keys", cancellation);
            using var host = VerbHost.BuildStorage(site);
            await host.StartAsync(cancellation);
            var newer = SecretsFile.Read(site).WithNewMaster();
            await host.Services.GetRequiredService<IAudit>().RecordAsync(new AuditEntry(Acts.KeysRotated, "verb") { Target = $"master {newer.MasterVersion}" });
            OwnerFile.Write(site.MasterKey, newer.ToText(), replace: true);
            await host.StopAsync(cancellation);
            Console.WriteLine($"Master key {newer.MasterVersion} wraps new data keys from the next start on. Back {site.MasterKey} up now, then run 'feedback keys rewrap'.");
            return 0;
        }));
        return command;
    }

    private static Command Rewrap()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var command = new Command("rewrap", "Wraps every stored data key by the newest master key, in steps; it may be stopped and goes on where it was. The server must not run.") { data, postgres };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var site = Sites.OpenExisting(parsed, data, postgres);
            using var held = site.Data.Lock();
            using var use = await site.ShareAsync("keys", cancellation);
            using var host = VerbHost.BuildStorage(site);
            await host.StartAsync(cancellation);
            try
            {
                var done = await host.Services.GetRequiredService<KeyRotation>().RewrapAsync(null, cancellation);
                Console.WriteLine($"{done:N0} data keys were rewrapped. Keep every line of master.key: copies of the database may need them, and sessions, second factors and codes hang on the first.");
            }
            catch (CryptographicException e)
            {
                throw new UsageException($"A data key cannot be opened: {e.Message} Restore master.key from a backup that has every version; nothing was lost.");
            }

            await host.StopAsync(cancellation);
            return 0;
        }));
        return command;
    }

    private static Command Status()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var command = new Command("status", "Tells how many data keys each master key wraps; a server may run.") { data, postgres };
        command.SetAction((parsed, cancellation) => Sites.RunAsync(async () =>
        {
            var site = Sites.OpenExisting(parsed, data, postgres);
            using var host = VerbHost.BuildStorage(site);
            var counts = await host.Services.GetRequiredService<KeyRotation>().StatusAsync(cancellation);
            var known = SecretsFile.Read(site).MasterVersions;
            foreach (var version in known.Union(counts.Keys).Order())
                Console.WriteLine($"master {version}\t{counts.GetValueOrDefault(version)} data keys{(known.Contains(version) ? version == known.Last() ? "\tnewest" : "" : "\tMISSING in master.key")}{(version == 1 ? "\tmust stay in master.key: sessions, second factors, terminal keys, invitations and lookup codes hang on it" : "")}");
            return counts.Keys.Except(known).Any() ? 2 : 0;
        }));
        return command;
    }
}
