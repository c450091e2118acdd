using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Grains.Journal;
using Feedback.Grains.Notices;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Cases;

/// <summary>What a decision stores: events, the row for lists, what is counted, texts and work, all in one transaction.</summary>
internal static class CaseDraft
{
    /// <summary>The row of a case and the work of its clocks as they stand now.</summary>
    public static (CaseRow Row, DueRow? Clock) Derived(CaseState state, BureauState bureau, long now)
    {
        var times = new CaseTimes(state, bureau.Tree, bureau.Policies, now);
        return (state.ToRow(times.Deadlines), times.Next is { } alarm ? CaseWork.OfClock(state.Id, state.Version, alarm.At) : null);
    }

    /// <summary>The unit of a decision.</summary>
    /// <param name="book">The case before it.</param>
    /// <param name="decision">The decision; something happens.</param>
    /// <param name="texts">The texts that came with the command; null for none.</param>
    /// <param name="bureau">The bureau.</param>
    /// <param name="now">Milliseconds UTC.</param>
    /// <param name="told">Whether citizens or other systems are told what happens to cases.</param>
    public static JournalUnit Unit(CaseBook book, CaseDecision decision, SealedCommand? texts, BureauState bureau, long now, bool told = false)
    {
        var after = decision.State;
        var (row, clock) = Derived(after, bureau, now);
        var first = book.State.Version + 1;
        return new JournalUnit
        {
            Append = new Append(StreamName.Case(after.Id), book.Tail.Next([.. decision.Events.Select(EventText.Write)], now)),
            SubjectKeys = texts?.Keys ?? [],
            Personal = texts?.Texts ?? [],
            Cases = [row],
            CaseFlows = [.. CaseFlows.Change(book.State, after).Select(flow => new CaseFlow(flow.Node, flow.Day, flow.Delta))],
            DueDone = [CaseWork.ClockKey(after.Id)],
            Due =
            [
                .. clock is null ? ImmutableArray<DueRow>.Empty : [clock],
                .. decision.FollowUps.Select(work => CaseWork.Of(after.Id, after.Version, work, now)),
                .. decision.Events.Index().Where(one => IsTold(one.Item, after)).Select(one => CaseWork.OfNotice(after.Id, first + one.Index, now)),
                .. told && CaseNews.IsAmong(book.State, decision.Events) ? [NoticeWork.OfDecision(after.Id, first, after.Version, now)] : ImmutableArray<DueRow>.Empty,
            ],
        };
    }

    // What somebody of the office is told of by a notice. Nobody is told what they did themselves, and of imported history nobody is told anything.
    private static bool IsTold(CaseEvent happened, CaseState after) => after.Intake.Imported is null && happened switch
    {
        CaseWarned or CaseEscalated or CaseUrged or CaseSupervised or CaseCirculated or CaseDispatched => true,
        CaseOpened e => e.ToSign,
        CaseOwnerNamed e => e.Owner != e.Stamp.By,
        _ => false,
    };
}
