using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Access.Matrix;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Api.Tests.Access;

/// <summary>
/// The members of answers that each kind of caller is sent, as a list that somebody must read and accept: what is not in
/// AnswerMembers.txt nobody is told. FEEDBACK_ACCEPT=1 writes the list anew. Whatever is to be told is made here: the list is the
/// same whichever other tests run before.
/// </summary>
[Collection(OneAccessWorld.Name)]
public sealed class AnswerMemberTests(AccessWorld world) : IDisposable
{
    // Below these, members are codes of what was counted.
    private static readonly string[] ByCode = ["grades", "excluded", "dimensions", "channels", "flags", "reasons", "counts", "rates", "kinds"];

    private readonly Asker _asker = new(world.Site.Url);

    [Fact]
    public async Task Nobody_is_told_more_than_what_was_agreed()
    {
        await PushAsync();
        await UnmaskAsync();
        // So that a policy is planned, and a box was opened.
        await DoAsync("policy-set");
        await DoAsync("box-open");
        await FileCasesAsync();
        await BesideAsync();
        var lines = new List<string>();
        foreach (var operation in world.Operations.Where(operation => operation.Method == HttpMethod.Get && operation.Policy.Permission is not null))
        {
            var told = new Dictionary<string, List<string>>();
            foreach (var caller in world.Callers.Where(caller => caller.RefusedWith(operation.Policy) is null && operation.Named.All(name => Things.Of(name)!.IsFor(caller))))
            {
                var members = await MembersAsync(operation, caller);
                if (!told.TryAdd(members, [caller.Name]))
                    told[members].Add(caller.Name);
            }

            foreach (var (members, callers) in told)
                lines.Add($"{operation.Id}\n  to: {string.Join("; ", callers)}\n  {members}");
        }

        var actual = string.Join('\n', lines) + "\n";
        if (Environment.GetEnvironmentVariable("FEEDBACK_ACCEPT") == "1")
            await File.WriteAllTextAsync(Accepted, actual);
        Assert.Equal(await File.ReadAllTextAsync(Accepted), actual);
    }

    public void Dispose() => _asker.Dispose();

    private static string Accepted => Path.Combine(RootOf(AppContext.BaseDirectory), "tests", "Feedback.Api.Tests", "Access", "AnswerMembers.txt");

    private async Task<string> MembersAsync(Operation operation, AccessCaller caller)
    {
        var ids = await world.IdsAtHomeAsync(operation);
        var answer = await _asker.AskAsync(operation.Request(name => ids[name], query: Period), caller);
        Assert.True(answer.IsGood, $"{operation.Id} as {caller.Name}: {answer}");
        try
        {
            return string.Join(' ', MembersOf(JsonNode.Parse(answer.Text), "").Distinct().Order(StringComparer.Ordinal));
        }
        catch (JsonException)
        {
            return "(no JSON)";
        }
    }

    // Examples speak of days of their own; what was pushed here is of today.
    private static string? Period(string name) => name switch
    {
        "from" => Some.Day(1).ToString("yyyy-MM-dd", null),
        "to" => Some.Day(-1).ToString("yyyy-MM-dd", null),
        "children" => "true",
        "kind" => "complaint",
        "broken" => "false",
        _ => null,
    };

    private static IEnumerable<string> MembersOf(JsonNode? node, string place) => node switch
    {
        JsonArray items => items.SelectMany(item => MembersOf(item, place + "[]")),
        JsonObject when ByCode.Any(name => place.EndsWith("." + name, StringComparison.Ordinal)) => [place + ".*"],
        JsonObject members => members.SelectMany(member => MembersOf(member.Value, $"{place}.{member.Key}")),
        _ => [place.TrimStart('.')],
    };

    private async Task PushAsync()
    {
        var key = (await world.Site.NewKeyAsync(KeyPurpose.Device, new NodeId(world.Own.Id))).Secret;
        var evaluation = Some.Evaluation(world.Own.Window, 2).With(("dimensions", new JsonObject { ["attitude"] = 2 }), ("comment", "排队太久"), ("matter", "330102-2026-000042"));
        Assert.Equal(201, (await world.Site.Client.PushAsync(evaluation, key: key)).Status);
        await DoAsync("sign-in");
        // More in a minute than are ordinary, so that there are flags, and the next one bears one, too.
        for (var i = 0; i <= RatingWatch.MostWithin; i++)
            await world.NewEvaluationAsync(world.Own);
        Assert.Equal(201, (await world.Site.Client.PushAsync(Some.Matter(world.Own.Window), Client.Matters, key: key)).Status);
    }

    // So that there is an alert to be told.
    private async Task UnmaskAsync()
    {
        var unmask = world.Operations.Single(operation => operation.Id == "unmask");
        var ids = await world.IdsAtHomeAsync(unmask);
        var officer = world.Callers.First(caller => !caller.Everywhere && caller.Permissions.Contains(Permission.Unmask));
        Assert.True((await _asker.AskAsync(unmask.Request(name => ids[name]), officer)).IsGood);
    }

    // A closed batch of printed forms behind an open one, an open code for a terminal, and an item that the platform did not take.
    private async Task BesideAsync()
    {
        await DoAsync("paper-batch-close");
        await world.NewPaperBatchAsync(world.Own);
        await Things.Of("enrolmentCode")!.InAsync(world, world.Own);
        await Things.BesideOf("item")!(world, world.Own);
    }

    // The example of an operation, by the first who may.
    private async Task DoAsync(string id)
    {
        var operation = world.Operations.Single(one => one.Id == id);
        var ids = await world.IdsAtHomeAsync(operation);
        var answer = await _asker.AskAsync(operation.Request(name => ids[name]), world.Callers.First(caller => caller.RefusedWith(operation.Policy) is null));
        Assert.True(answer.IsGood, $"{id}: {answer}");
    }

    // So that everybody has a case and a matter to see, whoever asked for what before.
    private async Task FileCasesAsync()
    {
        await world.NewCaseAsync(world.Own);
        await world.NewMatterAsync(world.Own);
        var file = world.Operations.Single(operation => operation.Id == "case-file");
        foreach (var caller in world.Callers.Where(caller => caller.RefusedWith(file.Policy) is null))
        {
            var ids = await world.IdsAtHomeAsync(file);
            Assert.True((await _asker.AskAsync(file.Request(name => ids[name]), caller)).IsGood);
        }
    }

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "Feedback.sln")) ? folder : RootOf(Path.GetDirectoryName(folder.TrimEnd('/'))!);
}
