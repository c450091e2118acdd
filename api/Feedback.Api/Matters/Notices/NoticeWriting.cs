using System.Globalization;
using Feedback.Api.Addresses;
using Feedback.Api.Invitations;
using Feedback.Charts.Notices;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.ServiceMatters;
using Feedback.Domain.WorkingTime;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Matters.Notices;

/// <summary>
/// Writes the acceptance notice (受理告知单, 一次性告知书) of a matter: everything that is missing and nothing else, the limit and the deadline
/// with its explanation, and what was published about the service item when the matter was accepted.
/// </summary>
internal static class NoticeWriting
{
    /// <summary>The notice.</summary>
    /// <param name="state">The matter, accepted.</param>
    /// <param name="times">Its time.</param>
    /// <param name="bureau">Organisation, catalogue and policies.</param>
    /// <param name="link">The address at which whoever holds the notice sees it; null where none would work.</param>
    /// <param name="culture">The language.</param>
    public static NoticeModel Of(MatterState state, MatterTimes times, BureauState bureau, PublicLink? link, CultureInfo culture)
    {
        var words = new NoticeWords(culture);
        var accepted = state.Accepted!;
        var (node, day) = (bureau.Tree.Find(accepted.Node)!, accepted.Stamp.Day);
        var line = bureau.Tree.LineOn(node.Id, day).ToList();
        var named = bureau.Policies.Find(line, PolicySubjects.Notice, day).Document;
        return new NoticeModel(
            words.IsChinese ? named.Zh : named.En,
            string.Join(words.IsChinese ? " " : ", ", (words.IsChinese ? Enumerable.Reverse(line) : line).Select(one => words.IsChinese ? one.NameOn(day).Zh : one.NameOn(day).En)),
            [.. Facts(state, times, node, bureau.Catalogue, link, words)],
            [.. Sections(state, times, node, bureau.Catalogue.DisclosureOf(accepted.Item, accepted.Catalogue), words)],
            words["remark"])
        {
            Page = words["page"],
            Code = link is null ? null : QrPicture.Modules(link),
            Language = words.IsChinese ? "zh-CN" : "en",
            Made = DateTimeOffset.FromUnixTimeMilliseconds(accepted.Stamp.At),
        };
    }

    private static IEnumerable<NoticeFact> Facts(MatterState state, MatterTimes times, Node node, ServiceCatalogue catalogue, PublicLink? link, NoticeWords words)
    {
        var accepted = state.Accepted!;
        var item = catalogue.ServiceItems.GetValueOrDefault(accepted.Item);
        yield return new NoticeFact(words["number"], AcceptanceNumber.Of(state));
        yield return new NoticeFact(words["item"], (words.IsChinese ? item?.Zh : item?.En) is { } name ? words.Of("item-named", name, accepted.Item) : accepted.Item);
        yield return new NoticeFact(words["accepted"], words.Of(accepted.Online ? "accepted-online" : "accepted-here", Time(node, accepted.Stamp.At)));
        yield return new NoticeFact(words["limit"], accepted.Limit is { } limit ? DeadlineWords.Of(Limit.Parse(limit), words.IsChinese) : words["limit-none"]);
        if (accepted.Limit is not null)
            yield return new NoticeFact(words["deadline"], DeadlineOf(state, times, node, words));
        yield return new NoticeFact(words["stage"], words["stage-" + state.Stage.Word()]);
        yield return new NoticeFact(words["query"], link?.Url ?? words["query-none"]);
    }

    private static string DeadlineOf(MatterState state, MatterTimes times, Node node, NoticeWords words) =>
        state.Waits ? words["deadline-waits"]
        : times.Explained.Pending is { } year ? words.Of("deadline-pending", year.ToString(CultureInfo.InvariantCulture))
        : times.Explained.At is { } at ? Time(node, at)
        : words["deadline-none"];

    private static IEnumerable<NoticeSection> Sections(MatterState state, MatterTimes times, Node node, ItemDisclosure? disclosure, NoticeWords words)
    {
        var missing = state.Accepted!.Missing;
        yield return missing.IsEmpty ? new NoticeSection(words["missing"], [words["missing-none"]]) : new NoticeSection(words["missing"], [words["missing-all"]])
        {
            Table = new NoticeTable([words["document"], words["how"], words["due"]], [5, 5, 3],
            [
                .. missing.Select(one => (IReadOnlyList<string>)[one.Title, words["how-" + one.Kind.Word()], one.DueOn is { } due ? words.Of("by-day", words.Day(due)) : words["due-none"]]),
            ]),
        };
        if (state.Accepted.Limit is not null)
            yield return new NoticeSection(words["explanation"], [.. DeadlineWords.Of(times.Explained, node.Zone, words.IsChinese)]);
        foreach (var section in DisclosureWords.All)
        {
            if (disclosure?.Sections.TryGetValue(section, out var lines) is true)
                yield return new NoticeSection(words["section-" + section.Word()], [.. lines.Select(line => words.IsChinese ? line.Zh : line.En ?? line.Zh)]);
        }
    }

    private static string Time(Node node, long at) => node.Zone.LocalText(at)[..16].Replace('T', ' ');
}
