using Feedback.Domain.Cases;
using Feedback.Domain.Organisation;

namespace Feedback.Grains.Cases;

/// <summary>What the registers tell about the persons complained of in a case.</summary>
internal static class CaseLines
{
    /// <summary>The line of a case.</summary>
    /// <param name="leaders">The registers.</param>
    /// <param name="tree">The organisation.</param>
    /// <param name="state">The case.</param>
    /// <param name="day">The local day at its node.</param>
    public static async Task<CaseLine> LineOfAsync(this ICaseLeaders leaders, OrganisationTree tree, CaseState state, DateOnly day) =>
        CaseLine.Of(tree, state.Intake.Node, day, state.Persons, await leaders.AllAsync(), await leaders.MembersAsync(), state.Lead, state.Assisting);
}
