using System.Text.Json;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Invitations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Journal;

namespace Feedback.Grains.Verification;

/// <summary>Folds a window's whole stream from its first event, with nothing taken from the stored days.</summary>
/// <param name="window">The window.</param>
/// <param name="tree">The organisation.</param>
/// <param name="journal">Where an exclusion, which is rare, finds again what it excludes: a million evaluations are too much to hold.</param>
public sealed class WindowRecount(NodeId window, OrganisationTree tree, IJournal journal)
{
    /// <summary>The window.</summary>
    public NodeId Window { get; } = window;

    /// <summary>The fold.</summary>
    public WindowFold Fold { get; } = new(window, () => tree);

    /// <summary>The version of the last event folded.</summary>
    public long Version { get; private set; }

    /// <summary>Identities that a look-up by time would not find, and those of ratings by invitation, with their versions.</summary>
    public List<(Opaque Identity, long Version)> Late { get; } = [];

    /// <summary>Folds one more event.</summary>
    public async ValueTask ApplyAsync(long version, long at, JournalEvent happened)
    {
        Fold.Apply(version, at, happened, await SubjectOfAsync(version, happened));
        if (Identities.Of(happened) is { } identity && (Identities.IsLate(identity.Time, at) || happened is EvaluationAccepted { Evaluation.Source: Invitation.Source }))
            Late.Add((identity.Identity, version));
        Version = version;
    }

    private async ValueTask<EvaluationAccepted?> SubjectOfAsync(long version, JournalEvent happened)
    {
        var wanted = happened switch
        {
            EvaluationExcluded e => e.Evaluation,
            EvaluationReinstated e => e.Evaluation,
            _ => 0,
        };
        if (wanted < 1 || wanted >= version)
            return null;
        try
        {
            return await journal.FindAsync(StreamName.Window(Window), wanted) is var (row, _)
                ? EventText.Read(row.Elements()[(int)(wanted - row.Version)]) as EvaluationAccepted
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or UnknownKindException or InvalidOperationException or InvalidCastException or OverflowException or KeyNotFoundException or ArgumentOutOfRangeException)
        {
            // Whoever reads the stream says so.
            return null;
        }
    }

    /// <summary>The days as they stand, ascending.</summary>
    public IEnumerable<WindowDay> Days() => Fold.Days.Order().Select(day => Fold.Day(day)!);
}
