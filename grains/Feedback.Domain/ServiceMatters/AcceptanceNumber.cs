using Feedback.Domain.Cases;

namespace Feedback.Domain.ServiceMatters;

/// <summary>
/// 受理编号: the readable number of an acceptance, with a check digit as cases have it. It follows from the matter's id and its day; of ten
/// million numbers a day two matters may have the same.
/// </summary>
public static class AcceptanceNumber
{
    /// <summary>The number of an accepted matter.</summary>
    public static string Of(MatterState state) => CaseNumber.Of(state.Accepted!.Stamp.Day, state.Id.ToBits());
}
