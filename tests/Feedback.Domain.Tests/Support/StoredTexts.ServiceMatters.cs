using System.Collections.Immutable;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.ServiceMatters;

namespace Feedback.Domain.Tests.Support;

public static partial class StoredTexts
{
    private static MatterStamp AtCounter => new(1_772_415_000_000, new DateOnly(2026, 3, 2), "account:li");

    private static IEnumerable<(string Name, JournalEvent Happened, string Text)> ServiceMatters()
    {
        yield return ("a matter with everything",
            new MatterAccepted
            {
                Salt = Some.Salt,
                Stamp = AtCounter,
                Node = new NodeId("n3"),
                Item = "permit",
                Number = Some.Bytes(16),
                Online = true,
                Missing =
                [
                    new MissingDocument("licence", "营业执照 \"副本\"", MissingKind.Ordinary),
                    new MissingDocument("photo", "照片", MissingKind.ToFollow, new DateOnly(2026, 3, 9)),
                    new MissingDocument("record", "无犯罪记录", MissingKind.Promised),
                ],
                Limit = "10wd",
                Catalogue = 3,
            },
            "{\"kind\":\"matter.accepted\"," + Head + ",\"node\":\"n3\",\"item\":\"permit\",\"number\":\"EBESExQVFhcYGRobHB0eHw\",\"online\":true"
            + ",\"missing\":[{\"code\":\"licence\",\"title\":\"营业执照 \\\"副本\\\"\",\"how\":\"ordinary\"},{\"code\":\"photo\",\"title\":\"照片\",\"how\":\"to-follow\",\"dueOn\":\"2026-03-09\"}"
            + ",{\"code\":\"record\",\"title\":\"无犯罪记录\",\"how\":\"promised\"}],\"limit\":\"10wd\",\"catalogue\":3" + Tail);
        yield return ("a matter with nothing that may be missing",
            new MatterAccepted { Salt = Some.Salt, Stamp = AtCounter, Node = new NodeId("n5"), Item = "print", Number = Some.Bytes(16), Catalogue = 0 },
            "{\"kind\":\"matter.accepted\"," + Head + ",\"node\":\"n5\",\"item\":\"print\",\"number\":\"EBESExQVFhcYGRobHB0eHw\",\"catalogue\":0" + Tail);
        yield return ("documents handed in",
            new MatterSupplemented { Salt = Some.Salt, Stamp = AtCounter, Documents = ["licence", "photo"] },
            "{\"kind\":\"matter.supplemented\"," + Head + ",\"documents\":[\"licence\",\"photo\"]" + Tail);
        yield return ("a further visit with everything",
            new MatterVisited { Salt = Some.Salt, Stamp = AtCounter, Documents = ["licence"], Asked = [new AskedDocument("lease", "租赁合同")], Lawful = true },
            "{\"kind\":\"matter.visited\"," + Head + ",\"documents\":[\"licence\"],\"asked\":[{\"code\":\"lease\",\"title\":\"租赁合同\"}],\"lawful\":true" + Tail);
        yield return ("a further visit",
            new MatterVisited { Salt = Some.Salt, Stamp = AtCounter }, "{\"kind\":\"matter.visited\"," + Head + Tail);
        yield return ("a completed matter",
            new MatterCompleted { Salt = Some.Salt, Stamp = AtCounter, Result = "granted", Visits = 2, Deadline = 1_772_416_000_000 },
            "{\"kind\":\"matter.completed\"," + Head + ",\"result\":\"granted\",\"visits\":2,\"deadline\":1772416000000" + Tail);
        yield return ("a matter completed without a limit",
            new MatterCompleted { Salt = Some.Salt, Stamp = AtCounter, Result = "granted", Visits = 0 },
            "{\"kind\":\"matter.completed\"," + Head + ",\"result\":\"granted\",\"visits\":0" + Tail);
        yield return ("a withdrawn matter",
            new MatterWithdrawn { Salt = Some.Salt, Stamp = AtCounter, Reason = "changed-mind" },
            "{\"kind\":\"matter.withdrawn\"," + Head + ",\"reason\":\"changed-mind\"" + Tail);
        yield return ("a document asked for too late",
            new MatterAccountable { Salt = Some.Salt, Stamp = AtCounter, Reason = "late-demand", Documents = ["lease"] },
            "{\"kind\":\"matter.accountable\"," + Head + ",\"reason\":\"late-demand\",\"documents\":[\"lease\"]" + Tail);
        yield return ("a limit that passed",
            new MatterAccountable { Salt = Some.Salt, Stamp = AtCounter, Reason = "overdue", Deadline = 1_772_414_000_000 },
            "{\"kind\":\"matter.accountable\"," + Head + ",\"reason\":\"overdue\",\"deadline\":1772414000000" + Tail);
        yield return ("what is published about an item",
            new ServiceItemDisclosed
            {
                Salt = Some.Salt,
                Code = "permit",
                Sections = ImmutableSortedDictionary<DisclosureSection, ImmutableArray<DisclosedLine>>.Empty
                    .Add(DisclosureSection.Conditions, [new DisclosedLine("年满十八周岁", "At least 18 years old")])
                    .Add(DisclosureSection.Rights, [new DisclosedLine("有权查询进度", null)]),
                Limit = "10wd",
            },
            "{\"kind\":\"service-item.disclosed\"," + Head + ",\"code\":\"permit\",\"sections\":[{\"section\":\"conditions\",\"lines\":[{\"zh\":\"年满十八周岁\",\"en\":\"At least 18 years old\"}]}"
            + ",{\"section\":\"rights\",\"lines\":[{\"zh\":\"有权查询进度\"}]}],\"limit\":\"10wd\"}");
    }
}
