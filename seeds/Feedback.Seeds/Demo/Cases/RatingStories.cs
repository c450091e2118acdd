using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Policies;
using Feedback.Domain.Windows;

namespace Feedback.Seeds.Demo.Cases;

/// <summary>What became of bad ratings (差评): looked into, put right, told by a call or else under the rating's code.</summary>
/// <param name="people">Who works on them.</param>
/// <param name="times">When.</param>
/// <param name="dice">What the seed decides.</param>
/// <param name="until">The end, milliseconds UTC.</param>
internal sealed class RatingStories(CasePeople people, OfficeTimes times, Dice dice, long until)
{
    private const string Tracking = "tracking";
    private const int OpeningTakes = 1000;
    private const int Minute = 60_000;
    private const int Attempts = 3;

    /// <summary>Whether a rating opens a case, where no other policy was set.</summary>
    public static bool Opens(EvaluationClaim claim) =>
        claim.Evaluation is { Origin: Origin.Active } said && BadRatingPolicy.Default.Opens(said.Grade, said.Dimensions.Select(dimension => dimension.Grade));

    /// <summary>The story of a rating.</summary>
    /// <param name="hall">The hall, counted from 0.</param>
    /// <param name="claim">The rating.</param>
    /// <param name="appeal">When the hall appeals against it, so late that nobody has decided yet; null for most.</param>
    public PlannedCase? Tell(int hall, EvaluationClaim claim, long? appeal)
    {
        var said = claim.Evaluation;
        var identity = Identities.OfEvaluation(said.Source, said.Id);
        var random = dice.Of($"rating {said.Source} {said.Id}");
        var script = new CaseScript(CaseId.OfRating(said.Window, identity), CaseKind.BadRating, until);
        script.Then(said.OccurredAt.UtcMilliseconds + OpeningTakes, CaseActor.System, new OpenCase(IntakeOf(claim)), CaseStage.Verifying)
            .Then(times.Soon(script.At, random), people.Supervisor, new NameOwner(people.Officer), CaseStage.Verifying)
            .Then(times.Soon(script.At, random), people.Officer, new NoteProgress(null, Told: true), CaseStage.Verifying, CasePhrases.Look(random));
        var finding = random.Next(100) switch { < 60 => RatingFinding.True, < 85 => RatingFinding.Partly, _ => RatingFinding.Not };
        var isTrue = appeal is not null || finding != RatingFinding.Not;
        script.Then(
            times.Later(script.At, appeal is null ? random.Next(2) : 0, random), people.Officer, new VerifyRating(isTrue && finding == RatingFinding.Not ? RatingFinding.Partly : finding), CaseStage.Handling);
        if (appeal is { } late)
            return script.Then(late, people.HallHead, new AppealRating("评价与办理情况不符"), CaseStage.Appealed, "当日系统故障已公告，非窗口原因，申请复核。").End()! with { Rating = (said.Window, identity) };
        if (hall == 0 && isTrue && random.Next(100) < 12)
        {
            script.Then(times.Later(script.At, 1, random), people.HallHead, new AppealRating("评价与办理情况不符"), CaseStage.Appealed, "叫号记录显示等候未超过十分钟，申请复核。")
                .Then(times.Later(script.At, 2, random), people.Supervisor, new DecideAppeal(Upheld: false, "复核维持原评价"), CaseStage.Handling);
        }

        var taken = random.Next(100) < 6 ? 16 + random.Next(3) : 1 + random.Next(4);
        script.Then(
                times.Later(script.At, taken, random), people.Officer, new HandleCase(isTrue ? "solved" : "explained"), CaseStage.Handled,
                isTrue ? CasePhrases.Rectification(random) : CasePhrases.RatingAnswer(false, random));
        // Whose matter is known is called; the answer is posted where nobody answers, and where no matter tells whom to call.
        var isKnown = claim.Matter is not null;
        if (isKnown && random.Next(100) < 92)
        {
            CallBack(script, isTrue, random);
        }
        else
        {
            for (var attempt = 1; isKnown && attempt <= Attempts; attempt++)
                script.Then(times.Later(script.At, 1, random), people.Officer, new GiveFeedback("phone", FeedbackOutcome.NotReached, null), attempt < Attempts ? CaseStage.Handled : CaseStage.Answered);
            script.Then(times.Soon(script.At, random), people.Officer, new GiveFeedback(Tracking, FeedbackOutcome.Posted, null), CaseStage.Answered, CasePhrases.RatingAnswer(isTrue, random));
        }

        return script.Then(script.At + Minute, people.Officer, new CloseCase(), CaseStage.Closed).End() is { } planned ? planned with { Rating = (said.Window, identity) } : null;
    }

    private void CallBack(CaseScript script, bool isTrue, Random random)
    {
        script.Then(times.Soon(script.At, random), people.Officer, new GiveFeedback("phone", FeedbackOutcome.Reached, null), CaseStage.Answered, CasePhrases.RatingAnswer(isTrue, random));
        if (random.Next(100) < 7)
        {
            script.Then(times.Later(script.At, 1, random), people.Officer, new CallCitizenBack(Reached: false), CaseStage.Answered);
            script.Then(times.Later(script.At, 1, random), people.Officer, new CallCitizenBack(Reached: false), CaseStage.Answered);
        }

        var grade = random.Next(100) switch { < 8 => Grade.Dissatisfied, < 20 => Grade.Satisfied, < 55 => Grade.FairlySatisfied, _ => Grade.VerySatisfied };
        script.Then(
            times.Later(script.At, 1 + random.Next(3), random), people.Officer, new CallCitizenBack(true, Solved: true, grade), CaseStage.Answered,
            grade == Grade.Dissatisfied ? CasePhrases.HeardBad(random) : CasePhrases.Heard(random));
    }

    // As the service itself knows it; imported ratings are attributed to nobody.
    private static CaseIntake IntakeOf(EvaluationClaim claim) => new()
    {
        Number = "",
        Kind = CaseKind.BadRating,
        Channel = CaseChannel.Automatic,
        Node = claim.Evaluation.Window,
        Lead = CaseRoutes.ByRules,
        Rating = new CaseRating(claim.Evaluation.Window, 0, claim.Evaluation.Grade, null, HasMatter: claim.Matter is not null),
        Anonymous = true,
        Language = claim.Evaluation.Language,
        OccurredAt = claim.Evaluation.OccurredAt,
    };
}
