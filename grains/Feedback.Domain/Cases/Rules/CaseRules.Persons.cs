using System.Collections.Immutable;
using Feedback.Domain.Evaluations;

namespace Feedback.Domain.Cases;

public static partial class CaseRules
{
    // Whom it names is recused from the next step on, even whoever names themselves.
    private static Refusal? Complained(NamePersons c, CaseSteps steps)
    {
        ImmutableArray<string> staff = [.. c.Staff.Distinct().Order(StringComparer.Ordinal)];
        if (staff.Any(string.IsNullOrWhiteSpace))
            return new Refusal("member-missing", "about");
        if (!staff.SequenceEqual(steps.State.About))
            steps.Then(new CasePersonsNamed { Salt = steps.Salt(), Stamp = steps.Stamp, Staff = staff });
        Release(steps);
        return null;
    }

    // Whoever is recused owns nothing: supervision names somebody else.
    private static void Release(CaseSteps steps)
    {
        var line = steps.Context.LineOf?.Invoke(steps.State) ?? steps.Context.Line;
        if (steps.State.Owner is not { } owner || !Recusal.Recuses(steps.State, owner, line))
            return;
        steps.Then(new CaseOwnerReleased { Salt = steps.Salt(), Stamp = steps.Stamp });
        steps.Then(new NameAnOwner(Above(steps, line)));
    }
}
