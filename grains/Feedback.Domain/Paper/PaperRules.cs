using System.Collections.Immutable;
using System.Globalization;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;

namespace Feedback.Domain.Paper;

/// <summary>
/// Batch control of printed forms (评议表): the forms are counted by hand before anybody keys one; each number is keyed once or
/// spoilt, for a reason; a sample is keyed twice; and the batch is closed only when the counts agree, or when somebody says why
/// they do not.
/// </summary>
/// <remarks>Pure: the same state, command and context give the same but for the salts.</remarks>
public static partial class PaperRules
{
    /// <summary>The most forms of one batch.</summary>
    public const int MostForms = 5_000;

    /// <summary>The most forms that are keyed by one command.</summary>
    public const int MostAtOnce = 500;

    /// <summary>The most characters of a reason.</summary>
    public const int LongestReason = 300;

    /// <summary>How many days ahead a period may end: its forms are printed and handed out first.</summary>
    public const int MostDaysAhead = 92;

    private const int MostCounters = 2;

    /// <summary>How many days back a form may have been filled in: older ones would be counted on the day on which they are keyed.</summary>
    // A day begins before everything in it: so one less than the window's patience.
    public const int MostDaysBack = (int)(DayRule.Patience / (24L * 60 * 60 * 1000)) - 1;

    /// <summary>Decides one command.</summary>
    /// <param name="state">The batch as its stream tells it.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="context">Who wants it, when, and what is known.</param>
    public static PaperDecision Decide(PaperState state, PaperCommand command, PaperContext context)
    {
        var steps = new Steps(state, context);
        var refusal = Refused(state, command, context) ?? command switch
        {
            OpenPaperBatch c => Open(c, steps),
            CountForms c => Count(c, steps),
            KeyForms c => Key(c, steps),
            SpoilForm c => Spoil(c, steps),
            RecheckForm c => Recheck(c.Form, steps),
            KeepFirst c => Keep(c.Form, steps),
            CorrectForm c => Correct(c.Form, steps),
            ClosePaperBatch c => Close(c.Reason, steps),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No such command."),
        };
        return refusal is null ? steps.Decision : new PaperDecision([], state, refusal);
    }

    /// <summary>What follows from what windows made of forms.</summary>
    /// <param name="state">The batch.</param>
    /// <param name="outcomes">What is known of each form.</param>
    /// <param name="context">Who keyed them, and when.</param>
    public static PaperDecision Settle(PaperState state, IEnumerable<PaperOutcome> outcomes, PaperContext context)
    {
        var steps = new Steps(state, context);
        foreach (var outcome in outcomes.Where(one => steps.State.Of(one.Form).Begun?.Attempt == one.Attempt))
        {
            if (outcome.Stored is var (answers, version))
            {
                steps.Then(new PaperFormKeyed
                {
                    Salt = context.Salt(),
                    // Whoever looks after a form of somebody else's has not read it.
                    Stamp = steps.Stamp with { By = outcome.By ?? context.By },
                    Form = outcome.Form,
                    Attempt = outcome.Attempt,
                    Answers = answers,
                    Evaluation = version,
                });
            }
            else if (outcome.Refusal is { } refusal)
            {
                steps.Then(new PaperFormDropped { Salt = context.Salt(), Stamp = steps.Stamp, Form = outcome.Form, Refusal = refusal.Code });
            }
        }

        return steps.Decision;
    }

    private static Refusal? Refused(PaperState state, PaperCommand command, PaperContext context)
    {
        if (command is OpenPaperBatch)
            return state.Opened is null ? null : new Refusal("paper-batch-exists");
        if (state.Opened is null)
            return new Refusal("paper-batch-unknown");
        if (context.Expected is { } expected && expected != state.Version)
            return new Refusal("paper-stale", Value: Text(state.Version));
        if (state.Closed is not null)
            return new Refusal("paper-closed");
        return state.Counted is null && command is not CountForms ? new Refusal("paper-not-counted") : null;
    }

    private static Refusal? Open(OpenPaperBatch c, Steps steps)
    {
        var today = steps.Context.Today;
        if (!steps.Context.NodeIsKnown)
            return new Refusal("node-unknown", "node", c.Node.Value);
        if (c.Through < c.From)
            return new Refusal("paper-period", "through", Text(c.From));
        if (c.Through > today.AddDays(MostDaysAhead))
            return new Refusal("paper-day-ahead", "through", Text(today.AddDays(MostDaysAhead)));
        if (c.From < today.AddDays(-MostDaysBack))
            return new Refusal("paper-too-old", "from", Text(MostDaysBack));
        if (c.Issued is < 1 or > MostForms)
            return new Refusal("count-invalid", "issued", $"1–{Text(MostForms)}");
        steps.Then(new PaperBatchOpened
        {
            Salt = steps.Context.Salt(),
            Stamp = steps.Stamp,
            Node = c.Node,
            From = c.From,
            Through = c.Through,
            Issued = c.Issued,
        });
        return c.Count is { } count ? Count(count, steps) : null;
    }

    private static Refusal? Count(CountForms c, Steps steps)
    {
        var (state, issued) = (steps.State, steps.State.Opened!.Issued);
        // The same request once more, after its answer was lost.
        if (state.Counted is { } before && before.Collected == c.Collected && before.Counters.SequenceEqual(c.Counters))
            return null;
        // Counted again after something was keyed, the count would only follow what is keyed.
        if (!state.Forms.IsEmpty)
            return new Refusal("paper-counted");
        if (c.Collected < 0 || c.Collected > issued)
            return new Refusal("count-invalid", "collected", $"0–{Text(issued)}");
        if (c.Counters.Length != MostCounters || c.Counters.Distinct(StringComparer.OrdinalIgnoreCase).Count() != MostCounters)
            return new Refusal("paper-counters", "counters");
        steps.Then(new PaperFormsCounted { Salt = steps.Context.Salt(), Stamp = steps.Stamp, Collected = c.Collected, Counters = c.Counters });
        return null;
    }

    private static Refusal? Close(string? reason, Steps steps)
    {
        var state = steps.State;
        if (state.Begun.FirstOrDefault() is { } begun)
            return new Refusal("paper-form-begun", "form", begun.Begun!.Value.Window.Value);
        if (state.ToRecheck.ToList() is { Count: > 0 } left)
            return new Refusal("paper-recheck-left", Value: string.Join(", ", left.Select(Text)));
        if (state.Disputed.Select(form => form.Number).ToList() is { Count: > 0 } disputed)
            return new Refusal("paper-disputed", Value: string.Join(", ", disputed.Select(Text)));
        if (state.Difference != 0 && string.IsNullOrWhiteSpace(reason))
            return new Refusal("paper-difference", "reason", Text(state.Difference));
        if (TextRefused(reason, "reason", LongestReason) is { } unkept)
            return unkept;
        steps.Then(new PaperBatchClosed
        {
            Salt = steps.Context.Salt(),
            Stamp = steps.Stamp,
            Valid = state.Valid,
            Spoilt = state.Spoilt,
            // A reason for what is not there would only puzzle who reads it.
            Reason = state.Difference == 0 ? null : reason,
        });
        return null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Steps(PaperState state, PaperContext context)
    {
        private readonly ImmutableArray<PaperEvent>.Builder _events = ImmutableArray.CreateBuilder<PaperEvent>();
        private readonly ImmutableArray<(ReadForm, int)>.Builder _toStore = ImmutableArray.CreateBuilder<(ReadForm, int)>();
        private readonly Dictionary<int, Refusal> _refused = [];

        public PaperContext Context => context;

        public PaperState State { get; private set; } = state;

        public PaperStamp Stamp => new(context.Now, context.By);

        public PaperDecision Decision => new(_events.ToImmutable(), State) { ToStore = _toStore.ToImmutable(), Refused = _refused.ToImmutableSortedDictionary() };

        public void Then(PaperEvent happened)
        {
            _events.Add(happened);
            State = State.Apply(happened);
        }

        public void Store(ReadForm read, int attempt) => _toStore.Add((read, attempt));

        public void Refuse(int number, Refusal refusal) => _refused[number] = refusal;
    }
}
