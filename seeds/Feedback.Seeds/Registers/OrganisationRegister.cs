using System.Globalization;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Grains.Cases;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Registers;

namespace Feedback.Seeds.Registers;

/// <summary>The organisation's register.</summary>
internal static class OrganisationRegister
{
    public static async Task<RegisterOutcome> ImportAsync(Sheet sheet, bool dryRun, CultureInfo culture, IBureau bureau, TimeProvider clock)
    {
        RegisterOutcome? outcome = null;
        await bureau.DecideAsync(StreamName.Organisation, state =>
        {
            var errors = new RegisterErrors(sheet);
            var rows = sheet.Rows.Select(row => OrganisationRow.Read(sheet, row, errors)).OfType<OrganisationRow>().ToList();
            var plan = new OrganisationPlan(
                new ParentLinks(rows, state.Tree, errors).Order(), state.Tree, clock.GetUtcNow().ToUnixTimeMilliseconds(), errors);
            var changes = errors.None ? plan.Changes : [];
            outcome = new RegisterOutcome(
                sheet.Rows.Count, errors.None ? rows.Count - changes.DistinctBy(change => change.Row).Count() : 0, changes, errors.Tell(culture));
            return dryRun || !errors.None ? Decision.Nothing : new Decision(plan.Events, new JournalUnit { Due = WorkOf(plan.Events, state.Tree) });
        });
        return outcome!;
    }

    // What moves may come under other hours and policies, by which the deadlines of its open cases are then counted.
    private static List<DueRow> WorkOf(IReadOnlyList<JournalEvent> events, OrganisationTree tree) =>
    [
        .. events.Index().Select(one => one.Item is NodeMoved moved && tree.Find(moved.Node) is { } node
            ? CaseWork.OfMove(moved.Node, tree.Version + one.Index + 1, node.Zone.StartOf(moved.From))
            : null).OfType<DueRow>(),
    ];
}
