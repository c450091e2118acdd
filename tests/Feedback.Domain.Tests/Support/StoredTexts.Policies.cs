using Feedback.Domain.Cases;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;
using Feedback.Domain.Policies;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Tests.Support;

/// <content>Policies and the calendar.</content>
public static partial class StoredTexts
{
    private static IEnumerable<(string Name, JournalEvent Happened, string Text)> Policies()
    {
        yield return ("an opened box",
            new Domain.Boxes.BoxOpened { Salt = Some.Salt, Node = new NodeId("n3"), At = 1772413200000, Found = 7, By = "account:li" },
            "{\"kind\":\"box.opened\"," + Head + ",\"node\":\"n3\",\"at\":1772413200000,\"found\":7,\"by\":\"account:li\"}");
        yield return ("a box opened by two",
            new Domain.Boxes.BoxOpened { Salt = Some.Salt, Node = new NodeId("n3"), At = 1772413200000, Found = 0, By = "account:li", With = "account:wang" },
            "{\"kind\":\"box.opened\"," + Head + ",\"node\":\"n3\",\"at\":1772413200000,\"found\":0,\"by\":\"account:li\",\"with\":\"account:wang\"}");
        yield return ("the city's figures, counted",
            new Domain.Hotline.HotlineFiguresTold
            {
                Salt = Some.Salt,
                Node = new NodeId("n3"),
                Month = new DateOnly(2026, 1, 1),
                By = "token:k4",
                Figures = Domain.Hotline.HotlineFigures.Counted(120, new Dictionary<string, Domain.Hotline.HotlineCount> { ["solved"] = new(80, 100), ["returned"] = new(4, 120) }).Figures!,
            },
            "{\"kind\":\"hotline.figures\"," + Head + ",\"node\":\"n3\",\"month\":\"2026-01\",\"by\":\"token:k4\",\"orders\":120"
            + ",\"results\":{\"returned\":{\"yes\":4,\"of\":120},\"solved\":{\"yes\":80,\"of\":100}}}");
        yield return ("the city's figures, order by order",
            new Domain.Hotline.HotlineFiguresTold
            {
                Salt = Some.Salt,
                Node = new NodeId("n3"),
                Month = new DateOnly(2026, 1, 1),
                By = "token:k4",
                Figures = Domain.Hotline.HotlineFigures.OrderByOrder(new Dictionary<string, OrderResults>
                {
                    ["GD-2"] = new(true, null, true, false, null, null),
                    ["GD-1"] = new(null, null, null, null, null, null),
                }),
            },
            "{\"kind\":\"hotline.figures\"," + Head + ",\"node\":\"n3\",\"month\":\"2026-01\",\"by\":\"token:k4\""
            + ",\"listed\":[{\"number\":\"GD-1\"},{\"number\":\"GD-2\",\"yes\":[\"signed-in-time\",\"solved\"],\"no\":[\"satisfied\"]}]}");
        yield return ("a policy",
            new PolicySet { Salt = Some.Salt, Node = new NodeId("n1"), Subject = "feedback", From = new DateOnly(2026, 4, 1), Text = "{\"attempts\":3}", By = "li" },
            "{\"kind\":\"policy.set\"," + Head + ",\"node\":\"n1\",\"subject\":\"feedback\",\"from\":\"2026-04-01\",\"text\":\"{\\\"attempts\\\":3}\",\"by\":\"li\"}");
        yield return ("a policy that a verb set",
            new PolicySet { Salt = Some.Salt, Node = new NodeId("n1"), Subject = "reopen", From = new DateOnly(2026, 4, 1), Text = "{}" },
            "{\"kind\":\"policy.set\"," + Head + ",\"node\":\"n1\",\"subject\":\"reopen\",\"from\":\"2026-04-01\",\"text\":\"{}\"}");
        yield return ("a year's holidays",
            new CalendarDefined
            {
                Salt = Some.Salt,
                Calendar = new CalendarYear(
                    2027, [new Holiday(new(2026, 12, 31), "元旦", "New Year's Day"), new Holiday(new(2027, 1, 1))], [new(2027, 1, 3)], "a notice"),
            },
            "{\"kind\":\"calendar.defined\"," + Head + ",\"year\":2027,\"holidays\":[{\"day\":\"2026-12-31\",\"zh\":\"元旦\",\"en\":\"New Year's Day\"}"
            + ",{\"day\":\"2027-01-01\"}],\"workdays\":[\"2027-01-03\"],\"source\":\"a notice\"}");
    }
}
