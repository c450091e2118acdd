using Feedback.Domain.Access;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Journal;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Personal;

namespace Feedback.Domain.Tests.Support;

/// <content>Organisation, catalogue and keys.</content>
public static partial class StoredTexts
{
    private static IEnumerable<(string Name, JournalEvent Happened, string Text)> Bureau()
    {
        yield return ("an opened node",
            new NodeOpened
            {
                Salt = Some.Salt,
                Node = new NodeId("n5"),
                Kind = NodeKind.Window,
                Parent = new NodeId("n3"),
                Code = "w-01",
                Zh = "一号窗口",
                En = "Window 1",
                Zone = "Asia/Shanghai",
                OpeningHours = "09:00-12:00,13:30-17:00",
            },
            "{\"kind\":\"node.opened\"," + Head + ",\"node\":\"n5\",\"nodeKind\":\"window\",\"parent\":\"n3\",\"code\":\"w-01\",\"zh\":\"一号窗口\""
            + ",\"en\":\"Window 1\",\"zone\":\"Asia/Shanghai\",\"openingHours\":\"09:00-12:00,13:30-17:00\"}");
        yield return ("an opened root",
            new NodeOpened
            {
                Salt = Some.Salt,
                Node = new NodeId("n1"),
                Kind = NodeKind.Region,
                Code = "r",
                Zh = "区",
                En = "Region",
                Zone = "Asia/Shanghai",
            },
            "{\"kind\":\"node.opened\"," + Head + ",\"node\":\"n1\",\"nodeKind\":\"region\",\"code\":\"r\",\"zh\":\"区\""
            + ",\"en\":\"Region\",\"zone\":\"Asia/Shanghai\"}");
        yield return ("a moved node",
            new NodeMoved { Salt = Some.Salt, Node = new NodeId("n5"), Parent = new NodeId("n7"), From = new DateOnly(2026, 4, 1) },
            "{\"kind\":\"node.moved\"," + Head + ",\"node\":\"n5\",\"parent\":\"n7\",\"from\":\"2026-04-01\"}");
        yield return ("a renamed node",
            new NodeRenamed { Salt = Some.Salt, Node = new NodeId("n5"), Code = "w-1", Zh = "窗", En = "W", From = new DateOnly(2026, 4, 1) },
            "{\"kind\":\"node.renamed\"," + Head + ",\"node\":\"n5\",\"code\":\"w-1\",\"zh\":\"窗\",\"en\":\"W\",\"from\":\"2026-04-01\"}");
        yield return ("a scheme", new SchemeDefined { Salt = Some.Salt, Dimensions = [new Dimension("overall", "整体", "Overall")] },
            "{\"kind\":\"scheme.defined\"," + Head + ",\"dimensions\":[{\"code\":\"overall\",\"zh\":\"整体\",\"en\":\"Overall\"}]}");
        yield return ("a service item", new ServiceItemDefined { Salt = Some.Salt, Code = "permit", Zh = "许可", En = "Permit" },
            "{\"kind\":\"service-item.defined\"," + Head + ",\"code\":\"permit\",\"zh\":\"许可\",\"en\":\"Permit\"}");
        yield return ("a service item that nobody rates",
            new ServiceItemDefined { Salt = Some.Salt, Code = "print", Zh = "打印", En = "Printing", Rateable = false },
            "{\"kind\":\"service-item.defined\"," + Head + ",\"code\":\"print\",\"zh\":\"打印\",\"en\":\"Printing\",\"unrateable\":true}");
        yield return ("a reason", new ReasonDefined { Salt = Some.Salt, Code = "slow", Zh = "办理慢", En = "Slow" },
            "{\"kind\":\"reason.defined\"," + Head + ",\"code\":\"slow\",\"zh\":\"办理慢\",\"en\":\"Slow\"}");
        yield return ("registered staff",
            new StaffRegistered { Salt = Some.Salt, Code = "s-7", Name = new PersonalReference(Some.Bytes(32), Some.Bytes(16)) },
            "{\"kind\":\"staff.registered\"," + Head
            + ",\"code\":\"s-7\",\"name\":{\"ref\":\"ICEiIyQlJicoKSorLC0uLw\",\"hash\":\"EBESExQVFhcYGRobHB0eHw\"}}");
        yield return ("an issued device key",
            new DeviceKeyIssued { Salt = Some.Salt, Key = "k1", Terminal = "t1", Scope = new NodeId("n3"), Hash = Hash, At = 1_772_415_000_000 },
            "{\"kind\":\"device-key.issued\"," + Head2 + ",\"key\":\"k1\",\"terminal\":\"t1\",\"scope\":\"n3\",\"algorithm\":\"plain\",\"hash\":\"" + Hash
            + "\",\"at\":1772415000000}");
        yield return ("an issued key that signs by HMAC",
            new DeviceKeyIssued
            {
                Salt = Some.Salt,
                Key = "k7",
                Terminal = "t1",
                Scope = new NodeId("n5"),
                Algorithm = KeyAlgorithm.HmacSha256,
                Hash = Hash,
                Sealed = "c2VhbGVk",
                Master = 2,
                Expires = 1_780_000_000_000,
                Code = "c4",
                At = 1_772_415_000_000,
            },
            "{\"kind\":\"device-key.issued\"," + Head2 + ",\"key\":\"k7\",\"terminal\":\"t1\",\"scope\":\"n5\",\"algorithm\":\"hmac-sha256\",\"hash\":\"" + Hash
            + "\",\"sealed\":\"c2VhbGVk\",\"master\":2,\"expires\":1780000000000,\"code\":\"c4\",\"at\":1772415000000}");
        yield return ("an issued key that signs by ECDSA",
            new DeviceKeyIssued
            {
                Salt = Some.Salt,
                Key = "k8",
                Terminal = "t1",
                Scope = new NodeId("n5"),
                Algorithm = KeyAlgorithm.Es256,
                Hash = Hash,
                PublicKey = "TUZrd0V3",
                At = 1_772_415_000_000,
            },
            "{\"kind\":\"device-key.issued\"," + Head2 + ",\"key\":\"k8\",\"terminal\":\"t1\",\"scope\":\"n5\",\"algorithm\":\"es256\",\"hash\":\"" + Hash
            + "\",\"public\":\"TUZrd0V3\",\"at\":1772415000000}");
        yield return ("the end of a key that was replaced",
            new KeyEnds { Salt = Some.Salt, Key = "k7", By = "k8", Expires = 1_772_501_400_000, At = 1_772_415_000_000 },
            "{\"kind\":\"key.ends\"," + Head + ",\"key\":\"k7\",\"by\":\"k8\",\"expires\":1772501400000,\"at\":1772415000000}");
        yield return ("a one-time code",
            new EnrolmentCodeIssued
            {
                Salt = Some.Salt,
                Code = "c4",
                Scope = new NodeId("n5"),
                Terminal = "t1",
                Hash = Hash,
                Algorithms = [KeyAlgorithm.HmacSha256, KeyAlgorithm.Es256],
                Expires = 1_772_501_400_000,
                At = 1_772_415_000_000,
            },
            "{\"kind\":\"enrolment-code.issued\"," + Head + ",\"code\":\"c4\",\"scope\":\"n5\",\"terminal\":\"t1\",\"hash\":\"" + Hash
            + "\",\"algorithms\":[\"hmac-sha256\",\"es256\"],\"expires\":1772501400000,\"at\":1772415000000}");
        yield return ("a one-time code that was revoked",
            new EnrolmentCodeRevoked { Salt = Some.Salt, Code = "c4", At = 1_772_415_000_000 },
            "{\"kind\":\"enrolment-code.revoked\"," + Head + ",\"code\":\"c4\",\"at\":1772415000000}");
        yield return ("an issued token",
            new ApiTokenIssued
            {
                Salt = Some.Salt,
                Key = "k2",
                Scope = new NodeId("n1"),
                Hash = Hash,
                Permissions = [Permission.ReadFigures, Permission.ReadEvaluations],
                Expires = 1_780_000_000_000,
                At = 1_772_415_000_000,
            },
            "{\"kind\":\"api-token.issued\"," + Head2 + ",\"key\":\"k2\",\"scope\":\"n1\",\"hash\":\"" + Hash
            + "\",\"permissions\":[\"read-figures\",\"read-evaluations\"],\"expires\":1780000000000,\"at\":1772415000000}");
        yield return ("a revoked key", new KeyRevoked { Salt = Some.Salt, Key = "k1", At = 1_772_415_000_000 },
            "{\"kind\":\"key.revoked\"," + Head + ",\"key\":\"k1\",\"at\":1772415000000}");
    }
}
