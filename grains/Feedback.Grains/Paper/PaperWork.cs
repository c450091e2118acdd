using System.Text;
using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.Paper;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Paper;

/// <summary>What a decision about a batch stores: its events, and that forms on their way are looked after, in one transaction.</summary>
internal static class PaperWork
{
    /// <summary>Looks whether forms reached their windows.</summary>
    public const string Look = "paper.look";

    /// <summary>The unit of a decision.</summary>
    /// <param name="before">The batch before it.</param>
    /// <param name="decision">The decision; something happens.</param>
    /// <param name="row">Its row.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public static JournalUnit Unit(PaperState before, PaperDecision decision, JournalRow row, long now)
    {
        var (key, isBegun) = ($"paper:{before.Id}", decision.State.Begun.Any());
        return new JournalUnit
        {
            Append = new Append(StreamName.Paper(before.Id), row),
            DueDone = before.Begun.Any() && !isBegun ? [key] : [],
            Due = decision.Events.Any(happened => happened is PaperFormBegun) ? [DueCommand.Row(key, now + PaperRules.LookAfter, Text(before.Id, row.Version))] : [],
        };
    }

    private static string Text(PaperBatchId batch, long version) => Encoding.UTF8.GetString(new CanonicalWriter().BeginObject()
        .Member("command"u8, Look).Member("batch"u8, batch.Value).Member("version"u8, version).EndObject().Written);
}

/// <summary>Looks after forms whose silo ended while they were on their way to their window.</summary>
internal sealed class PaperLookHandler(IGrainFactory grains) : IDueHandler
{
    public string Command => PaperWork.Look;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        using var document = JsonDocument.Parse(command.Text);
        await grains.GetGrain<IPaperGrain>(document.RootElement.GetProperty("batch").GetString()!).Look();
        // What did not arrive by now never will: whoever keys the batch is shown it, and keys it once more. What arrived is noted, or Look throws.
        return DueOutcome.Done;
    }
}
