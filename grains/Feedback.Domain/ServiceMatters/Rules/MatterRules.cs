using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.ServiceMatters;

/// <summary>
/// The two-visit rule (两次受理制): at the first visit everything that is missing is told, at the second the matter is completed. Whoever
/// needs a third visit, or asks for a document that the notice had not listed, will have to answer for it; so will whoever lets the limit
/// pass. Documents that the notice listed may be handed in by law (补正), may follow (容缺) or are promised (告知承诺): that is no breach.
/// </summary>
/// <remarks>Pure: the same state, command and context give the same but for the salts. What happened is stored even where it breaks the rule.</remarks>
public static partial class MatterRules
{
    /// <summary>The visits within which a matter is completed.</summary>
    public const int MostVisits = 2;

    /// <summary>The most documents of one list.</summary>
    public const int MostDocuments = 50;

    /// <summary>A third visit, or one after it.</summary>
    public const string ThirdVisit = "third-visit";

    /// <summary>A document was asked for that the notice had not listed.</summary>
    public const string LateDemand = "late-demand";

    /// <summary>The deadline passed.</summary>
    public const string Overdue = "overdue";

    /// <summary>Every reason.</summary>
    public static readonly ImmutableArray<string> Reasons = [ThirdVisit, LateDemand, Overdue];

    /// <summary>Decides one command.</summary>
    /// <param name="state">The matter as its stream tells it.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="context">Who wants it, when, and what is known.</param>
    public static MatterDecision Decide(MatterState state, MatterCommand command, MatterContext context)
    {
        var steps = new Steps(state, context);
        var refusal = Refused(state, command, context) ?? Do(command, steps);
        return refusal is null ? new MatterDecision(steps.Events, steps.State, null) : new MatterDecision([], state, refusal);
    }

    private static Refusal? Refused(MatterState state, MatterCommand command, MatterContext context)
    {
        if (command is AcceptMatter)
            return state.Accepted is null ? null : new Refusal("matter-exists");
        if (command is TellMatter)
            return null;
        if (state.Accepted is null)
            return new Refusal("matter-unknown");
        if (context.Expected is { } expected && expected != state.Version)
            return new Refusal("matter-stale", Value: state.Version.ToString(CultureInfo.InvariantCulture));
        // What may follow or is promised may come after the result.
        return state.Stage == MatterStage.Open || (state.Stage == MatterStage.Completed && command is SupplementMatter) || command is FindOverdue ? null : new Refusal("matter-over");
    }

    private static Refusal? Do(MatterCommand command, Steps steps) => command switch
    {
        AcceptMatter c => Accept(c, steps),
        TellMatter c => Tell(c, steps),
        SupplementMatter c => Supplement(c, steps),
        VisitMatter c => Visit(c, steps),
        CompleteMatter c => Complete(c.Result, steps),
        WithdrawMatter c => Withdraw(c, steps),
        FindOverdue => Find(steps),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No such command."),
    };

    private static Refusal? Accept(AcceptMatter c, Steps steps)
    {
        var context = steps.Context;
        if (!context.NodeIsKnown)
            return new Refusal("node-unknown", "node", c.Node.Value);
        if (!context.ItemIsKnown)
            return new Refusal("service-item-unknown", "serviceItem", c.Item);
        var limit = c.Limit ?? context.Limit;
        if (limit is not null && !Limit.TryParse(limit, out _, out var wrong))
            return wrong;
        if (MissingRefused(c.Missing, context.Today) is { } refusal)
            return refusal;
        steps.Then(new MatterAccepted
        {
            Salt = context.Salt(),
            Stamp = steps.Stamp,
            Node = c.Node,
            Item = c.Item,
            Number = c.Number,
            Online = c.Online,
            Missing = c.Missing,
            Limit = limit,
            Catalogue = context.Catalogue,
        });
        return null;
    }

    private static Refusal? MissingRefused(ImmutableArray<MissingDocument> missing, DateOnly today)
    {
        if (missing.Length > MostDocuments)
            return new Refusal("list-too-long", "missing", MostDocuments.ToString(CultureInfo.InvariantCulture));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, one) in missing.Index())
        {
            var field = string.Create(CultureInfo.InvariantCulture, $"missing[{index}]");
            if (!seen.Add(one.Code))
                return new Refusal("document-twice", field + ".code", one.Code);
            if (one is { Kind: MissingKind.ToFollow, DueOn: null })
                return new Refusal("document-day-missing", field + ".dueOn", one.Code);
            if (one.DueOn < today)
                return new Refusal("document-day-past", field + ".dueOn", one.DueOn.Value.ToString("O", CultureInfo.InvariantCulture));
        }

        return null;
    }

    private static Refusal? Supplement(SupplementMatter c, Steps steps)
    {
        if (c.Documents.IsEmpty)
            return new Refusal("member-missing", "documents");
        if (Unlisted(c.Documents, steps.State) is { } refusal)
            return refusal;
        steps.Then(new MatterSupplemented { Salt = steps.Context.Salt(), Stamp = steps.Stamp, Documents = c.Documents });
        return null;
    }

    private static Refusal? Visit(VisitMatter c, Steps steps)
    {
        var state = steps.State;
        if (c.Asked.Length > MostDocuments)
            return new Refusal("list-too-long", "asked", MostDocuments.ToString(CultureInfo.InvariantCulture));
        if (Unlisted(c.Documents, state) is { } refusal)
            return refusal;
        var late = c.Asked.Select(one => one.Code).Distinct(StringComparer.Ordinal)
            .Where(code => state.Accepted!.Missing.All(one => one.Code != code) && state.AskedLate.All(one => one.Code != code)).ToImmutableArray();
        // Who comes only because they had not brought what the notice told them has nobody to blame for it.
        var lawful = state.IsSecondVisit && late.IsEmpty && c.Documents.Any(code => state.Outstanding.Any(one => one.Code == code));
        steps.Then(new MatterVisited { Salt = steps.Context.Salt(), Stamp = steps.Stamp, Documents = c.Documents, Asked = c.Asked, Lawful = lawful });
        if (!late.IsEmpty)
            Blame(LateDemand, steps, late);
        if (steps.State.Visits > MostVisits && !lawful)
            Blame(ThirdVisit, steps);
        return c.Result is null ? null : Complete(c.Result, steps);
    }

    private static Refusal? Complete(string result, Steps steps)
    {
        if (string.IsNullOrWhiteSpace(result))
            return new Refusal("result-missing", "result");
        if (IsLate(steps))
            Blame(Overdue, steps, deadline: steps.Context.Deadline);
        steps.Then(new MatterCompleted
        {
            Salt = steps.Context.Salt(),
            Stamp = steps.Stamp,
            Result = result,
            Visits = steps.State.Visits,
            Deadline = steps.Context.Deadline,
        });
        return null;
    }

    private static Refusal? Withdraw(WithdrawMatter c, Steps steps)
    {
        if (string.IsNullOrWhiteSpace(c.Reason))
            return new Refusal("reason-missing", "reason");
        steps.Then(new MatterWithdrawn { Salt = steps.Context.Salt(), Stamp = steps.Stamp, Reason = c.Reason });
        return null;
    }

    private static Refusal? Find(Steps steps)
    {
        if (steps.State is { Stage: MatterStage.Open, Waits: false } && IsLate(steps))
            Blame(Overdue, steps, deadline: steps.Context.Deadline);
        return null;
    }

    // The instant of the deadline is in time; what is late is found once.
    private static bool IsLate(Steps steps) => !steps.State.IsOverdue && steps.Context.Now > steps.Context.Deadline;

    private static void Blame(string reason, Steps steps, ImmutableArray<string> documents = default, long? deadline = null) => steps.Then(new MatterAccountable
    {
        Salt = steps.Context.Salt(),
        Stamp = steps.Stamp,
        Reason = reason,
        Documents = documents.IsDefault ? [] : documents,
        Deadline = deadline,
    });

    private static Refusal? Unlisted(ImmutableArray<string> documents, MatterState state)
    {
        var known = state.Outstanding.Select(one => one.Code).Concat(state.AskedLate.Select(one => one.Code).Where(code => !state.HandedIn.ContainsKey(code))).ToHashSet(StringComparer.Ordinal);
        return documents.FirstOrDefault(code => !known.Contains(code)) is { } stranger ? new Refusal("document-unlisted", "documents", stranger) : null;
    }

    private sealed class Steps(MatterState state, MatterContext context)
    {
        private readonly ImmutableArray<MatterEvent>.Builder _events = ImmutableArray.CreateBuilder<MatterEvent>();

        public MatterContext Context => context;

        public MatterState State { get; private set; } = state;

        public ImmutableArray<MatterEvent> Events => _events.ToImmutable();

        public MatterStamp Stamp => new(context.Now, context.Today, context.By);

        public void Then(MatterEvent happened)
        {
            _events.Add(happened);
            State = State.Apply(happened);
        }
    }
}
