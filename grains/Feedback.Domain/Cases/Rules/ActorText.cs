using System.Text.Json;
using Feedback.Domain.Journal;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Cases;

/// <summary>Who acts, as text: on the way to the case.</summary>
internal static class ActorText
{
    public static void Write(CanonicalWriter text, CaseActor actor)
    {
        text.Member("name"u8, actor.Name).Member("outside"u8, actor.Outside == CaseParty.None ? null : (long)actor.Outside).Member("staff"u8, actor.Staff);
        Write(text, "handles", actor.Handles);
        Write(text, "supervises", actor.Supervises);
        text.Member("works"u8, [.. actor.Works.Select(node => node.Value)]);
    }

    public static CaseActor Read(JsonElement text) => new(text.Text("name"))
    {
        Outside = (CaseParty)(text.NumberOrNull("outside", 0, 31) ?? 0),
        Staff = text.TextOrNull("staff"),
        Handles = Scope(text, "handles"),
        Supervises = Scope(text, "supervises"),
        Works = [.. text.Texts("works").Select(node => new NodeId(node))],
    };

    private static void Write(CanonicalWriter text, string name, NodeScope scope)
    {
        if (scope.IsNowhere)
            return;
        text.Name(name).BeginArray();
        foreach (var node in scope.IsEverywhere ? ["*"] : scope.Tops.Select(node => node.Value))
            text.Value(node);
        text.EndArray();
    }

    private static NodeScope Scope(JsonElement text, string name) =>
        NodeScope.Of(text.Texts(name).Select(node => node == "*" ? (NodeId?)null : new NodeId(node)));
}
