using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.Windows;
using Feedback.Grains.Platform;

namespace Feedback.Grains.Journal;

/// <summary>What is stored together or not at all: at most one append, and the rows that belong to it.</summary>
public sealed record JournalUnit
{
    /// <summary>The append; null for a unit that only brings derived rows up to date.</summary>
    public Append? Append { get; init; }

    /// <summary>New data keys of subjects.</summary>
    public IReadOnlyList<SubjectKey> SubjectKeys { get; init; } = [];

    /// <summary>Data keys of subjects that another master key wraps from now on; one that was erased stays erased.</summary>
    public IReadOnlyList<SubjectKey> Rewrapped { get; init; } = [];

    /// <summary>New personal text, encrypted.</summary>
    public IReadOnlyList<SealedText> Personal { get; init; } = [];

    /// <summary>Rows of personal text whose salt and ciphertext are destroyed, and subjects whose key is.</summary>
    public Erasure Erasure { get; init; } = Erasure.Nothing;

    /// <summary>
    /// Identities that a look-up by time would not find, in the append's stream; in a unit without one, in that of the window
    /// of <see cref="DaysThrough"/>.
    /// </summary>
    public IReadOnlyList<LateId> LateIds { get; init; } = [];

    /// <summary>Days of one window as they stand; a day is replaced only by one of a newer version or fold revision.</summary>
    public IReadOnlyList<WindowDay> Days { get; init; } = [];

    /// <summary>Every event of the window up to this version is in the days; never goes back.</summary>
    public DaysThrough? DaysThrough { get; init; }

    /// <summary>Cases as they stand after the append; a row is never replaced by one of an older version.</summary>
    /// <remarks>A number, or a number of another system, that another case has already fails the unit: <see cref="CaseTakenException"/>.</remarks>
    public IReadOnlyList<CaseRow> Cases { get; init; } = [];

    /// <summary>Service matters as they stand after the append; a row is never replaced by one of an older version.</summary>
    public IReadOnlyList<MatterRow> Matters { get; init; } = [];

    /// <summary>What happened to cases: added to what is counted at a node on a day already.</summary>
    public IReadOnlyList<CaseFlow> CaseFlows { get; init; } = [];

    /// <summary>Keys of work that is not to be done any more. They go first: a <see cref="Due"/> with such a key replaces what was there.</summary>
    public IReadOnlyList<string> DueDone { get; init; } = [];

    /// <summary>Work that was tried, and what became of it; one that was replaced meanwhile by other work under its key stays as it is.</summary>
    public IReadOnlyList<DueTried> DueTried { get; init; } = [];

    /// <summary>Work to be done later, in this or another stream. Where its key is there already, that stays and this is not written.</summary>
    public IReadOnlyList<DueRow> Due { get; init; } = [];

    /// <summary>What changes in what was reported to a higher platform; null for nothing.</summary>
    public PlatformChange? Platform { get; init; }
}

/// <summary>Events to append to one stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Row">The row; its <see cref="JournalRow.Version"/> must be the stream's head plus one.</param>
public sealed record Append(StreamName Stream, JournalRow Row);

/// <summary>An identity stored outside [its own time − 5 minutes, its own time + 1 hour].</summary>
/// <param name="Identity">The identity's hash.</param>
/// <param name="Version">The version under which its stream stored it.</param>
public sealed record LateId(Opaque Identity, long Version);

/// <summary>How far a window's days are complete.</summary>
/// <param name="Window">The window.</param>
/// <param name="Version">Every event up to this version is in the stored days.</param>
public sealed record DaysThrough(NodeId Window, long Version);

/// <summary>What is destroyed for good.</summary>
/// <param name="Personal">Rows of personal text.</param>
/// <param name="Subjects">Subjects whose data key is destroyed.</param>
public sealed record Erasure(IReadOnlyList<Opaque> Personal, IReadOnlyList<Opaque> Subjects)
{
    /// <summary>Nothing is destroyed.</summary>
    public static readonly Erasure Nothing = new([], []);
}

/// <summary>A command that is performed once its time has come, idempotently under its cause's identity.</summary>
/// <param name="Shard">Which silo-independent share of the work it belongs to.</param>
/// <param name="At">When, milliseconds UTC.</param>
/// <param name="Key">What makes it the same command when it is written twice.</param>
/// <param name="Command">The command as canonical text.</param>
public sealed record DueRow(int Shard, long At, string Key, string Command);

/// <summary>A command that was tried.</summary>
/// <param name="Due">The row as it was read.</param>
/// <param name="Tries">How often it had failed when it was read.</param>
/// <param name="Again">When it is to be tried again, and how often it has failed now; null where it is done, and taken away.</param>
public sealed record DueTried(DueRow Due, int Tries, (long At, int Tries)? Again);

/// <summary>What happened to cases at one node on one day.</summary>
/// <param name="Node">The node.</param>
/// <param name="Day">The local day.</param>
/// <param name="Counts">How many more of each code; negative for fewer.</param>
public sealed record CaseFlow(NodeId Node, DateOnly Day, CaseCounts Counts);
