using Feedback.Domain.Evaluations;

namespace Feedback.Domain.Cases;

public static partial class CaseRules
{
    private static Refusal? Warn(WarnOfDeadline c, CaseSteps steps)
    {
        var state = steps.State;
        // Due work may come twice, or when nobody waits any more: then nothing happens.
        if (!state.IsLive(c.Clock) || state.IsPaused(c.Clock) || state.Overdue.ContainsKey(c.Clock)
            || c.Deadline < steps.Context.Now || (state.Warned.TryGetValue(c.Clock, out var warned) && warned == c.Deadline))
            return null;
        steps.Then(new CaseWarned { Salt = steps.Salt(), Stamp = steps.Stamp, Clock = c.Clock, Deadline = c.Deadline });
        return null;
    }

    private static Refusal? Escalate(EscalateCase c, CaseSteps steps)
    {
        var state = steps.State;
        if (!state.IsLive(c.Clock) || state.IsPaused(c.Clock) || !state.Overdue.TryGetValue(c.Clock, out var deadline)
            || c.Level != state.Escalated.GetValueOrDefault(c.Clock) + 1)
            return null;
        steps.Then(new CaseEscalated { Salt = steps.Salt(), Stamp = steps.Stamp, Clock = c.Clock, Deadline = deadline, Level = c.Level, To = c.To });
        return null;
    }
}
