using System.Text;
using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.ServiceMatters;

/// <summary>What a decision about a matter stores: events, the row for lists, what is counted, and when to look again, all in one transaction.</summary>
internal static class MatterWork
{
    /// <summary>Looks whether a matter's deadline has passed.</summary>
    public const string Clock = "matter.clock";

    // Lists come once a night: whether a matter that they tell of was late is known when the one after its deadline has come.
    private const long TillTheNextList = 36L * 60 * 60 * 1000;

    /// <summary>The key of the work of a matter's clock.</summary>
    public static string KeyOf(MatterId id) => $"matter:{id}";

    /// <summary>When to look at a matter next, milliseconds UTC; null for never.</summary>
    /// <param name="times">Its time.</param>
    /// <param name="byList">Whether a list of another system tells of it.</param>
    public static long? Next(MatterTimes times, bool byList) => times.Next + (byList && times.Explained.Pending is null ? TillTheNextList : 0);

    /// <summary>The unit of a decision.</summary>
    /// <param name="book">The matter before it.</param>
    /// <param name="decision">The decision; something happens.</param>
    /// <param name="bureau">The bureau.</param>
    /// <param name="now">Milliseconds UTC.</param>
    /// <param name="byList">Whether a list of another system told it.</param>
    public static JournalUnit Unit(MatterBook book, MatterDecision decision, BureauState bureau, long now, bool byList)
    {
        var after = decision.State;
        var times = new MatterTimes(after, after.Accepted!.Node, bureau.Tree, bureau.Policies, now);
        return new JournalUnit
        {
            Append = new Append(StreamName.Matter(after.Id), book.Tail.Next([.. decision.Events.Select(EventText.Write)], now)),
            Matters = [MatterRow.At(after, times)],
            CaseFlows = [.. MatterFlows.Change(book.State, after).Select(flow => new CaseFlow(flow.Node, flow.Day, flow.Delta))],
            DueDone = [KeyOf(after.Id)],
            Due = Next(times, byList) is { } at ? [DueCommand.Row(KeyOf(after.Id), at, Text(after, byList))] : [],
        };
    }

    private static string Text(MatterState after, bool byList) => Encoding.UTF8.GetString(new CanonicalWriter().BeginObject()
        .Member("command"u8, Clock).Member("matter"u8, after.Id.Value).Member("version"u8, after.Version).Flag("list"u8, byList).EndObject().Written);
}

/// <summary>Looks whether the deadline of a matter has passed.</summary>
internal sealed class MatterClockHandler(IGrainFactory grains) : IDueHandler
{
    public string Command => MatterWork.Clock;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        using var document = JsonDocument.Parse(command.Text);
        var byList = document.RootElement.TryGetProperty("list", out var list) && list.ValueKind == JsonValueKind.True;
        var next = await grains.GetGrain<IMatterGrain>(document.RootElement.GetProperty("matter").GetString()!).Ring(byList);
        // Where something was stored, the row was replaced with it, and this one is no more.
        return next is { } at ? DueOutcome.Again(at, "the matter's deadline has not passed yet") : DueOutcome.Done;
    }
}
