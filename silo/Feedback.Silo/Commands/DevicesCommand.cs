using System.CommandLine;
using Feedback.Domain.Access;
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
internal static partial class DevicesCommand
{
    private const int ShortestSecret = 32;

    public static Command Create() => new("devices", "Device keys for pushing, and API tokens for reading; the server must not run.")
    {
        Add("add-key", KeyPurpose.Device, "Registers a device key, read from standard input, for the windows at or below a node."),
        Add("add-token", KeyPurpose.Read, "Registers an API token, read from standard input, for the figures at or below a node."),
        Codes(),
        Renew(),
        Terminals(),
        Revoke(),
        List(),
    };

    private static Command Add(string name, KeyPurpose purpose, string description)
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var node = new Option<string>("--node") { Description = "The node's id or path.", Required = true, HelpName = "NODE" };
        var permission = new Option<string[]>("--permission")
        {
            Description = "What the token may be used for: read-released, read-figures, read-evaluations, file-cases, read-cases or send-orders; may be given several times.",
            HelpName = "WORD",
        };
        var expires = new Option<DateTimeOffset?>("--expires") { Description = "When it ends by itself, such as 2027-12-31T00:00:00+08:00.", HelpName = "TIME" };
        var command = new Command(name, description) { data, postgres, node, expires };
        if (purpose == KeyPurpose.Read)
            command.Add(permission);
        command.SetAction((parsed, cancellation) => WithBureauAsync(Sites.OpenExisting(parsed, data, postgres), async (bureau, services) =>
        {
            var scope = FindNode(await bureau.RefreshAsync(), parsed.GetValue(node)!);
            var end = parsed.GetValue(expires)?.ToUnixTimeMilliseconds();
            if (end <= RealClock.Instance.GetUtcNow().ToUnixTimeMilliseconds())
                throw new UsageException("--expires must lie in the future.");
            var permissions = purpose == KeyPurpose.Read && parsed.GetValue(permission) is { Length: > 0 } words ? [.. words.Select(PermissionOf)] : ApiTokenIssued.Reading;
            var secret = (await Console.In.ReadToEndAsync(cancellation)).Trim();
            if (secret.Length < ShortestSecret)
                throw new UsageException($"The secret on standard input needs at least {ShortestSecret} random characters; for example: openssl rand -hex 32 | feedback devices {name} --node NODE");
            await services.GetRequiredService<IAudit>().RecordAsync(new AuditEntry(Acts.KeyIssued, Acts.Verb) { Target = scope.Id.Value, Node = scope.Id });
            var key = purpose == KeyPurpose.Device
                ? await KeyIssue.DeviceKeyAsync(bureau, scope.Id, secret, RealClock.Instance, expires: end)
                : await KeyIssue.ApiTokenAsync(bureau, scope.Id, secret, RealClock.Instance, permissions, end);
            Print(key, bureau.Current.Tree);
        }, cancellation));
        return command;
    }

    private static Command Revoke()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var id = new Argument<string>("key") { Description = "The key's id, such as k3, a terminal's, such as t3, for all its keys and open codes, or a one-time code's, such as c5." };
        var command = new Command("revoke", "Revokes a key or token, all keys of a terminal, or a one-time code, for good.") { data, postgres, id };
        command.SetAction((parsed, cancellation) => WithBureauAsync(Sites.OpenExisting(parsed, data, postgres), async (bureau, services) =>
        {
            var (keys, audited) = ((await bureau.RefreshAsync()).Keys, services.GetRequiredService<AuditedKeys>());
            if (keys.FindById(parsed.GetValue(id)!) is { } key)
                await audited.RevokeAsync(key, KeyActor.Verb);
            else if (keys.OfTerminal(parsed.GetValue(id)!).LastOrDefault() is { } newest)
                await audited.RevokeTerminalAsync(newest.Terminal!, newest.Scope, KeyActor.Verb);
            else if (keys.FindCodeById(parsed.GetValue(id)!) is { } code)
                await audited.RevokeCodeAsync(code, KeyActor.Verb);
            else
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
        $"{key.Id}\t{(key.Purpose == KeyPurpose.Device ? "device " + key.Terminal : "token")}\t{tree.PathOf(key.Scope)}\t{StateOf(key)}");

    private static string StateOf(IssuedKey key) =>
        key.Revoked ? "revoked" : key.HasEndedAt(RealClock.Instance.GetUtcNow().ToUnixTimeMilliseconds()) ? "ended" : "valid";

    private static Node FindNode(BureauState state, string idOrPath) =>
        state.Tree.Find(idOrPath) ?? throw new UsageException($"There is no node '{idOrPath}'.");

    private static Permission PermissionOf(string word) =>
        PermissionWords.PermissionOf(word) is { } permission && Rights.OfTokens.Contains(permission)
            ? permission
            : throw new UsageException($"A token cannot be used for '{word}'; it can for {string.Join(", ", Rights.OfTokens.Select(known => known.Word()))}.");

    private static Task<int> WithBureauAsync(Site site, Func<IBureau, IServiceProvider, Task> work, CancellationToken cancellation) => Sites.RunAsync(async () =>
    {
        using var held = site.Data.Lock();
        using var use = await site.ShareAsync("devices", cancellation);
        using var host = VerbHost.BuildStorage(site);
        await host.StartAsync(cancellation);
        await work(host.Services.GetRequiredService<IBureau>(), host.Services);
        await host.StopAsync(cancellation);
        return 0;
    });
}
