using System.Globalization;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Registers;
using Feedback.Seeds.Organisation;

namespace Feedback.Seeds.Registers;

/// <summary>The register of service items.</summary>
internal static class ServiceItemRegister
{
    private const int LongestCode = 64;
    private const int LongestName = 200;

    private static readonly Dictionary<string, bool> Answers = new()
    {
        ["是"] = true, ["yes"] = true, ["y"] = true, ["true"] = true, ["1"] = true,
        ["否"] = false, ["no"] = false, ["n"] = false, ["false"] = false, ["0"] = false,
    };

    public static async Task<RegisterOutcome> ImportAsync(Sheet sheet, bool dryRun, CultureInfo culture, IBureau bureau)
    {
        RegisterOutcome? outcome = null;
        await bureau.DecideAsync(StreamName.Catalogue, state =>
        {
            var errors = new RegisterErrors(sheet);
            var (events, changes, rowOf) = (new List<JournalEvent>(), new List<RegisterChange>(), new Dictionary<string, long>());
            foreach (var row in sheet.Rows)
            {
                if (Read(sheet, row, errors, state.Catalogue) is not { } item)
                    continue;
                if (!rowOf.TryAdd(item.Code, row.Number))
                    errors.Add(row.Number, RegisterColumn.Code, "code-twice", item.Code, $"{rowOf[item.Code]}");
                var known = state.Catalogue.ServiceItems.GetValueOrDefault(item.Code);
                if (item == known)
                    continue;
                events.Add(new ServiceItemDefined { Salt = Salts.New(), Code = item.Code, Zh = item.Zh, En = item.En, Rateable = item.Rateable });
                changes.Add(new RegisterChange(row.Number, ActionOf(item, known), item.Code, known is null ? null : Told(known, culture), Told(item, culture)));
            }

            var none = errors.None;
            outcome = new RegisterOutcome(sheet.Rows.Count, none ? sheet.Rows.Count - changes.Count : 0, none ? changes : [], errors.Tell(culture));
            return dryRun || !none ? Decision.Nothing : new Decision(events);
        });
        return outcome!;
    }

    private static ServiceItem? Read(Sheet sheet, SheetRow row, RegisterErrors errors, ServiceCatalogue catalogue)
    {
        var cells = new CellReader(sheet, errors);
        var (code, name) = (cells.Needed(row, RegisterColumn.Code, LongestCode), cells.Needed(row, RegisterColumn.Name, LongestName));
        var english = cells.Optional(row, RegisterColumn.English, LongestName);
        var rateable = cells.Word(row, RegisterColumn.Rateable, Answers, "answer-unknown");
        if (errors.Has(row.Number))
            return null;
        var known = catalogue.ServiceItems.GetValueOrDefault(SheetRow.Narrow(code!));
        // Where no English name was ever given, it goes along with the Chinese one; what the file does not tell stays as it is.
        var kept = known is null || known.En == known.Zh ? name! : known.En;
        return new ServiceItem(SheetRow.Narrow(code!), name!, english ?? kept, rateable ?? known?.Rateable ?? true);
    }

    private static RegisterAction ActionOf(ServiceItem item, ServiceItem? known) =>
        known is null ? RegisterAction.Added : item.Rateable == known.Rateable ? RegisterAction.Renamed : RegisterAction.Changed;

    private static string Told(ServiceItem item, CultureInfo culture) =>
        (item.Zh == item.En ? item.Zh : $"{item.Zh} / {item.En}") + (item.Rateable ? "" : RegisterErrors.Words("not-rated", culture));
}
