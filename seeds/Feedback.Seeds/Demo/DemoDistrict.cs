using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;
using Feedback.Grains.Journal;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Seeds.Organisation;

namespace Feedback.Seeds.Demo;

/// <summary>Sets up the demo district: nodes, service items, reasons, staff, and the rule by which a hall once counted silence. What exists is left as it is.</summary>
public static class DemoDistrict
{
    /// <summary>
    /// Appends what is missing of the demo district. A node is known by the code and parent it was opened with, so
    /// that one that was renamed or moved since is not opened again.
    /// </summary>
    /// <param name="bureau">The bureau.</param>
    /// <param name="cipher">Seals the names of staff; they are no part of the events.</param>
    /// <param name="clock">Orders the references to the names by time.</param>
    /// <returns>The district as it stands.</returns>
    /// <exception cref="SeedRefusedException">The organisation holds something that is in the way.</exception>
    public static async Task<DemoSite> EnsureAsync(IBureau bureau, PersonalCipher cipher, TimeProvider clock)
    {
        await bureau.DecideAsync(StreamName.Organisation, state =>
        {
            var openings = new Openings(state.Tree);
            Site(openings);
            return new Decision(openings.Events);
        });
        var state = await bureau.DecideAsync(StreamName.Catalogue, state =>
            MissingCatalogue(state.Catalogue, cipher, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        var site = Site(new Openings(state.Tree));
        await bureau.DecideAsync(StreamName.Policies, state => DemoRules.Missing(state.Policies, site, clock.GetUtcNow()));
        return site;
    }

    private static DemoSite Site(Openings openings)
    {
        var district = Ensure(openings, NodeKind.District, null, new NodeName(DemoPlan.Code, DemoPlan.Zh, DemoPlan.En));
        return new DemoSite(
            district, openings.Tree.Find(district)!.Name.Code, DemoPlan.Zone,
            [.. DemoPlan.Halls.Select((plan, i) => Hall(openings, district, plan, i + 1))],
            [.. DemoPlan.Reasons.Select(reason => reason.Code)]);
    }

    private static DemoHall Hall(Openings openings, NodeId district, HallPlan plan, int number)
    {
        var code = DemoPlan.HallCode(number);
        var hall = Ensure(openings, NodeKind.Hall, district, new NodeName(code, plan.Zh, plan.En));
        return new DemoHall(hall, code,
        [
            .. plan.Windows.Select((window, i) => new DemoWindow(
                Ensure(openings, NodeKind.Window, hall, new NodeName(DemoPlan.WindowCode(i + 1), window.Zh, window.En)),
                DemoPlan.WindowCode(i + 1), DemoPlan.StaffCode(number, i + 1), [.. window.ServiceItems])),
        ]);
    }

    private static NodeId Ensure(Openings openings, NodeKind kind, NodeId? parent, NodeName name)
    {
        var known = openings.Tree.Nodes.FirstOrDefault(node =>
            node.Kind == kind && node.Parents[0].Value == parent && node.Names[0].Value.Code == name.Code);
        return known?.Id ?? openings.Open(kind, parent, name, DemoPlan.Zone, kind == NodeKind.District ? null : DemoPlan.OpeningHours);
    }

    private static Decision MissingCatalogue(ServiceCatalogue catalogue, PersonalCipher cipher, long now)
    {
        var events = new List<JournalEvent>();
        foreach (var item in DemoPlan.ServiceItems.Where(item => !catalogue.ServiceItems.ContainsKey(item.Code)))
            events.Add(new ServiceItemDefined { Salt = Salts.New(), Code = item.Code, Zh = item.Zh, En = item.En });
        foreach (var code in DemoDisclosures.Codes.Where(code => !catalogue.Disclosures.ContainsKey(code)))
            events.Add(new ServiceItemDisclosed { Salt = Salts.New(), Code = code, Sections = DemoDisclosures.Of(code), Limit = DemoDisclosures.Limit });
        foreach (var reason in DemoPlan.Reasons.Where(reason => !catalogue.Reasons.ContainsKey(reason.Code)))
            events.Add(new ReasonDefined { Salt = Salts.New(), Code = reason.Code, Zh = reason.Zh, En = reason.En });

        var (keys, texts) = (new List<SubjectKey>(), new List<SealedText>());
        foreach (var (code, name) in Staff().Where(one => !catalogue.Staff.ContainsKey(one.Code)))
        {
            var (key, sealedNames) = cipher.Seal(now, (PersonalKind.StaffName, name));
            keys.Add(key);
            texts.Add(sealedNames[0]);
            var reference = new PersonalReference(sealedNames[0].Ref, PersonalText.Hash(sealedNames[0].Salt, name));
            events.Add(new StaffRegistered { Salt = Salts.New(), Code = code, Name = reference });
        }

        return new Decision(events, new JournalUnit { SubjectKeys = keys, Personal = texts });
    }

    private static IEnumerable<(string Code, string Name)> Staff() =>
        DemoPlan.Halls.SelectMany((hall, h) => hall.Windows.Select((window, w) => (DemoPlan.StaffCode(h + 1, w + 1), window.StaffName)));
}
