using System.Collections.Immutable;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Organisation;
using Feedback.Grains.Windows;

namespace Feedback.Grains.Cases;

/// <summary>Brings to a decision about a case what it is made in: the bureau, the policies, the deadlines, and who leads whom.</summary>
internal sealed class CaseDesk(IBureau bureau, ICaseLeaders leaders, ICaseStore cases, CaseSecrets codes)
{
    /// <summary>Ids, numbers and codes.</summary>
    public CaseSecrets Codes => codes;

    /// <summary>Fills in what only the bureau knows: number, query code and unit of a new case, where the case stands into which one is merged.</summary>
    public async Task<(CaseCommand Command, Refusal? Refusal)> CompleteAsync(CaseCommand command, CaseState state, CaseActor actor, CaseRequest request, int attempt, long now)
    {
        switch (command)
        {
            case OpenCase { Intake: var intake } open:
                if (open.Limit is { } given && !Limit.TryParse(given, out _, out var unfit))
                    return (command, unfit);
                var tree = await TreeAsync(intake);
                var times = new CaseTimes(state, tree.Tree, tree.Policies, now, intake);
                var routed = intake.Lead == CaseRoutes.ByRules;
                return (open with
                {
                    Intake = intake with
                    {
                        Number = CaseSecrets.NumberOf(state.Id, times.Today, attempt),
                        Lead = routed ? CaseRoutes.LeadOf(times.Policies, tree.Tree, intake.Node, intake.Category, times.Today) : intake.Lead,
                        Assisting = routed ? CaseRoutes.AssistingOf(times.Policies, tree.Tree, intake.Category) : intake.Assisting,
                        QueryCode = request.WithQueryCode ? codes.HashOf(state.Id, codes.QueryCodeOf(state.Id)) : null,
                    },
                }, null);
            case MergeCase merge:
                return (merge with { IntoStage = (await cases.FindAsync(merge.Into))?.Stage }, null);
            case CategoriseCase { Category: var category } when actor.IsOffice && state.Opened is { Intake.Imported: null }:
                var policies = new CaseTimes(state, bureau.Current.Tree, bureau.Current.Policies, now).Policies;
                return (command, policies.Categories.Find(category) is null ? new Refusal("category-unknown", "category", category) : null);
            case NamePersons { Staff: var staff }:
                return (command, await StrangerAsync(staff, state) is { } stranger ? new Refusal("staff-unknown", "about", stranger) : null);
            case ChangeLimit { Limit: var limit }:
                return (command, Limit.TryParse(limit, out _, out var changed) ? null : changed);
            case AskExtension { Limit: var limit }:
                return (command, Limit.TryParse(limit, out _, out var asked) ? null : asked);
            default:
                return (command, null);
        }
    }

    /// <summary>Decides by the rules.</summary>
    /// <param name="state">The case.</param>
    /// <param name="command">What is wanted, complete.</param>
    /// <param name="actor">Who wants it.</param>
    /// <param name="now">Milliseconds UTC.</param>
    /// <param name="expected">The version that they have seen; null for any.</param>
    /// <param name="salt">The salt of the first event, which marks the request; null for one that is drawn.</param>
    public async Task<CaseDecision> DecideAsync(CaseState state, CaseCommand command, CaseActor actor, long now, long? expected, Opaque? salt)
    {
        var decision = await DecideAsync(bureau.Current, state, command, actor, now, expected, salt);
        // A node may have been opened on another silo a moment ago: look once more before refusing it.
        return decision.Refusal is { Code: "node-unknown" }
            ? await DecideAsync(await bureau.RefreshAsync(), state, command, actor, now, expected, salt)
            : decision;
    }

    private async Task<CaseDecision> DecideAsync(BureauState known, CaseState state, CaseCommand command, CaseActor actor, long now, long? expected, Opaque? salt)
    {
        var intake = (command as OpenCase)?.Intake ?? state.Opened?.Intake;
        // Without a case there is nothing that it could be decided in; the rules refuse it by themselves.
        var times = intake is null ? null : new CaseTimes(state, known.Tree, known.Policies, now, intake);
        var (all, members) = (await leaders.AllAsync(), await leaders.MembersAsync());
        CaseLine LineOf(CaseState of) => CaseLine.Of(known.Tree, of.Intake.Node, times!.Today, of.Persons, all, members, of.Lead, of.Assisting);
        var context = new CaseContext
        {
            Now = now,
            Today = times?.Today ?? DateOnly.MinValue,
            Actor = actor,
            Tree = known.Tree,
            Salt = () =>
            {
                var drawn = salt ?? EventMint.NewSalt();
                salt = null;
                return drawn;
            },
            Expected = expected,
            Terms = times?.Terms ?? new CaseTerms(),
            NewLimits = state.Opened is not null && command is CategoriseCase { Category: { } category } ? times?.LimitsIn(category) : null,
            Deadlines = state.Opened is null || times is null ? ImmutableDictionary<ClockKind, long?>.Empty : times.Deadlines,
            Line = intake is null ? CaseLine.Unknown
                : state.Opened is null ? CaseLine.Of(known.Tree, intake.Node, times!.Today, intake.Persons, all, members, intake.Lead)
                : LineOf(state),
            LineOf = LineOf,
            Catalogue = known.Catalogue.Version,
            Policy = known.Policies.Version,
        };
        return CaseRules.Decide(state, command, context);
    }

    // A code that nobody has would name nobody and recuse nobody. Somebody may have been registered on another silo a moment ago.
    private async Task<string?> StrangerAsync(ImmutableArray<string> staff, CaseState state)
    {
        var asked = staff.Where(code => !state.About.Contains(code)).ToList();
        if (asked.All(bureau.Current.Catalogue.Staff.ContainsKey))
            return null;
        var known = (await bureau.RefreshAsync()).Catalogue.Staff;
        return asked.FirstOrDefault(code => !known.ContainsKey(code));
    }

    private async Task<BureauState> TreeAsync(CaseIntake intake) =>
        bureau.Current.Tree.Find(intake.Node) is null ? await bureau.RefreshAsync() : bureau.Current;
}
