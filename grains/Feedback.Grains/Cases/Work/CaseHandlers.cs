using System.Text.Json;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Cases;

/// <summary>The members of commands.</summary>
internal static class CaseCommandText
{
    public static T Read<T>(this DueCommand command, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(command.Text);
        return read(document.RootElement);
    }

    public static string Text(this JsonElement from, string name) => from.GetProperty(name).GetString()!;

    public static CaseId Case(this JsonElement from, string name) => new(from.Text(name));

    public static long Number(this JsonElement from, string name) => from.GetProperty(name).GetInt64();

    /// <summary>Whoever could not do it is asked again after a pause.</summary>
    public static void ThrowIfRefused(Refusal? refusal, string what)
    {
        if (refusal is not null)
            throw new InvalidOperationException($"{what} was refused: {refusal.Code}.");
    }
}

/// <summary>Opens the case of a bad rating, where the policy in force then says so.</summary>
internal sealed class OpenCaseHandler(IJournal journal, IBureau bureau, IGrainFactory grains) : IDueHandler
{
    public string Command => CaseWork.Open;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        var (window, version) = command.Read(text => (new NodeId(text.Text("window")), text.Number("version")));
        if (await journal.FindAsync(StreamName.Window(window), version) is not { } at
            || EventText.Read(at.Row).First(one => one.Version == version).Happened is not EvaluationAccepted rated)
            return DueOutcome.Done;
        var known = bureau.Current.Tree.Find(window) is null ? await bureau.RefreshAsync() : bureau.Current;
        if (!BadRatings.Opens(known, rated))
            return DueOutcome.Done;
        var answer = await grains.GetGrain<ICaseGrain>(BadRatings.CaseOf(rated).Value).Perform(BadRatings.Opening(known, rated, version));
        if (answer.Refusal is not { Code: "case-exists" })
            CaseCommandText.ThrowIfRefused(answer.Refusal, "Opening the case");
        return DueOutcome.Done;
    }
}

/// <summary>Does what is due by the clocks of a case.</summary>
internal sealed class CaseClockHandler(IGrainFactory grains) : IDueHandler
{
    public string Command => CaseWork.Clock;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        var next = await grains.GetGrain<ICaseGrain>(command.Read(text => text.Text("case"))).Ring();
        // Where something was done, the row was replaced with it, and this one is no more.
        return next is { } at ? DueOutcome.Again(at, "nothing is due by the case's clocks yet") : DueOutcome.Done;
    }
}

/// <summary>Works the deadlines and warnings of open cases out anew: of all of them after a year was announced, of those of a node after other hours or policies hold there.</summary>
internal sealed class CaseCalendarHandler(ICaseStore cases, IJournal journal, IBureau bureau, IGrainFactory grains, TimeProvider clock) : IDueHandler
{
    private const int PagesAtOnce = 5;
    private const int CasesAtOnce = 25;

    private static readonly CaseFilter Open = new()
    {
        Stages = [.. Enum.GetValues<CaseStage>().Where(stage => stage != CaseStage.Closed)],
    };

    public string Command => CaseWork.Calendar;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        var tree = (await bureau.RefreshAsync()).Tree;
        var (from, place) = command.Read(text => (TextOrNull(text, "after"), TextOrNull(text, "node")));
        NodeId? node = place is null ? null : new NodeId(place);
        CaseCursor? after = CaseCursor.TryParse(from, out var begin) ? begin : null;
        var asked = node is { } top ? Open with { Nodes = Below(tree, top), OrHandledThere = true } : Open;
        for (var pages = 0; pages < PagesAtOnce; pages++)
        {
            var page = await cases.ListAsync(asked, CaseOrder.OpenedDescending, after, CasePage.Most);
            // A correction of a year moves deadlines that were known, too.
            foreach (var some in page.Cases.Chunk(CasesAtOnce))
                await Task.WhenAll(some.Select(row => grains.GetGrain<ICaseGrain>(row.Id.Value).Reckon()));
            if (page.Next is null)
                return DueOutcome.Done;
            after = page.Next;
        }

        // Whoever is cut off here writes the same row once more.
        await journal.WriteAsync(new JournalUnit { Due = [CaseWork.OfCalendarFrom(command, after!.Value, node)] });
        return DueOutcome.Done;
    }

    // Hours are those of the unit that handles a case, policies those of the node that it concerns.
    private List<NodeId> Below(OrganisationTree tree, NodeId top)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return [.. tree.Nodes.Where(node => tree.IsAtOrBelow(node.Id, top, node.Zone.LocalTime(now).Day)).Select(node => node.Id)];
    }

    private static string? TextOrNull(JsonElement text, string name) => text.TryGetProperty(name, out var member) ? member.GetString() : null;
}

/// <summary>Takes a rating out of its window's figures after an appeal was upheld. One that is out already stays so.</summary>
internal sealed class ExcludeRatingHandler(IGrainFactory grains) : IDueHandler
{
    public string Command => CaseWork.Exclude;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        var (window, version, reason) = command.Read(text => (text.Text("window"), text.Number("version"), text.Text("reason")));
        CaseCommandText.ThrowIfRefused((await grains.GetGrain<IWindowGrain>(window).SetExcluded(version, excluded: true, reason)).Refusal, "The exclusion");
        return DueOutcome.Done;
    }
}

/// <summary>Tells a case that another goes on as it.</summary>
internal sealed class AbsorbHandler(IGrainFactory grains) : IDueHandler
{
    public string Command => CaseWork.Absorb;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        var (survivor, absorb) = command.Read(text => (text.Text("survivor"), new AbsorbCase(text.Case("other"), [.. Texts(text, "with").Select(other => new CaseId(other))])
        {
            About = [.. Texts(text, "about")],
        }));
        CaseCommandText.ThrowIfRefused((await grains.GetGrain<ICaseGrain>(survivor).Perform(new CaseRequest(absorb, CaseActor.System))).Refusal, "Hearing of a merged case");
        return DueOutcome.Done;
    }

    private static List<string> Texts(JsonElement text, string name) =>
        text.TryGetProperty(name, out var all) ? [.. all.EnumerateArray().Select(one => one.GetString()!)] : [];
}

/// <summary>
/// Answers the citizen of a merged case as the one that goes on was answered: under the tracking code where nobody can reach them, else
/// the office is told to do it.
/// </summary>
internal sealed class AnswerAbsorbedHandler(CaseRecords records, ICaseNotices notices, IGrainFactory grains) : IDueHandler
{
    private const string Tracking = "tracking";

    public string Command => CaseWork.AnswerAbsorbed;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        var (survivor, other) = command.Read(text => (text.Case("survivor"), text.Case("other")));
        if (await records.FindAsync(other) is not { State: var owed } || !(owed.AnswerOwed || await IsOwedAgainAsync(owed, survivor)))
            return DueOutcome.Done;
        if ((owed.Intake.Anonymous || !owed.CanBeReached) && await WordsOfAsync(survivor) is { } words)
        {
            var answer = await grains.GetGrain<ICaseGrain>(other.Value).Perform(
                new CaseRequest(new GiveFeedback(Tracking, FeedbackOutcome.Posted, null), CaseActor.System) { Id = command.Key, Words = words });
            CaseCommandText.ThrowIfRefused(answer.Refusal, "Posting the answer");
            return DueOutcome.Done;
        }

        await notices.TellAsync(new CaseNotice(command.Key, owed.Id, owed.Intake.Number, CaseNoticeKind.AnswerOwed, CaseNotice.Owner, owed.Lead) { Account = owed.Owner });
        return DueOutcome.Done;
    }

    // Whoever said there that it is not solved hears what was done then.
    private async Task<bool> IsOwedAgainAsync(CaseState merged, CaseId survivor) =>
        merged.Stage == CaseStage.Merged && await records.FindAsync(survivor) is { State.Heard: var heard }
        && heard.TryGetValue(CaseActor.CitizenOf(merged.Id).Name, out var solved) && !solved;

    private async Task<string?> WordsOfAsync(CaseId survivor)
    {
        if (await records.FindAsync(survivor) is not { State.Answer.Words: { } reference } found)
            return null;
        return (await records.ReadTextsAsync(found, CaseActor.System, contact: false)).Texts.FirstOrDefault(text => text.Ref == reference.Ref)?.Text;
    }
}
