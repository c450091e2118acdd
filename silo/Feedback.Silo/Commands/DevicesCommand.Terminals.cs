using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Feedback.Domain.Keys;
using Feedback.Grains.Keys;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <content>One-time codes, terminals, and new keys of terminals.</content>
internal static partial class DevicesCommand
{
    private static Command Codes()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var node = new Option<string>("--node") { Description = "The node's id or path.", Required = true, HelpName = "NODE" };
        var every = new Option<bool>("--every-window") { Description = "One code for every window at or below the node, good for a day." };
        var plain = new Option<bool>("--allow-plain") { Description = "Let the terminals choose plain keys, too, for senders that cannot sign." };
        var hours = new Option<int>("--hours") { Description = "How long a single code is good, 1 to 720.", DefaultValueFactory = _ => 24, HelpName = "N" };
        var command = new Command("codes", "Issues one-time codes by which terminals enrol; they are printed once.") { data, postgres, node, every, plain, hours };
        command.SetAction((parsed, cancellation) => WithBureauAsync(Sites.OpenExisting(parsed, data, postgres), async (bureau, services) =>
        {
            var (scope, enrolment) = (FindNode(await bureau.RefreshAsync(), parsed.GetValue(node)!), services.GetRequiredService<Enrolment>());
            if (parsed.GetValue(hours) is < 1 or > 720)
                throw new UsageException("--hours must be within 1 to 720.");
            ImmutableArray<KeyAlgorithm> algorithms = [KeyAlgorithm.HmacSha256, KeyAlgorithm.Es256, .. parsed.GetValue(plain) ? new[] { KeyAlgorithm.Plain } : []];
            var drawn = parsed.GetValue(every)
                ? await enrolment.IssueForWindowsAsync(scope.Id, algorithms, KeyActor.Verb)
                : [await enrolment.IssueAsync(scope.Id, null, algorithms, TimeSpan.FromHours(parsed.GetValue(hours)), KeyActor.Verb)];
            foreach (var code in drawn)
                Console.WriteLine($"{code.Code.Id}\t{code.Letters}\t{bureau.Current.Tree.PathOf(code.Code.Scope)}\t{Time(code.Code.Expires)}");
        }, cancellation));
        return command;
    }

    private static Command Renew()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var id = new Argument<string>("key") { Description = "The id of the key that is replaced, such as k3." };
        var algorithm = new Option<string>("--algorithm") { Description = $"The new key's: {string.Join(", ", KeyAlgorithmWords.All)}.", DefaultValueFactory = _ => "plain" };
        var command = new Command("renew", "Replaces a terminal's key by the secret, or for es256 the public key, on standard input; the old key stays good for 24 hours.")
        {
            data, postgres, id, algorithm,
        };
        command.SetAction((parsed, cancellation) => WithBureauAsync(Sites.OpenExisting(parsed, data, postgres), async (bureau, services) =>
        {
            if ((await bureau.RefreshAsync()).Keys.FindById(parsed.GetValue(id)!) is not { Purpose: KeyPurpose.Device } old)
                throw new UsageException($"There is no device key '{parsed.GetValue(id)}'.");
            var known = KeyAlgorithmWords.AlgorithmOf(parsed.GetValue(algorithm)!) ?? throw new UsageException($"There is no algorithm '{parsed.GetValue(algorithm)}'.");
            var text = (await Console.In.ReadToEndAsync(cancellation)).Trim();
            var (material, refusal) = known == KeyAlgorithm.Es256 ? KeyMaterial.Of(known, null, text) : KeyMaterial.Of(known, text, null);
            IssuedKey? key = null;
            if (material is not null)
                (key, refusal) = await services.GetRequiredService<Enrolment>().RenewAsync(old, material, KeyActor.Verb);
            Print(key ?? throw new UsageException($"The key cannot be replaced by this one: {refusal!.Code}."), bureau.Current.Tree);
        }, cancellation));
        return command;
    }

    private static Command Terminals()
    {
        var (data, postgres) = (Sites.Data(), Sites.Postgres());
        var command = new Command("terminals", "Lists terminals with their newest keys, and codes that nobody used yet.") { data, postgres };
        command.SetAction((parsed, cancellation) => WithBureauAsync(Sites.OpenExisting(parsed, data, postgres), async (bureau, _) =>
        {
            var (state, now) = (await bureau.RefreshAsync(), RealClock.Instance.GetUtcNow().ToUnixTimeMilliseconds());
            foreach (var keys in state.Keys.Keys.Where(key => key.Terminal is not null).GroupBy(key => key.Terminal))
            {
                var key = keys.Last();
                Console.WriteLine($"{key.Terminal}\t{state.Tree.PathOf(key.Scope)}\t{key.Id}\t{key.Algorithm.Word()}\t{StateOf(key)}\t{(key.Expires is { } end ? Time(end) : "-")}");
            }

            foreach (var code in state.Keys.Codes.Where(code => code.IsOpenAt(now)))
                Console.WriteLine($"{code.Id}\t{state.Tree.PathOf(code.Scope)}\tcode\t{string.Join(' ', code.Algorithms.Select(one => one.Word()))}\topen\t{Time(code.Expires)}");
        }, cancellation));
        return command;
    }

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
