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

    private const string Request = "rating";

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

    /// <summary>
    /// Whom a rating is about, for recusal: to whom it is attributed, else the member of staff whom the terminal named. Everybody's own browsers
    /// prove nothing, and so keep nobody from anything; figures attribute nothing by what is only claimed.
    /// </summary>
    public static string? StaffOf(BureauState bureau, EvaluationAccepted rated) =>
        rated.Admission.Staff
        ?? (rated is { Admission.Key: not null, Evaluation.Staff: { } claimed } && bureau.Catalogue.Staff.ContainsKey(claimed) ? claimed : null);

    /// <summary>The request that opens the case; it does so once.</summary>
    public static CaseRequest Opening(BureauState bureau, EvaluationAccepted rated, long version) =>
        new(new OpenCase(Intake(bureau, rated, version)), CaseActor.System) { Id = Request };

    private static CaseIntake Intake(BureauState bureau, EvaluationAccepted rated, long version) => new()
    {
        Number = "",
        Kind = CaseKind.BadRating,
        Channel = CaseChannel.Automatic,
        Node = rated.Evaluation.Window,
        Lead = CaseRoutes.ByRules,
        Rating = new CaseRating(rated.Evaluation.Window, version, rated.Evaluation.Grade, rated.Admission.Staff, HasMatter: rated.Matter?.Ref is not null),
        About = rated.Admission.Staff is null && StaffOf(bureau, rated) is { } claimed ? [claimed] : [],
        Anonymous = true,
        Language = rated.Evaluation.Language,
        OccurredAt = rated.Evaluation.OccurredAt,
    };
}
