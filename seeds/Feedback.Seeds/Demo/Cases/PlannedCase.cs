using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>A case as it is planned.</summary>
/// <param name="Case">What people did to it.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Stage">Where it must stand after that.</param>
public sealed record PlannedCase(PastCase Case, CaseKind Kind, CaseStage Stage)
{
    /// <summary>The bad rating that opened it: its window and its identity there; its version is known only to the journal. Null for others.</summary>
    public (NodeId Window, Opaque Identity)? Rating { get; init; }

    /// <summary>Whether it goes on as another one, which must be there first.</summary>
    public bool IsMerged => Stage == CaseStage.Merged;
}

/// <summary>An opening of a suggestion box as it is planned.</summary>
/// <param name="Node">Where the box hangs.</param>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Found">How many papers were in it.</param>
/// <param name="By">Who opened it.</param>
public sealed record PlannedOpening(NodeId Node, long At, int Found, string By);

/// <summary>Writes down what people do to a case, one step after the other; what would lie after the end did not happen.</summary>
/// <param name="id">The case.</param>
/// <param name="kind">What it is about.</param>
/// <param name="until">The end, milliseconds UTC.</param>
internal sealed class CaseScript(CaseId id, CaseKind kind, long until)
{
    private readonly List<PastStep> _steps = [];
    private CaseStage _stage;
    private bool _isOver;

    /// <summary>When the last step was planned, whether it happened or not.</summary>
    public long At { get; private set; }

    /// <summary>One more step.</summary>
    /// <param name="at">When, milliseconds UTC; not before the step before it.</param>
    /// <param name="actor">Who.</param>
    /// <param name="command">What.</param>
    /// <param name="stage">Where the case stands afterwards.</param>
    /// <param name="words">The words that belong to it.</param>
    public CaseScript Then(long at, CaseActor actor, CaseCommand command, CaseStage stage, string? words = null) =>
        Then(new PastStep(at, actor, command) { Words = words }, stage);

    /// <summary>One more step.</summary>
    public CaseScript Then(PastStep step, CaseStage stage)
    {
        At = Math.Max(At, step.At);
        _isOver |= At >= until;
        if (!_isOver)
        {
            _steps.Add(step with { At = At });
            _stage = stage;
        }

        return this;
    }

    /// <summary>The whole case; null where not even its opening happened.</summary>
    public PlannedCase? End() => _steps.Count == 0 ? null : new PlannedCase(new PastCase(id, [.. _steps]), kind, _stage);
}
