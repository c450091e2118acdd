using Feedback.Api.Tests.Access.Matrix;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Journal;
using Xunit;
using Xunit.Abstractions;

namespace Feedback.Api.Tests.Access;

/// <summary>
/// Every operation of the OpenAPI document × every kind of caller × own, foreign and missing things. What must be answered is
/// computed from the table of rights and from the policies that guard the live endpoints; nothing here is written per route.
/// </summary>
[Collection(OneAccessWorld.Name)]
public sealed class MatrixTests(AccessWorld world, ITestOutputHelper output) : IDisposable
{
    private readonly Asker _asker = new(world.Site.Url);
    private readonly List<string> _offenders = [];
    private int _asked;

    // Whatever is done by these leaves a trace; reading by the last two, too.
    private static readonly Permission[] Traced =
    [
        Permission.Exclude, Permission.Publish, Permission.ManageRegisters, Permission.ManageAccounts, Permission.ManageKeys, Permission.ManagePersonal,
        Permission.ReadComments, Permission.Unmask, Permission.ManagePolicies, Permission.TellHotlineFigures,
    ];

    [Fact]
    public async Task Every_caller_gets_from_every_operation_what_the_table_of_rights_says()
    {
        foreach (var operation in world.Operations)
        {
            foreach (var caller in world.Callers)
                await CheckAsync(operation, caller);
        }

        output.WriteLine($"{world.Operations.Count} operations, {world.Callers.Count} callers: {_asked} requests.");
        Assert.True(_offenders.Count == 0, $"{_offenders.Count} answers are wrong:\n{string.Join('\n', _offenders.Take(60))}");
    }

    [Fact]
    public void The_OpenAPI_document_tells_the_permission_that_guards_each_operation()
    {
        foreach (var operation in world.Operations)
        {
            Assert.Equal((operation.Id, operation.Policy.Permission?.Word()), (operation.Id, operation.ToldPermission));
            if (operation.ToldPermission is { } word)
                Assert.Contains($"Demands the permission `{word}`", operation.Description, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_permission_is_somebodys_and_only_reading_is_a_tokens()
    {
        foreach (var permission in Enum.GetValues<Permission>())
            Assert.Contains(world.Callers, caller => caller.Permissions.Contains(permission));
        Assert.All(world.Callers.Where(caller => caller.Header == "Authorization"), token => Assert.Subset(Rights.OfToken(Rights.OfTokens).ToHashSet(), token.Permissions.ToHashSet()));
    }

    public void Dispose() => _asker.Dispose();

    private async Task CheckAsync(Operation operation, AccessCaller caller)
    {
        var gate = caller.RefusedWith(operation.Policy);
        world.Audit.TakeRefusals();
        world.Audit.TakeActs();
        var own = await AskAsync(operation, caller, null, _ => "");
        if (operation.Policy.Permission is null)
            Expect(own.Status is not (401 or 403 or >= 500), operation, caller, "is open", own);
        else if (gate is { } status)
            await ExpectRefusalsAsync(operation, caller, status, own);
        else if (operation.Named.All(name => Things.Of(name)!.IsFor(caller)))
            await ExpectWithinScopeAsync(operation, caller, own);
        else
            await ExpectUnseenAsync(operation, caller, own);
    }

    // Whoever may not learns nothing from it: every answer is the same, whatever is asked for.
    private async Task ExpectRefusalsAsync(Operation operation, AccessCaller caller, int status, Answered own)
    {
        var actor = status == 403 ? caller.Actor : "unknown";
        Expect(own.Status == status, operation, caller, $"is refused with {status}", own);
        Expect(world.Audit.TakeRefusals() is [var noted] && (noted.Act, noted.Actor, noted.Refused) == (operation.Id, actor, true),
            operation, caller, $"leaves one refusal of {actor} in the audit trail", own);
        foreach (var name in operation.Named)
        {
            foreach (var id in new[] { await Things.Of(name)!.ForAsync(operation, world, world.Foreign), Things.Of(name)!.Missing })
                Expect(await AskAsync(operation, caller, name, _ => id) == own, operation, caller, $"is refused the same for {name} {id}", own);
        }
    }

    private async Task ExpectWithinScopeAsync(Operation operation, AccessCaller caller, Answered own)
    {
        // Whether a rating counts is decided outside of the unit that was rated.
        var isInside = operation.Policy.Permission == Permission.Exclude && !caller.Everywhere;
        Expect(isInside ? own.Status == 403 : own.IsGood, operation, caller, isInside ? "is refused it inside of the unit" : "does it at home", own);
        if (!isInside && Traced.Contains(operation.Policy.Permission!.Value) && (operation.Method != HttpMethod.Get || operation.Policy.Permission is Permission.ReadComments or Permission.Unmask))
            Expect(world.Audit.TakeActs().Any(act => act.Actor == caller.Actor && !act.Refused), operation, caller, "leaves an act in the audit trail", own);
        Expect(caller.Everywhere || !TellsOfElsewhere(own.Text), operation, caller, "hears nothing of elsewhere", own);
        foreach (var name in operation.Named)
        {
            var thing = Things.Of(name)!;
            var there = await thing.ForAsync(operation, world, world.Foreign);
            var missing = await AskAsync(operation, caller, name, _ => thing.Missing, world.Foreign);
            var foreign = await AskAsync(operation, caller, name, _ => there, world.Foreign, changesNothing: !caller.Everywhere);
            Expect(missing.Status is >= 400 and < 500 and not (401 or 403), operation, caller, $"finds no {name} {thing.Missing}", missing);
            if (caller.Everywhere)
                Expect(foreign.IsGood, operation, caller, $"does it for {name} {there}", foreign);
            else
                Expect(foreign.Without(there) == missing.Without(thing.Missing), operation, caller, $"cannot tell {name} {there} from a missing one, which is {missing}", foreign);
        }
    }

    // What is at home and yet not for them looks as if it did not exist.
    private async Task ExpectUnseenAsync(Operation operation, AccessCaller caller, Answered own)
    {
        foreach (var name in operation.Named.Where(name => !Things.Of(name)!.IsFor(caller)))
        {
            var missing = await AskAsync(operation, caller, name, _ => Things.Of(name)!.Missing);
            Expect(missing.Status == 404 && own == missing, operation, caller, $"cannot tell a {name} that is not for them from a missing one, which is {missing}", own);
        }
    }

    /// <summary>Asks for what is at home, but for one thing.</summary>
    private async Task<Answered> AskAsync(
        Operation operation, AccessCaller caller, string? other, Func<string, string> idOfOther, OpenHall? beside = null, bool changesNothing = false)
    {
        var ids = await world.IdsAtHomeAsync(operation, other is "window" or "case" ? beside : null);
        if (other is not null)
            ids[other] = idOfOther(other);
        _asked++;
        var before = changesNothing ? await HeadAsync() : 0;
        var answer = await _asker.AskAsync(operation.Request(name => ids[name]), caller);
        Expect(!changesNothing || before == await HeadAsync(), operation, caller, "changes nothing elsewhere", answer);
        return answer;
    }

    private bool TellsOfElsewhere(string text) =>
        new[] { "beishan", $"\"{world.Foreign.Id}\"", $"\"{world.Foreign.Window}\"", $"\"{world.Site.ForeignDistrict}\"" }.Any(text.Contains);

    private void Expect(bool holds, Operation operation, AccessCaller caller, string what, Answered answer)
    {
        if (!holds)
            _offenders.Add($"{operation.Id}: {caller.Name} {what}; but: {answer}");
    }

    private async Task<long> HeadAsync() =>
        (await world.Site.Service<IJournal>().HeadsAsync([StreamName.Window(new NodeId(world.Foreign.Window))])).Values.Single();
}
