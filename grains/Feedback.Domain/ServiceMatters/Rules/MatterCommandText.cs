using System.Text;
using System.Text.Json;
using Feedback.Domain.Journal;

namespace Feedback.Domain.ServiceMatters;

/// <summary>Commands as canonical text, in which they travel to a matter: every release can read the words of the one before.</summary>
public static class MatterCommandText
{
    /// <summary>The text of a command.</summary>
    public static string Write(MatterCommand command)
    {
        var text = new CanonicalWriter().BeginObject();
        switch (command)
        {
            case AcceptMatter c:
                text.Member("step"u8, "accept").Member("node"u8, c.Node.Value).Member("item"u8, c.Item).Member("number"u8, c.Number.ToString()).Flag("online"u8, c.Online);
                text.Missing("missing"u8, c.Missing);
                text.Member("limit"u8, c.Limit);
                break;
            case TellMatter c:
                text.Member("step"u8, "tell").Member("node"u8, c.Node.Value).Member("item"u8, c.Item).Member("number"u8, c.Number.ToString()).Flag("online"u8, c.Online)
                    .Member("limit"u8, c.Limit).Member("acceptedAt"u8, c.AcceptedAt).Member("visits"u8, c.Visits).Member("stage"u8, c.Stage.Word())
                    .Member("endedAt"u8, c.EndedAt).Member("outcome"u8, c.Outcome).Member("lawfulVisits"u8, c.LawfulVisits > 0 ? c.LawfulVisits : null);
                break;
            case SupplementMatter c:
                text.Member("step"u8, "supplement").Member("documents"u8, c.Documents);
                break;
            case VisitMatter c:
                text.Member("step"u8, "visit").Member("documents"u8, c.Documents);
                text.Asked("asked"u8, c.Asked);
                text.Member("result"u8, c.Result);
                break;
            case CompleteMatter c:
                text.Member("step"u8, "complete").Member("result"u8, c.Result);
                break;
            case WithdrawMatter c:
                text.Member("step"u8, "withdraw").Member("reason"u8, c.Reason);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No such command.");
        }

        return Encoding.UTF8.GetString(text.EndObject().Written);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else, or a command of a later release.</exception>
    public static MatterCommand Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        return EventReading.Whole<MatterCommand>(document.RootElement, root => root.Text("step") switch
        {
            "accept" => new AcceptMatter(root.Node("node"), root.Text("item"), root.Opaque("number"), root.Flag("online"), root.Missing("missing"), root.TextOrNull("limit")),
            "tell" => new TellMatter(
                root.Node("node"), root.Text("item"), root.Opaque("number"), root.Flag("online"), root.TextOrNull("limit"), root.Number("acceptedAt"),
                root.NumberOrNull("visits", 0, TellMatter.MostVisits) ?? 0, MatterWords.StageOf(root.Text("stage")) ?? throw new FormatException("There is no such stage."),
                root.NumberOrNull("endedAt"), root.TextOrNull("outcome"), root.NumberOrNull("lawfulVisits", 0, TellMatter.MostVisits) ?? 0),
            "supplement" => new SupplementMatter(root.Texts("documents")),
            "visit" => new VisitMatter(root.Texts("documents"), root.Asked("asked"), root.TextOrNull("result")),
            "complete" => new CompleteMatter(root.Text("result")),
            "withdraw" => new WithdrawMatter(root.Text("reason")),
            var other => throw new FormatException($"There is no step '{other}'."),
        });
    }
}
