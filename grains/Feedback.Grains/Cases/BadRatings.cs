using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Grains.Cases;

/// <summary>Which ratings open cases, and what is known of these.</summary>
internal static class BadRatings
{
    // No policy can say more than that; most ratings end here.
    private const Grade Worst = Grade.Dissatisfied;

    /// <summary>The work of a rating that some policy may open a case for; null for all others.</summary>
    /// <param name="window">The window.</param>
    /// <param name="version">The version of the event in its stream.</param>
    /// <param name="happened">The event.</param>
    /// <param name="now">Milliseconds UTC.</param>
    public static DueRow? WorkOf(NodeId window, long version, JournalEvent happened, long now)
    {
        if (happened is not EvaluationAccepted { Evaluation: { Origin: Origin.Active } said, Admission.Imported: null })
            return null;
        var isBad = said.Grade <= Worst;
        foreach (var dimension in said.Dimensions)
            isBad |= dimension.Grade <= Worst;
        return isBad ? CaseWork.OfRating(window, version, Identities.OfEvaluation(said.Source, said.Id), now) : null;
    }

    /// <summary>Whether the policy that held on the rating's day opens a case for it.</summary>
    public static bool Opens(BureauState bureau, EvaluationAccepted rated)
    {
        var line = bureau.Tree.LineOn(rated.Evaluation.Window, rated.Admission.Day);
        return bureau.Policies.Find(line, PolicySubjects.BadRating, rated.Admission.Day).Document
            .Opens(rated.Evaluation.Grade, rated.Evaluation.Dimensions.Select(dimension => dimension.Grade));
    }

    /// <summary>The case of a rating, should it open one.</summary>
    public static CaseId CaseOf(EvaluationAccepted rated) =>
        CaseId.OfRating(rated.Evaluation.Window, Identities.OfEvaluation(rated.Evaluation.Source, rated.Evaluation.Id));

    /// <summary>What is known of the case.</summary>
    public static CaseIntake Intake(EvaluationAccepted rated, long version) => new()
    {
        Number = "",
        Kind = CaseKind.BadRating,
        Channel = CaseChannel.Automatic,
        Node = rated.Evaluation.Window,
        Lead = CaseRoutes.ByRules,
        Rating = new CaseRating(rated.Evaluation.Window, version, rated.Evaluation.Grade, rated.Admission.Staff, HasMatter: rated.Matter?.Ref is not null),
        Anonymous = true,
        Language = rated.Evaluation.Language,
        OccurredAt = rated.Evaluation.OccurredAt,
    };
}
