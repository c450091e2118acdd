using System.CommandLine;
using System.Text.Json;
using Feedback.Api;
using Feedback.Api.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Grains.Audit;
using Feedback.Grains.Evaluations;
using Feedback.Grains.Organisation;
using Feedback.Grains.Supervision;
using Feedback.Grains.Windows;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary><c>personal</c>: what is kept of one person is found, told and erased.</summary>
internal static partial class PersonalCommand
{
    private const int MostAttempts = 20;

    public static Command Create() => new("personal", "What is kept of one person: found, exported, erased. The server must not run; while it does, its API does the same.") { Find(), Export(), Erase() };

    private static Command Find()
    {
        var (data, postgres, matter) = (Sites.Data(), Sites.Postgres(), Matter(required: true));
        var command = new Command("find", "Lists the evaluations and finished matters of a number, by its keyed hash.") { data, postgres, matter };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, data, postgres, async (services, act) =>
        {
            await act(Acts.SubjectFound, null, null, null);
            await foreach (var (window, version, evaluation) in services.GetRequiredService<SubjectRecords>().OfMatterAsync(NumberOf(parsed, matter), cancellation))
                Console.WriteLine($"{window}\t{version}\t{(evaluation ? "evaluation" : "matter")}");
        }, cancellation));
        return command;
    }

    private static Command Export()
    {
        var (data, postgres, matter, window, version, @case) = (Sites.Data(), Sites.Postgres(), Matter(), Window(), Version(), Case());
        var command = new Command("export", "Prints everything that is kept about one person as JSON, an object per evaluation, matter or case.") { data, postgres, matter, window, version, @case };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, data, postgres, async (services, act) =>
        {
            if (parsed.GetValue(@case) is { } named)
            {
                await ExportCaseAsync(services, named, cancellation);
                return;
            }

            var records = services.GetRequiredService<SubjectRecords>();
            foreach (var (node, one) in await SubjectsAsync(parsed, services, matter, window, version, cancellation))
            {
                await act(Acts.SubjectExported, node, one, null);
                var record = await records.FindAsync(node, one, cancellation) ?? throw Nothing(node, one);
                await services.GetRequiredService<ISupervision>().ExportedAsync(node, one, "verb", services.GetRequiredService<TimeProvider>());
                Console.WriteLine(JsonSerializer.Serialize(ExportedSubject.Of(record), ApiJson.Options));
            }
        }, cancellation));
        return command;
    }

    private static Command Erase()
    {
        var (data, postgres, matter, window, version, @case) = (Sites.Data(), Sites.Postgres(), Matter(), Window(), Version(), Case());
        var reason = new Option<string>("--reason") { Description = "Why; kept without numbers of persons.", Required = true, HelpName = "WORDS" };
        var command = new Command("erase", "Destroys what is kept of one person for good: data key, texts and salts. No figure changes.") { data, postgres, matter, window, version, @case, reason };
        command.SetAction((parsed, cancellation) => RunAsync(parsed, data, postgres, async (services, act) =>
        {
            var (why, refusal) = ReasonReader.Fit(parsed.GetValue(reason), ReasonReader.Shortest);
            if (refusal is not null)
                throw new UsageException($"--reason needs {refusal.Value} characters.");
            var grains = services.GetRequiredService<IGrainFactory>();
            if (parsed.GetValue(@case) is { } named)
            {
                await EraseCaseAsync(services, named, why!, cancellation);
                return;
            }

            foreach (var (node, one) in await SubjectsAsync(parsed, services, matter, window, version, cancellation))
            {
                await act(Acts.SubjectErased, node, one, why);
                var erased = await EraseAsync(grains.GetGrain<IWindowGrain>(node.Value), node, one, why!);
                Console.WriteLine($"{node}\t{one}\t{(erased ? "erased" : "was erased before")}");
            }
        }, cancellation));
        return command;
    }

    private static async Task<bool> EraseAsync(IWindowGrain grain, NodeId node, long version, string why)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await grain.Erase([version], ErasedPart.Everything, ErasureCause.Asked, why);
            if (outcome.Refusal is null)
                return outcome.Version > 0;
            if (!outcome.Refusal.Retryable)
                throw Nothing(node, version);
            if (attempt == MostAttempts)
                throw new UsageException($"What {node} keeps at version {version} cannot be erased now: {outcome.Refusal.Code}.");
        }
    }

    private static async Task<IReadOnlyList<(NodeId Window, long Version)>> SubjectsAsync(
        ParseResult parsed, IServiceProvider services, Option<string?> matter, Option<string?> window, Option<long?> version, CancellationToken cancellation)
    {
        if (parsed.GetValue(matter) is not null)
        {
            var found = new List<(NodeId, long)>();
            await foreach (var (node, one, _) in services.GetRequiredService<SubjectRecords>().OfMatterAsync(NumberOf(parsed, matter), cancellation))
                found.Add((node, one));
            return found.Count > 0 ? found : throw new UsageException("Nothing is kept under that number.");
        }

        if (parsed.GetValue(window) is not { } idOrPath || parsed.GetValue(version) is not { } number)
            throw new UsageException("Name the person by --window and --version, by --matter, or by --case.");
        return (await services.GetRequiredService<IBureau>().RefreshAsync()).Tree.Find(idOrPath) is { Kind: NodeKind.Window } named
            ? [(named.Id, number)]
            : throw new UsageException($"There is no window '{idOrPath}'.");
    }

    private static Task<int> RunAsync(
        ParseResult parsed, Option<string> data, Option<string?> postgres,
        Func<IServiceProvider, Func<string, NodeId?, long?, string?, Task>, Task> work, CancellationToken cancellation) => Sites.RunAsync(async () =>
    {
        var site = Sites.OpenExisting(parsed, data, postgres);
        using var held = site.Data.Lock();
        using var host = await VerbHost.StartSiloAsync(site, cancellation);
        var audit = host.Services.GetRequiredService<IAudit>();
        await work(host.Services, (act, node, version, why) => audit.RecordAsync(
            new AuditEntry(act, "verb") { Node = node, Target = node is null ? null : $"{node}#{version}", Reason = why }));
        await host.StopAsync(cancellation);
        return 0;
    });

    private static UsageException Nothing(NodeId window, long version) => new($"{window} keeps no evaluation or matter at version {version}.");

    // A number among the arguments shows in the list of processes: a dash reads it from standard input instead.
    private static string NumberOf(ParseResult parsed, Option<string?> matter) =>
        parsed.GetValue(matter) is "-" ? Console.In.ReadToEnd().Trim() : parsed.GetValue(matter)!;

    private static Option<string?> Matter(bool required = false) =>
        new("--matter") { Description = "The matter's number; - reads it from standard input, so that it does not show among the processes.", HelpName = "NUMBER", Required = required };

    private static Option<string?> Window() => new("--window") { Description = "The window's id or path.", HelpName = "NODE" };

    private static Option<long?> Version() => new("--version") { Description = "The version of the evaluation or matter.", HelpName = "N" };
}
