using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Verification;

/// <summary>Makes the rows of cases and what is counted of them anew, case by case, many at a time.</summary>
internal sealed class CaseRebuild(IJournal journal, BureauState bureau, long now)
{
    private const int MostAtOnce = 200;

    private readonly List<Task> _writing = [];

    /// <summary>Folds one case and writes what follows from it.</summary>
    /// <returns>How many events were folded.</returns>
    /// <exception cref="InvalidDataException">The stream cannot be read to its end.</exception>
    public async Task<long> AddAsync(CaseId id, StreamName stream)
    {
        var findings = new List<Finding>();
        var check = new StreamCheck(journal, stream, findings, attested: []);
        var state = new CaseState(id);
        await foreach (var (_, _, happened) in check.ReadAsync())
            state = state.Apply(happened);
        Refuse(findings);
        await WriteAsync(new JournalUnit
        {
            Cases = [CaseDraft.Derived(state, bureau, now).Row],
            CaseFlows = [.. CaseFlows.Change(new CaseState(id), state).Select(flow => new CaseFlow(flow.Node, flow.Day, flow.Delta))],
        });
        return check.Events;
    }

    /// <summary>Folds one service matter and writes its row and what is counted of it.</summary>
    /// <returns>How many events were folded.</returns>
    /// <exception cref="InvalidDataException">The stream cannot be read to its end.</exception>
    public async Task<long> AddAsync(MatterId id, StreamName stream)
    {
        var findings = new List<Finding>();
        var check = new StreamCheck(journal, stream, findings, attested: []);
        var state = new MatterState(id);
        await foreach (var (_, _, happened) in check.ReadAsync())
            state = state.Apply(happened);
        Refuse(findings);
        await WriteAsync(new JournalUnit
        {
            Matters = state.Accepted is { } accepted ? [MatterRow.At(state, new MatterTimes(state, accepted.Node, bureau.Tree, bureau.Policies, now))] : [],
            CaseFlows = [.. MatterFlows.Change(new MatterState(id), state).Select(flow => new CaseFlow(flow.Node, flow.Day, flow.Delta))],
        });
        return check.Events;
    }

    /// <summary>Waits until everything is written.</summary>
    public async Task FinishAsync()
    {
        await Task.WhenAll(_writing);
        _writing.Clear();
    }

    private static void Refuse(List<Finding> findings)
    {
        if (findings.Count > 0)
            throw new InvalidDataException($"{findings[0].Place}: {findings[0].What}. Run verify first.");
    }

    private async Task WriteAsync(JournalUnit unit)
    {
        if (_writing.Count == MostAtOnce)
            await FinishAsync();
        _writing.Add(journal.WriteAsync(unit));
    }
}
