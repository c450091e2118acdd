using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace Feedback.Architecture.Tests;

/// <summary>The examples that the reference of the API shows and that are tried on a fresh demo.</summary>
public sealed partial class ExampleTests
{
    private const string Folder = "api/Feedback.Api/Reference/Operations";

    // When something happened. Too long ago it is refused, or its clocks have run out: an example with a fixed time would come to fail by the calendar alone.
    private static readonly string[] Moments = ["occurredAt", "finishedAt", "sentAt", "time"];

    [Fact]
    public void What_is_sent_as_having_just_happened_is_told_relative_to_the_reader()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, Folder), "*.json");
        Assert.NotEmpty(files);

        Offenders.None(
            from file in files
            from example in JsonNode.Parse(File.ReadAllText(file))!["examples"]?.AsArray() ?? []
            where example!["body"] is not null
            from member in MembersOf(example!["body"])
            where Moments.Contains(member.Key) && Dated().IsMatch(member.Value?.ToString() ?? "")
            select $"{Path.GetFileName(file)} {example!["name"]}: \"{member.Key}\": \"{member.Value}\"");
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> MembersOf(JsonNode? node) => node switch
    {
        JsonObject members => members.Concat(members.SelectMany(member => MembersOf(member.Value))),
        JsonArray items => items.SelectMany(MembersOf),
        _ => [],
    };

    [GeneratedRegex(@"^\d{4}-")]
    private static partial Regex Dated();
}
