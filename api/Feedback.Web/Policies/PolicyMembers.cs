using System.Globalization;
using System.Text.Json.Nodes;
using Feedback.Domain.Policies;

namespace Feedback.Web.Policies;

/// <summary>A member of a policy's document that has a field of its own.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Choices">What it can be; empty for what is typed.</param>
/// <param name="IsNumber">Whether it is a number in the document.</param>
public sealed record PolicyMember(string Name, IReadOnlyList<string> Choices, bool IsNumber);

/// <summary>Which policies have a form with fields: those whose document is flat. The others are written as JSON.</summary>
public static class PolicyMembers
{
    private static readonly string[] Reviewers = ["parent-supervision", "lead-manager", "handling-unit"];

    private static readonly Dictionary<string, PolicyMember[]> Forms = new(StringComparer.Ordinal)
    {
        [PolicySubjects.BadRating.Word] =
        [
            new("opensUpTo", ["0", "1", "2"], true), new("dimensionsUpTo", ["0", "1", "2"], true), Number("callBackShare"),
            new("verifiedBy", Reviewers, false), new("calledBackBy", Reviewers, false), Text("rectification"),
        ],
        [PolicySubjects.Reopen.Word] = [Text("within"), Number("times")],
        [PolicySubjects.Feedback.Word] = [Number("attempts")],
        [PolicySubjects.Hotline.Word] =
        [
            Text("signFor"), Text("signForComplex"), new("extensionBeforeExpiry", ["yes", "no"], false), Number("extensions"), Text("urgeAfter"), Number("criticismAfter"),
        ],
        [PolicySubjects.Notice.Word] = [Text("zh"), Text("en")],
        [PolicySubjects.DefaultRule.Word] = [new("used", ["no", "yes"], false), Number("days"), Number("grade")],
    };

    /// <summary>The fields of a subject; null where its document is written as JSON.</summary>
    public static IReadOnlyList<PolicyMember>? Of(string subject) => Forms.GetValueOrDefault(subject);

    /// <summary>The value of a member, as a field shows it.</summary>
    public static string ValueIn(JsonNode document, string member) => document[member] switch { null => "", var value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => value.GetValue<string>(), var value => value.ToJsonString() };

    /// <summary>The document of fields. A number that is none is sent as text, so that it is refused by its name.</summary>
    public static string Document(IReadOnlyList<PolicyMember> members, Func<string, string> typed)
    {
        var document = new JsonObject();
        foreach (var member in members)
        {
            if (typed(member.Name) is { Length: > 0 } text)
                document[member.Name] = member.IsNumber && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : text;
        }

        return document.ToJsonString();
    }

    private static PolicyMember Text(string name) => new(name, [], false);

    private static PolicyMember Number(string name) => new(name, [], true);
}
