using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Benchmarks.Servers;

/// <summary>
/// Open cases as the office has them, with clocks that run and the rows by which they are woken: decided by the very rules, and written past
/// the grains, as fast as it goes.
/// </summary>
internal sealed class GeneratedCases(IBureau bureau, IJournal journal, CaseDesk desk, TimeProvider clock)
{
    /// <summary>What the tables say about them.</summary>
    public const string Description = "open complaints with three running clocks each, warned of in 24 days at the earliest";

    /// <summary>How long after a praise was received its warning is due: four fifths of ten hours.</summary>
    public static readonly TimeSpan UntilWarning = TimeSpan.FromHours(8);

    private const int AtOnce = 1000;
    private const int Attempts = 10;

    // By natural time, so that it does not matter at which hour of which day somebody measures.
    private const string Limits =
        """{"rules":[{"kind":"complaint","limits":{"first-response":"30d","progress":"60d","completion":"90d"}},{"kind":"praise","limits":{"first-response":"10h"}}],"warnBefore":"20%"}""";

    /// <summary>Sets the limits by which the cases run.</summary>
    public async Task SetLimitsAsync()
    {
        var state = await bureau.RefreshAsync();
        var root = state.Tree.Nodes.First(node => node.ParentOn(DateOnly.MaxValue) is null);
        var from = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-10);
        var (text, refusal) = PolicyRules.Check(state.Tree, root.Id, "case-limits", from, Limits, from);
        if (text is null)
            throw new InvalidOperationException($"The limits are refused: {refusal!.Code}.");
        await bureau.DecideAsync(StreamName.Policies, _ => new Decision([new PolicySet { Salt = EventMint.NewSalt(), Node = root.Id, Subject = "case-limits", From = from, Text = text }]));
    }

    /// <summary>Opens complaints, received within the last days, of which nobody is to be warned soon.</summary>
    public Task OpenIdleAsync(int count)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var spread = (long)TimeSpan.FromDays(4).TotalMilliseconds;
        return OpenAsync(CaseKind.Complaint, count, index => now - (spread * index / count));
    }

    /// <summary>Opens praises, received when their warnings are all due at one moment.</summary>
    /// <param name="count">How many.</param>
    /// <param name="moment">The moment, milliseconds UTC.</param>
    public Task<IReadOnlyList<CaseId>> OpenDueAsync(int count, long moment) =>
        OpenAsync(CaseKind.Praise, count, _ => moment - (long)UntilWarning.TotalMilliseconds);

    private async Task<IReadOnlyList<CaseId>> OpenAsync(CaseKind kind, int count, Func<int, long> receivedAt)
    {
        var known = await bureau.RefreshAsync();
        NodeId[] windows = [.. known.Tree.Nodes.Where(node => node.Kind == NodeKind.Window).Select(node => node.Id)];
        CaseId[] ids = [.. Enumerable.Range(0, count).Select(_ => CaseSecrets.NewId())];
        foreach (var some in ids.Index().Chunk(AtOnce))
            await Task.WhenAll(some.Select(one => OpenAsync(kind, one.Item, windows[one.Index % windows.Length], receivedAt(one.Index), known)));
        return ids;
    }

    private async Task OpenAsync(CaseKind kind, CaseId id, NodeId window, long at, BureauState known)
    {
        var intake = new CaseIntake { Number = "", Kind = kind, Channel = CaseChannel.Phone, Node = window, Lead = CaseRoutes.ByRules, Anonymous = true };
        for (var attempt = 1; ; attempt++)
        {
            var book = new CaseBook(id);
            var request = new CaseRequest(new OpenCase(intake), CaseActor.System);
            var (open, _) = await desk.CompleteAsync(new OpenCase(intake), book.State, CaseActor.System, request, attempt, at);
            var decision = await desk.DecideAsync(book.State, open, CaseActor.System, at, null, null);
            if (decision.Refusal is { } refusal)
                throw new InvalidOperationException($"A case is refused: {refusal.Code}.");
            try
            {
                await journal.WriteAsync(CaseDraft.Unit(book, decision, null, known, at));
                return;
            }
            catch (CaseTakenException) when (attempt < Attempts)
            {
                // Of ten million numbers of a day some are drawn twice.
            }
        }
    }
}
