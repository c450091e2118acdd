using System.CommandLine;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Audit;
using Feedback.Grains.Keys;
using Feedback.Grains.Organisation;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>
/// <c>devices</c>: device keys and API tokens. A secret is read from standard input and never printed or stored; only its
/// hash is.
/// </summary>
internal static class DevicesCommand
{
    private const int ShortestSecret = 32;

    public static Command Create() => new("devices", "Device keys for pushing, and API tokens for reading; the server must not run.")
    {
        Add("add-key", KeyPurpose.Device, "Registers a device key, read from standard input, for the windows at or below a node."),
        Add("add-token", KeyPurpose.Read, "Registers an API token, read from standard input, for the figures at or below a node."),
        Revoke(),
        List(),
    };

    private static Command Add(string name, KeyPurpose purpose, string description)
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var node = new Option<string>("--node") { Description = "The node's id or path.", Required = true, HelpName = "NODE" };
        var command = new Command(name, description) { data, postgres, node };
        command.SetAction((parsed, cancellation) => WithBureauAsync(Sites.OpenExisting(parsed, data, postgres), async (bureau, audit) =>
        {
            var scope = (await bureau.RefreshAsync()).Tree.Find(parsed.GetValue(node)!)
                ?? throw new UsageException($"There is no node '{parsed.GetValue(node)}'.");
            var secret = (await Console.In.ReadToEndAsync(cancellation)).Trim();
            if (secret.Length < ShortestSecret)
                throw new UsageException($"The secret on standard input needs at least {ShortestSecret} random characters; for example: openssl rand -hex 32 | feedback devices {name} --node NODE");
            await audit.RecordAsync(new AuditEntry(Acts.KeyIssued, Acts.Verb) { Target = scope.Id.Value, Node = scope.Id });
            var key = purpose == KeyPurpose.Device
                ? await KeyIssue.DeviceKeyAsync(bureau, scope.Id, secret, RealClock.Instance)
                : await KeyIssue.ApiTokenAsync(bureau, scope.Id, secret, RealClock.Instance);
            Print(key, bureau.Current.Tree);
        }, cancellation));
        return command;
    }

    private static Command Revoke()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var id = new Argument<string>("key") { Description = "The key's id, such as k3." };
        var command = new Command("revoke", "Revokes a key or token for good.") { data, postgres, id };
        command.SetAction((parsed, cancellation) => WithBureauAsync(Sites.OpenExisting(parsed, data, postgres), async (bureau, audit) =>
        {
            if ((await bureau.RefreshAsync()).Keys.FindById(parsed.GetValue(id)!) is { Revoked: false } key)
                await audit.RecordAsync(new AuditEntry(Acts.KeyRevoked, Acts.Verb) { Target = key.Id, Node = key.Scope });
            if (!await KeyIssue.RevokeAsync(bureau, parsed.GetValue(id)!, RealClock.Instance))
                throw new UsageException($"There is no key '{parsed.GetValue(id)}' that could be revoked.");
        }, cancellation));
        return command;
    }

    private static Command List()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var command = new Command("list", "Lists keys and tokens, without their secrets.") { data, postgres };
        command.SetAction((parsed, cancellation) => WithBureauAsync(Sites.OpenExisting(parsed, data, postgres), async (bureau, _) =>
        {
            var state = await bureau.RefreshAsync();
            foreach (var key in state.Keys.Keys)
                Print(key, state.Tree);
        }, cancellation));
        return command;
    }

    private static void Print(IssuedKey key, OrganisationTree tree) => Console.WriteLine(
        $"{key.Id}\t{(key.Purpose == KeyPurpose.Device ? "device " + key.Terminal : "token")}\t{tree.PathOf(key.Scope)}\t{(key.Revoked ? "revoked" : "valid")}");

    private static Task<int> WithBureauAsync(Site site, Func<IBureau, IAudit, Task> work, CancellationToken cancellation) => Sites.RunAsync(async () =>
    {
        using var held = site.Data.Lock();
        using var host = VerbHost.BuildStorage(site);
        await host.StartAsync(cancellation);
        await work(host.Services.GetRequiredService<IBureau>(), host.Services.GetRequiredService<IAudit>());
        await host.StopAsync(cancellation);
        return 0;
    });
}
