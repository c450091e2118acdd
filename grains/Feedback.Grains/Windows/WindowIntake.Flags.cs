using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Windows;

namespace Feedback.Grains.Windows;

/// <content>Remarks on ratings that people should look at.</content>
internal sealed partial class WindowIntake
{
    /// <summary>What was noticed up to the last stored event.</summary>
    public required RatingWatch Watch { get; set; }

    /// <summary>The marks of comments.</summary>
    public required CommentMarks Marks { get; init; }

    // What flags are decided on is at hand before anything is: deciding itself must not wait.
    private async Task PrepareFlagsAsync(List<PendingClaim> fresh)
    {
        if (fresh.Exists(claim => claim.Matter is not null && claim.Claim is EvaluationClaim))
            await book.HoldMattersAsync(clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (fresh.Exists(claim => Marks.Of(claim.Claim) is not null))
            await Marks.ReadAsync(Watch);
    }

    /// <summary>The flags of the claims of one append, each decided after those before it.</summary>
    private sealed class FlagsOfBatch(WindowIntake intake, long now)
    {
        private readonly HashSet<Opaque> _rated = [];

        public RatingWatch Watch { get; } = intake.Watch.Copy();

        public Admission Flagged(PendingClaim claim, Admission admission)
        {
            if (claim.Claim is not EvaluationClaim { Evaluation: var said })
                return admission;
            var flags = Watch.FlagsOf(said, admission, new RatingSigns(
                claim.Matter is not null,
                claim.Matter is { } matter && (_rated.Contains(matter) || intake.IsRated(matter, now)),
                claim.Sender.StaffPresent,
                intake.IsNearDutyChange(said),
                intake.Marks.Of(claim.Claim)));
            return flags.IsEmpty ? admission : admission with { Flags = [.. admission.Flags, .. flags] };
        }

        public void Take(PendingClaim claim, JournalEvent happened)
        {
            Watch.Apply(happened, intake.Marks.Of(claim.Claim));
            if (happened is EvaluationAccepted { Evaluation: { Origin: Origin.Active, Grade: not null }, Matter.Hash: var matter })
                _rated.Add(matter);
        }
    }

    private bool IsRated(Opaque matter, long now) => book.IsRated(matter, now);

    private bool IsNearDutyChange(Evaluation said) => duty.ChangedWithin(said.OccurredAt.UtcMilliseconds, RatingWatch.DutyWithin);
}
