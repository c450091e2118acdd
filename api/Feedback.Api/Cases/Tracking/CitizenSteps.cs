using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;

namespace Feedback.Api.Cases;

/// <summary>
/// Leads what citizens do to the case on which it is done. Whose case was merged into another and answered says on the one that goes on
/// whether it is solved: their own code is the proof, and they see nothing of the other case but what they said there themselves.
/// </summary>
public sealed class CitizenSteps(CaseSight sight, CaseStepping stepping)
{
    // Cases merged into one another again and again; in a ring nobody goes on.
    private const int MostMergings = 16;

    // Asking to hurry needs no answer, and who has one does not ask for it.
    private static readonly ImmutableArray<string> GoingOn = ["confirm", "dispute", "reopen"];

    /// <summary>The case that goes on, for the citizen of one that was merged into it and answered.</summary>
    /// <param name="own">The citizen's case.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Null where theirs goes on by itself, has no answer yet, or the other case has not heard of it yet.</returns>
    public async Task<SeenCase?> SurvivorOfAsync(SeenCase own, CancellationToken cancellation = default)
    {
        if (own.State is not { Stage: CaseStage.Merged, Answer: not null, Merging: { } merging })
            return null;
        var citizen = CaseActor.CitizenOf(own.State.Id);
        for (var mergings = 0; mergings < MostMergings; mergings++)
        {
            if (await sight.FindAsync(merging.Into.Value, citizen, cancellation) is not { } found)
                return null;
            if (found.State.Merging is not { } further)
                return found;
            merging = further;
        }

        return null;
    }

    /// <summary>The words of what the citizen may do now.</summary>
    /// <param name="own">The citizen's case.</param>
    /// <param name="survivor">The case that goes on (<see cref="SurvivorOfAsync"/>); null for none.</param>
    public static ImmutableArray<string> StepsOf(SeenCase own, SeenCase? survivor) =>
        survivor is null ? own.Steps : [.. survivor.Steps.Where(GoingOn.Contains)];

    /// <summary>Whether it is solved, as the citizen said last; null while they said nothing.</summary>
    /// <param name="own">The citizen's case.</param>
    /// <param name="survivor">The case that goes on; null for none.</param>
    public static bool? SolvedOf(SeenCase own, SeenCase? survivor) =>
        survivor is not null && survivor.State.Heard.TryGetValue(CaseActor.CitizenOf(own.State.Id).Name, out var solved) ? solved : own.State.Solved;

    /// <summary>What the citizen did and said on the case that goes on, oldest first; the rest of it is none of theirs.</summary>
    /// <param name="own">The citizen's case.</param>
    /// <param name="survivor">The case that goes on; null for none.</param>
    public static IEnumerable<(CaseEvent Happened, string? Words)> SaidOn(SeenCase own, SeenCase? survivor)
    {
        if (survivor is null)
            yield break;
        var (name, texts) = (CaseActor.CitizenOf(own.State.Id).Name, survivor.Texts.ToLookup(text => text.Version, text => text.Text));
        foreach (var (version, happened) in survivor.Record.Timeline)
        {
            if (happened is CaseEvent said && said.Stamp.By == name)
                yield return (said, texts[version].FirstOrDefault());
        }
    }

    /// <summary>Does what a citizen asks for.</summary>
    /// <param name="own">The citizen's case.</param>
    /// <param name="survivor">The case that goes on; null for none.</param>
    /// <param name="step">The step's word.</param>
    /// <param name="input">What they gave for it.</param>
    /// <param name="requestId">Their own id of the request; null for none.</param>
    public Task<CaseAnswer> PerformAsync(SeenCase own, SeenCase? survivor, string step, StepInput input, string? requestId) =>
        survivor is not null && GoingOn.Contains(step)
            ? stepping.PerformAsync(survivor, step, input, CaseActor.CitizenOf(own.State.Id), expected: null, requestId)
            : stepping.PerformAsync(own, step, input, CaseActor.Citizen, expected: null, requestId);
}
