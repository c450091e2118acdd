using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;

namespace Feedback.Domain.Tests.Support;

/// <content>Batches of printed forms.</content>
public static partial class StoredTexts
{
    private static IEnumerable<(string Name, JournalEvent Happened, string Text)> Paper()
    {
        const string Tail = ",\"by\":\"account:li\",\"at\":1772415000000}";
        var stamp = new PaperStamp(Some.Morning, "account:li");
        var answers = new PaperAnswers { Window = new NodeId("n5"), Day = new DateOnly(2026, 2, 27), Grade = Grade.Satisfied };
        yield return ("an opened batch",
            new PaperBatchOpened
            {
                Salt = Some.Salt,
                Stamp = stamp,
                Node = new NodeId("n3"),
                From = new DateOnly(2026, 2, 1),
                Through = new DateOnly(2026, 2, 28),
                Issued = 50,
            },
            "{\"kind\":\"paper.opened\"," + Head + ",\"node\":\"n3\",\"from\":\"2026-02-01\",\"through\":\"2026-02-28\",\"issued\":50" + Tail);
        yield return ("counted forms",
            new PaperFormsCounted { Salt = Some.Salt, Stamp = stamp, Collected = 41, Counters = ["li", "wang"] },
            "{\"kind\":\"paper.counted\"," + Head + ",\"collected\":41,\"counters\":[\"li\",\"wang\"]" + Tail);
        yield return ("a form on its way",
            new PaperFormBegun { Salt = Some.Salt, Stamp = stamp, Form = 7, Attempt = 1, Window = new NodeId("n5") },
            "{\"kind\":\"paper.begun\"," + Head + ",\"form\":7,\"attempt\":1,\"window\":\"n5\"" + Tail);
        yield return ("a keyed form",
            new PaperFormKeyed
            {
                Salt = Some.Salt,
                Stamp = stamp,
                Form = 7,
                Attempt = 2,
                Evaluation = 42,
                Answers = answers with { Dimensions = [new("attitude", Grade.Dissatisfied), new("style", Grade.Satisfied)], ServiceItem = "permit", HasComment = true },
            },
            "{\"kind\":\"paper.keyed\"," + Head + ",\"form\":7,\"attempt\":2,\"window\":\"n5\",\"day\":\"2026-02-27\",\"grade\":4,\"dimensions\":{\"attitude\":2,\"style\":4}"
            + ",\"serviceItem\":\"permit\",\"comment\":true,\"evaluation\":42" + Tail);
        yield return ("a form that no window takes",
            new PaperFormDropped { Salt = Some.Salt, Stamp = stamp, Form = 7, Refusal = "window-unknown" },
            "{\"kind\":\"paper.dropped\"," + Head + ",\"form\":7,\"refusal\":\"window-unknown\"" + Tail);
        yield return ("a spoilt form",
            new PaperFormSpoilt { Salt = Some.Salt, Stamp = stamp, Form = 8, Reason = "blank" },
            "{\"kind\":\"paper.spoilt\"," + Head + ",\"form\":8,\"reason\":\"blank\"" + Tail);
        yield return ("a form that is not spoilt after all",
            new PaperFormSpoilt { Salt = Some.Salt, Stamp = stamp, Form = 8 },
            "{\"kind\":\"paper.spoilt\"," + Head + ",\"form\":8" + Tail);
        yield return ("a form keyed twice",
            new PaperFormRechecked { Salt = Some.Salt, Stamp = stamp, Form = 7, Answers = answers, Differences = ["grade", "comment"] },
            "{\"kind\":\"paper.rechecked\"," + Head + ",\"form\":7,\"window\":\"n5\",\"day\":\"2026-02-27\",\"grade\":4,\"differences\":[\"grade\",\"comment\"]" + Tail);
        yield return ("a first keying that stands",
            new PaperFirstKept { Salt = Some.Salt, Stamp = stamp, Form = 7 },
            "{\"kind\":\"paper.first-kept\"," + Head + ",\"form\":7" + Tail);
        yield return ("a closed batch",
            new PaperBatchClosed { Salt = Some.Salt, Stamp = stamp, Valid = 38, Spoilt = 2, Reason = "一张遗失" },
            "{\"kind\":\"paper.closed\"," + Head + ",\"valid\":38,\"spoilt\":2,\"reason\":\"一张遗失\"" + Tail);
    }
}
