using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Platform;
using Feedback.Grains.Journal;
using Feedback.Grains.Keys;
using Feedback.Grains.Platform;

namespace Feedback.Api.Tests.Access.Matrix;

/// <summary>
/// What requests name that lies somewhere, by the name of the parameter or member. Whoever adds an operation that names
/// something else adds a line here.
/// </summary>
internal static class Things
{
    private static readonly Dictionary<string, Thing> ByName = new()
    {
        ["node"] = new("n999999", (_, hall) => Task.FromResult(hall.Id)),
        ["scope"] = new("n999999", (_, hall) => Task.FromResult(hall.Id)),
        ["at"] = new("n999999", (_, hall) => Task.FromResult(hall.Id)),
        ["window"] = new("n999999", (_, hall) => Task.FromResult(hall.Window)),
        ["key"] = new("k999999", async (world, hall) => (await world.Site.NewKeyAsync(KeyPurpose.Device, new NodeId(hall.Id))).Id),
        ["terminal"] = new("t999999", async (world, hall) =>
        {
            var key = await world.Site.NewKeyAsync(KeyPurpose.Device, new NodeId(hall.Id));
            return world.Site.Bureau.Current.Keys.FindById(key.Id)!.Terminal!;
        }),
        ["enrolmentCode"] = new("c999999", async (world, hall) => (await world.Site.Service<Enrolment>().IssueAsync(
            new NodeId(hall.Id), null, [KeyAlgorithm.HmacSha256], TimeSpan.FromHours(1), KeyActor.Verb)).Code.Id),
        ["token"] = new("k999999", async (world, hall) => (await world.Site.NewKeyAsync(KeyPurpose.Read, new NodeId(hall.Id))).Id),
        ["case"] = new("qAAAAAAAAAAAAAAAAAAAAAA", (world, hall) => world.NewCaseAsync(hall))
        {
            // Those at windows see the cases that they own, and these are none of theirs.
            IsFor = caller => caller.Header == "Authorization" || caller.Permissions.Contains(Permission.ReadEvaluations),
        },
        ["paperBatch"] = new("p999999-1", (world, hall) => world.NewPaperBatchAsync(hall))
        {
            // Only what two people read differently is to be decided.
            Else = { ["paper-form-solve"] = (world, hall) => world.NewPaperBatchAsync(hall, Grade.Dissatisfied) },
        },
        ["serviceMatter"] = new("mAAAAAAAAAAAAAAAAAAAAAA", (world, hall) => world.NewMatterAsync(hall)),
        ["orderNumber"] = new("GD-NOWHERE", (world, hall) => world.NewOrderAsync(hall)),
        ["account"] = new("nobody-at-all", async (world, hall) => (await world.NewAccountAsync(Role.WindowStaff, new NodeId(hall.Id))).Name),
    };

    // Words that name nothing that lies anywhere, with one that pages know.
    private static readonly Dictionary<string, string> Plain = new() { ["name"] = "trend", ["format"] = "svg", ["kind"] = "staff", ["code"] = "not-a-code", ["subject"] = "feedback", ["year"] = "2026", ["step"] = "categorise", ["month"] = "2026-01", ["attachment"] = "AAAAAAAAAAAAAAAAAAAAAA", ["serviceItem"] = "travel-card" };

    // What is counted within another thing, and says by itself nothing of where it lies.
    private static readonly Dictionary<string, Func<AccessWorld, OpenHall, Task<string>>> Beside = new()
    {
        ["version"] = async (world, hall) => await world.NewEvaluationAsync(hall),
        ["file"] = async (world, hall) => await world.NewFileAsync(hall),
        ["item"] = async (world, hall) => await NewRejectedAsync(world, hall),
    };

    // What the higher platform did not take.
    private static async Task<string> NewRejectedAsync(AccessWorld world, OpenHall hall)
    {
        var (id, batch) = ($"{hall.Window}-1", Some.Id());
        await world.Site.Service<IJournal>().WriteAsync(new JournalUnit
        {
            Platform = new PlatformChange
            {
                Begin = new PlatformBatch(batch, [], 0),
                Batch = batch,
                Rejected = [new RejectedItem(id, PlatformKind.Evaluations, "window:" + hall.Window, 1, Some.Day(), "no", 0, batch, IsKnown: false)],
                End = new BatchEnd(0, 0, 1),
            },
        });
        return id;
    }

    /// <summary>What a parameter or member names; null when it is nothing that lies anywhere.</summary>
    public static Thing? Of(string name) => ByName.GetValueOrDefault(name);

    /// <summary>Whether a parameter of a path is known at all.</summary>
    public static bool Knows(string name) => ByName.ContainsKey(name) || Plain.ContainsKey(name) || Beside.ContainsKey(name);

    /// <summary>How something is made that is counted within a thing in a hall; null when a name means no such thing.</summary>
    public static Func<AccessWorld, OpenHall, Task<string>>? BesideOf(string name) => Beside.GetValueOrDefault(name);

    /// <summary>A word that a page knows in this place.</summary>
    public static string PlainOf(string name) => Plain[name];

    /// <summary>A value that was never sent before, where one must be; null where it need not.</summary>
    public static string? FreshOf(string name) => name is "id" or "number" or "name" ? Some.Id() : null;
}

/// <summary>Something that lies in a hall.</summary>
/// <param name="Missing">An id of its kind that does not exist.</param>
/// <param name="InAsync">One in a hall: its id.</param>
internal sealed record Thing(string Missing, Func<AccessWorld, OpenHall, Task<string>> InAsync)
{
    /// <summary>Whether it is for a caller who has the permission there: what also depends on other ties than places is not for everybody.</summary>
    public Func<AccessCaller, bool> IsFor { get; init; } = _ => true;

    /// <summary>How it is made for operations, by their id, that need another one.</summary>
    public Dictionary<string, Func<AccessWorld, OpenHall, Task<string>>> Else { get; } = [];

    /// <summary>One in a hall that an operation can do something with: its id.</summary>
    public Task<string> ForAsync(Operation operation, AccessWorld world, OpenHall hall) => Else.GetValueOrDefault(operation.Id, InAsync)(world, hall);
}
