using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Audit;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Policies;

/// <summary>Policies set and years defined by people: each leaves its trace in the audit trail before it happens; what is refused changes nothing.</summary>
public sealed class PolicyChanges(IBureau bureau, IAudit audit, TimeProvider clock)
{
    private const int LongestReason = 500;

    // Those that say when people are warned and who is told of a deadline, also of clocks that run already.
    private static readonly string[] OfRunningClocks = [PolicySubjects.CaseLimits.Word, PolicySubjects.Hotline.Word];

    /// <summary>Sets a policy. The very same one again appends nothing.</summary>
    /// <returns>What was set, or why it is refused.</returns>
    public async Task<(SetPolicy? Set, Refusal? Refusal)> SetAsync(PolicyDraft draft, PolicyActor by)
    {
        var (looked, refusal) = Look(await bureau.RefreshAsync(), draft);
        if (looked is null)
            return (null, refusal);
        await audit.RecordAsync(new AuditEntry(Acts.PolicySet, by.Name)
        {
            Target = "policy:" + draft.Subject,
            Node = draft.Node,
            Reason = Shortened(string.Create(CultureInfo.InvariantCulture, $"{looked.From:yyyy-MM-dd} {looked.Text}")),
            Address = by.Address,
        });
        SetPolicy? set = null;
        await bureau.DecideAsync(StreamName.Policies, state =>
        {
            // What was allowed a moment ago may be so no more: somebody else was quicker, or the day has ended.
            (set, refusal) = Look(state, draft);
            return set is null || set.Version <= state.Policies.Version ? Decision.Nothing : new Decision(
            [
                new PolicySet { Salt = EventMint.NewSalt(), Node = draft.Node, Subject = draft.Subject, From = set.From, Text = set.Text, By = by.Account },
            ],
            OfRunningClocks.Contains(draft.Subject) ? new JournalUnit { Due = [CaseWork.OfPolicy(draft.Node, set.Version, StartOf(state.Tree.Find(draft.Node)!, set.From))] } : null);
        });
        if (refusal is not null)
            audit.NoteRefusal(new AuditEntry(Acts.PolicySet, by.Name) { Target = "policy:" + draft.Subject, Node = draft.Node, Reason = refusal.Code, Address = by.Address, Refused = true });
        return (set, refusal);
    }

    /// <summary>Defines the holidays of a year; what was known of it before is replaced. The very same again appends nothing.</summary>
    /// <returns>Why it is refused; null when it is done.</returns>
    public async Task<Refusal?> DefineAsync(CalendarYear year, PolicyActor by)
    {
        if (year.Check() is { } refusal)
            return refusal;
        await audit.RecordAsync(new AuditEntry(Acts.CalendarDefined, by.Name)
        {
            Target = string.Create(CultureInfo.InvariantCulture, $"calendar:{year.Year}"),
            Reason = year.Source,
            Address = by.Address,
        });
        await bureau.DecideAsync(StreamName.Policies, state => state.Policies.Calendar.Year(year.Year)?.IsSameAs(year) is true
            ? Decision.Nothing
            : new Decision(
                [new CalendarDefined { Salt = EventMint.NewSalt(), Calendar = year }],
                new JournalUnit { Due = [CaseWork.OfCalendar(year.Year, state.Policies.Version + 1, clock.GetUtcNow().ToUnixTimeMilliseconds())] }));
        return null;
    }

    // What would be set: with the version that it gets, or that it has already.
    private (SetPolicy? Set, Refusal? Refusal) Look(BureauState state, PolicyDraft draft)
    {
        var (tree, book) = (state.Tree, state.Policies);
        if (tree.Find(draft.Node) is not { } node)
            return (null, new Refusal("node-unknown", "node", draft.Node.Value));
        var today = TodayAt(node);
        var from = draft.From ?? today.AddDays(1);
        var (text, refusal) = PolicyRules.Check(tree, node.Id, draft.Subject, from, draft.Text, today, at => draft.Scope.Covers(tree, at.Id, TodayAt(at)));
        if (text is null)
            return (null, refusal);
        if (draft.After is { } known && known != book.LastDecision(tree.LineOn(node.Id, today), draft.Subject))
            return (null, new Refusal("policy-changed"));
        return book.At(node.Id, draft.Subject).LastOrDefault() is { } last && last.From == from && last.Text == text
            ? (new SetPolicy(from, text, last.Version), null)
            : (new SetPolicy(from, text, book.Version + 1), null);
    }

    private long StartOf(Node node, DateOnly day) => Math.Max(node.Zone.StartOf(day), clock.GetUtcNow().ToUnixTimeMilliseconds());

    private DateOnly TodayAt(Node node) => node.Zone.LocalTime(clock.GetUtcNow().ToUnixTimeMilliseconds()).Day;

    // Never through the middle of a surrogate pair.
    private static string Shortened(string text) =>
        text.Length <= LongestReason ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[LongestReason - 1]) ? LongestReason - 1 : LongestReason), "…");
}
