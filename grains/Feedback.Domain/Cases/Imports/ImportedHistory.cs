using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Cases;

/// <summary>What the history of imported cases is made in.</summary>
/// <param name="Batch">The name of the import.</param>
/// <param name="Tree">The organisation.</param>
/// <param name="Salt">Draws 128 random bits, the salt of an event.</param>
public sealed record ImportContext(string Batch, OrganisationTree Tree, Func<Opaque> Salt)
{
    /// <summary>
    /// Limits and periods at the case's node on the day on which it came in. Without limits no clock runs, and nothing is judged on time
    /// or late by the rules of this bureau.
    /// </summary>
    public Func<ImportedCase, CaseTerms> Terms { get; init; } = _ => new CaseTerms();

    /// <summary>The deadlines of live clocks when it is closed, milliseconds UTC; missing or null where pending.</summary>
    public Func<CaseState, IReadOnlyDictionary<ClockKind, long?>> Deadlines { get; init; } = _ => ImmutableDictionary<ClockKind, long?>.Empty;

    /// <summary>How many readable numbers of the case were taken by others already.</summary>
    public int Attempt { get; init; }

    /// <summary>The version of the catalogue.</summary>
    public long Catalogue { get; init; }

    /// <summary>The version of the policies.</summary>
    public long Policy { get; init; }
}

/// <summary>
/// The events of an imported case: opened, and closed where it was closed there, each at its own time and by the rules that all cases
/// follow. Pure but for the salts.
/// </summary>
public static class ImportedHistory
{
    /// <summary>Decides what an imported case adds.</summary>
    /// <param name="imported">The case as the file tells it.</param>
    /// <param name="state">The case as its stream tells it; empty for one that was never imported.</param>
    /// <param name="context">What the decision is made in.</param>
    /// <returns>
    /// Its events; none where they are stored already. A case that was imported while it was open there is closed by a later file, unless
    /// somebody here has taken it on: then it is theirs. Refused: <c>node-unknown</c>.
    /// </returns>
    public static CaseDecision Decide(ImportedCase imported, CaseState state, ImportContext context)
    {
        if (context.Tree.Find(imported.Node) is not { } node)
            return new CaseDecision([], [], state, new Refusal("node-unknown", "node", imported.Node.Value));
        var opening = state.Opened is null
            ? CaseRules.Decide(state, new OpenCase(IntakeOf(imported, node, context)), At(imported.Opened.UtcMilliseconds, state))
            : new CaseDecision([], [], state, null);
        if (opening.Refusal is not null || imported.ClosedAt is not { } closed || !AwaitsClosing(opening.State))
            return opening;
        var closing = CaseRules.Decide(opening.State, new CloseImported(), At(Math.Max(closed, opening.State.Opened!.Stamp.At), opening.State));
        return closing.Refusal is null ? closing with { Events = [.. opening.Events, .. closing.Events] } : closing with { State = state };

        CaseContext At(long now, CaseState then) => new()
        {
            Now = now,
            Today = node.Zone.LocalTime(now).Day,
            Actor = CaseActor.System,
            Tree = context.Tree,
            Salt = context.Salt,
            Terms = context.Terms(imported),
            Deadlines = then.Opened is null ? ImmutableDictionary<ClockKind, long?>.Empty : context.Deadlines(then),
            Catalogue = context.Catalogue,
            Policy = context.Policy,
        };
    }

    // Nobody has touched it since it was imported: what was sent, answered or opened again stands elsewhere.
    private static bool AwaitsClosing(CaseState state) => state is { Stage: CaseStage.Registered, Owner: null, Opened.Intake.Imported: not null };

    private static CaseIntake IntakeOf(ImportedCase imported, Node node, ImportContext context) => new()
    {
        Number = imported.NumberOn(node.Zone.LocalTime(imported.Opened.UtcMilliseconds).Day, context.Attempt),
        Kind = imported.Kind,
        Channel = imported.Channel,
        Node = imported.Node,
        Lead = imported.Lead,
        Category = imported.Category,
        External = new ExternalNumber(imported.Source, imported.Number),
        Anonymous = imported.Anonymous,
        Imported = context.Batch,
    };
}
