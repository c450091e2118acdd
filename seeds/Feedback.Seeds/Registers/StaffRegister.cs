using System.Globalization;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Personal;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Registers;
using Feedback.Seeds.Organisation;

namespace Feedback.Seeds.Registers;

/// <summary>The staff register. Names are personal text: they are sealed, and never part of the events.</summary>
internal static class StaffRegister
{
    private const int LongestCode = 64;
    private const int LongestName = 100;
    private const int AtOnce = 500;

    public static async Task<RegisterOutcome> ImportAsync(
        Sheet sheet, bool dryRun, CultureInfo culture, IBureau bureau, IPersonalStore personal, PersonalCipher cipher, TimeProvider clock)
    {
        var names = await NamesAsync((await bureau.RefreshAsync()).Catalogue, personal, cipher);
        RegisterOutcome? outcome = null;
        await bureau.DecideAsync(StreamName.Catalogue, state =>
        {
            var errors = new RegisterErrors(sheet);
            var (events, changes, rowOf) = (new List<JournalEvent>(), new List<RegisterChange>(), new Dictionary<string, long>());
            var (keys, texts) = (new List<SubjectKey>(), new List<SealedText>());
            var cells = new CellReader(sheet, errors);
            foreach (var row in sheet.Rows)
            {
                var (code, name) = (cells.Needed(row, RegisterColumn.Badge, LongestCode), cells.Needed(row, RegisterColumn.Person, LongestName));
                if (code is null || name is null)
                    continue;
                code = SheetRow.Narrow(code);
                if (!rowOf.TryAdd(code, row.Number))
                    errors.Add(row.Number, RegisterColumn.Badge, "code-twice", code, $"{rowOf[code]}");
                var known = names.GetValueOrDefault(code);
                if (known == name)
                    continue;
                events.Add(Registered(code, name, keys, texts));
                changes.Add(new RegisterChange(row.Number, known is null ? RegisterAction.Added : RegisterAction.Renamed, code, known, name));
            }

            var none = errors.None;
            outcome = new RegisterOutcome(sheet.Rows.Count, none ? sheet.Rows.Count - changes.Count : 0, none ? changes : [], errors.Tell(culture));
            return dryRun || !none ? Decision.Nothing : new Decision(events, new JournalUnit { SubjectKeys = keys, Personal = texts });
        });
        return outcome!;

        StaffRegistered Registered(string code, string name, List<SubjectKey> keys, List<SealedText> texts)
        {
            var (key, sealedNames) = cipher.Seal(clock.GetUtcNow().ToUnixTimeMilliseconds(), (PersonalKind.StaffName, name));
            keys.Add(key);
            texts.Add(sealedNames[0]);
            return new StaffRegistered
            {
                Salt = Salts.New(), Code = code, Name = new PersonalReference(sealedNames[0].Ref, PersonalText.Hash(sealedNames[0].Salt, name)),
            };
        }
    }

    // A name that was erased is nobody's any more: whoever is registered under the code again is new.
    private static async Task<Dictionary<string, string>> NamesAsync(ServiceCatalogue catalogue, IPersonalStore personal, PersonalCipher cipher)
    {
        var names = new Dictionary<string, string>();
        foreach (var some in catalogue.Staff.Values.Chunk(AtOnce))
        {
            var kept = await personal.FindAsync([.. some.Select(one => one.Name.Ref)]);
            foreach (var one in some.Where(one => kept.ContainsKey(one.Name.Ref)))
                names.Add(one.Code, cipher.Open(kept[one.Name.Ref].Text, kept[one.Name.Ref].Key));
        }

        return names;
    }
}
