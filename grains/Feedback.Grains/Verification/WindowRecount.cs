using Feedback.Domain.Evaluations;
using Feedback.Domain.Invitations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;

namespace Feedback.Grains.Verification;

/// <summary>Folds a window's whole stream from its first event, with nothing taken from the stored days.</summary>
/// <param name="window">The window.</param>
/// <param name="tree">The organisation.</param>
public sealed class WindowRecount(NodeId window, OrganisationTree tree)
{
    private readonly Dictionary<long, EvaluationAccepted> _evaluations = [];

    /// <summary>The window.</summary>
    public NodeId Window { get; } = window;

    /// <summary>The fold.</summary>
    public WindowFold Fold { get; } = new(window, () => tree);

    /// <summary>The version of the last event folded.</summary>
    public long Version { get; private set; }

    /// <summary>Identities that a look-up by time would not find, and those of ratings by invitation, with their versions.</summary>
    public List<(Opaque Identity, long Version)> Late { get; } = [];

    /// <summary>Folds one more event.</summary>
    public void Apply(long version, long at, JournalEvent happened)
    {
        if (happened is EvaluationAccepted accepted)
            _evaluations[version] = accepted;
        var subject = happened switch
        {
            EvaluationExcluded e => _evaluations.GetValueOrDefault(e.Evaluation),
            EvaluationReinstated e => _evaluations.GetValueOrDefault(e.Evaluation),
            _ => null,
        };
        Fold.Apply(version, at, happened, subject);
        if (Identities.Of(happened) is { } identity && (Identities.IsLate(identity.Time, at) || happened is EvaluationAccepted { Evaluation.Source: Invitation.Source }))
            Late.Add((identity.Identity, version));
        Version = version;
    }

    /// <summary>The days as they stand, ascending.</summary>
    public IEnumerable<WindowDay> Days() => Fold.Days.Order().Select(day => Fold.Day(day)!);
}
