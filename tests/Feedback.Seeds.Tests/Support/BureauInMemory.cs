using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;

namespace Feedback.Seeds.Tests.Support;

/// <summary>The bureau's folds without a journal; every event goes through its stored text, as it would in earnest.</summary>
internal sealed class BureauInMemory : IBureau
{
    public BureauState Current { get; private set; } = BureauState.Empty;

    /// <summary>Every event appended, in order.</summary>
    public List<JournalEvent> Events { get; } = [];

    /// <summary>The stored text of every event appended.</summary>
    public List<byte[]> Texts { get; } = [];

    /// <summary>Personal text that came with the appends.</summary>
    public List<SealedText> Personal { get; } = [];

    /// <summary>The data keys that came with the appends.</summary>
    public List<SubjectKey> SubjectKeys { get; } = [];

    /// <summary>Work for later that came with the appends.</summary>
    public List<DueRow> Due { get; } = [];

    /// <summary>How many decisions are taken twice, as if somebody else had been quicker.</summary>
    public int Conflicts { get; set; }

    public Task<BureauState> RefreshAsync() => Task.FromResult(Current);

    public Task<BureauState> DecideAsync(StreamName stream, Func<BureauState, Decision> decide)
    {
        for (; Conflicts > 0; Conflicts--)
            decide(Current);
        var decision = decide(Current);
        foreach (var happened in decision.Events)
        {
            Texts.Add(EventText.Write(happened));
            Events.Add(happened);
            Current = stream == StreamName.Organisation ? Current with { Tree = Current.Tree.Apply(happened) }
                : stream == StreamName.Catalogue ? Current with { Catalogue = Current.Catalogue.Apply(happened) }
                : stream == StreamName.Keys ? Current with { Keys = Current.Keys.Apply(happened) }
                : Current with { Policies = Current.Policies.Apply(happened) };
        }

        Personal.AddRange(decision.Unit?.Personal ?? []);
        SubjectKeys.AddRange(decision.Unit?.SubjectKeys ?? []);
        Due.AddRange(decision.Unit?.Due ?? []);
        return Task.FromResult(Current);
    }
}
