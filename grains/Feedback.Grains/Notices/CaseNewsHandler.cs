using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Due;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Notices;

/// <summary>Makes of what happened to a case one message for each who wants to hear of it.</summary>
internal sealed class CaseNewsHandler(NoticeSettings settings, CaseRecords records, IBureau bureau, IJournal journal, TimeProvider clock) : IDueHandler
{
    public string Command => NoticeWork.News;

    public async Task<DueOutcome> PerformAsync(DueCommand command)
    {
        var (id, first, last) = command.Read(text => (text.Case("case"), text.Number("first"), text.Number("last")));
        if (!settings.WantsNews || await records.FindAsync(id) is not { } found)
            return DueOutcome.Done;
        var (now, state, rows) = (clock.GetUtcNow().ToUnixTimeMilliseconds(), new CaseState(id), new List<DueRow>());
        foreach (var (version, happened) in found.Timeline.TakeWhile(one => one.Version <= last))
        {
            var (before, after) = (state, state.Apply(happened));
            state = after;
            if (version < first)
                continue;
            if (CaseNews.WordOf(before, happened) is { } word)
                rows.AddRange(settings.Hooks.Where(hook => Wants(hook, word, after)).Select(hook => NoticeWork.OfHook(hook.Name, id, version, now)));
            if (settings is { Mail: true, Citizens: true } && CaseNews.IsForCitizen(happened) && found.State.CanBeReached)
                rows.Add(NoticeWork.OfCitizen(id, version, happened is CaseFeedbackGiven ? LetterText.Answer : LetterText.Progress, now));
        }

        // Whoever is cut off between this and the end writes the same rows once more.
        if (rows.Count > 0)
            await journal.WriteAsync(new JournalUnit { Due = rows });
        return DueOutcome.Done;
    }

    private bool Wants(HookEndpoint hook, string word, CaseState state)
    {
        if (hook.Events is { IsEmpty: false } some && !some.Contains(word))
            return false;
        if (hook.Node is not { } place)
            return true;
        var tree = bureau.Current.Tree;
        return tree.Find(place) is { } scope && (IsWithin(state.Intake.Node) || IsWithin(state.Lead));

        bool IsWithin(NodeId node) => tree.Find(node) is not null && tree.IsAtOrBelow(node, scope.Id, CaseTimes.DayAt(tree, node, clock.GetUtcNow().ToUnixTimeMilliseconds()));
    }
}
