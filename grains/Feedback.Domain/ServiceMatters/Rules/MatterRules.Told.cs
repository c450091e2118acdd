using Feedback.Domain.Evaluations;

namespace Feedback.Domain.ServiceMatters;

/// <summary>What another system's list tells of a matter.</summary>
public static partial class MatterRules
{
    // The acceptance by itself: what follows has another time, and a deadline that only the acceptance brings about. Whoever stores it asks
    // again until nothing is left to happen.
    private static Refusal? Tell(TellMatter c, Steps steps)
    {
        var state = steps.State;
        if (state.Accepted is not { } accepted)
            return Accept(new AcceptMatter(c.Node, c.Item, c.Number, c.Online, [], c.Limit), steps);
        if ((accepted.Item, accepted.Online) != (c.Item, c.Online))
            return new Refusal("matter-exists");
        if (state.Stage != MatterStage.Open)
            return null;
        // The list counts whoever came, for whatever reason: visits that are here already, lawful ones too, are among them.
        while (steps.State.Visits + steps.State.LawfulVisits < c.Visits)
        {
            var lawful = steps.State.IsSecondVisit && steps.State.LawfulVisits < c.LawfulVisits;
            steps.Then(new MatterVisited { Salt = steps.Context.Salt(), Stamp = steps.Stamp, Lawful = lawful });
            if (steps.State.Visits > MostVisits && !lawful)
                Blame(ThirdVisit, steps);
        }

        return c.Stage switch
        {
            MatterStage.Completed => Complete(c.Outcome ?? "", steps),
            MatterStage.Withdrawn => Withdraw(new WithdrawMatter(c.Outcome ?? ""), steps),
            _ => null,
        };
    }
}
