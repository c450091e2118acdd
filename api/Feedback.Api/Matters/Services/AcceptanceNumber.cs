using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.ServiceMatters;

namespace Feedback.Api.Matters.Services;

/// <summary>受理编号: the readable number of an acceptance, with a check digit as cases have it. It follows from the matter's id and is no way to look it up.</summary>
internal static class AcceptanceNumber
{
    /// <summary>The number of an accepted matter.</summary>
    public static string Of(MatterState state) => CaseNumber.Of(state.Accepted!.Stamp.Day, Opaque.Parse(state.Id.Value[1..]));
}
