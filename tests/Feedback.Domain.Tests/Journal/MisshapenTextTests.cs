using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Domain.Journal;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Journal;

/// <summary>A recount meets what somebody else did to the bytes: it must be told what is wrong, whatever that is.</summary>
public sealed class MisshapenTextTests
{
    public static TheoryData<string> Names => [.. StoredTexts.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_member_that_is_missing_or_something_else_is_told_as_such(string name)
    {
        var text = StoredTexts.All[name].Text;
        foreach (var path in Paths(JsonNode.Parse(text)!))
        {
            foreach (var wrong in (string?[])[null, "null", "{}", "[]", "[1]", "\"?\"", "1.5", "300", "-1", "true"])
            {
                var changed = Changed(text, path, wrong);
                var thrown = Record.Exception(() => EventText.Read(Encoding.UTF8.GetBytes(changed)));
                Assert.True(thrown is null or FormatException or UnknownKindException, $"{thrown?.GetType().Name} for {changed}");
            }
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    public void A_text_that_is_no_event_is_told_as_such(string text) =>
        Assert.Throws<FormatException>(() => EventText.Read(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    public void A_text_that_is_not_JSON_is_told_as_such(string text) =>
        Assert.ThrowsAny<JsonException>(() => EventText.Read(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("\"grade\":2", "\"grade\":0")]
    [InlineData("\"grade\":2", "\"grade\":6")]
    [InlineData("\"grade\":2", "\"grade\":258")]
    [InlineData("\"attitude\":1", "\"attitude\":0")]
    [InlineData("\"attitude\":1", "\"attitude\":6")]
    [InlineData("\"hour\":9", "\"hour\":24")]
    [InlineData("\"hour\":9", "\"hour\":-1")]
    [InlineData("\"hour\":9", "\"hour\":4294967305")]
    [InlineData("\"offset\":480", "\"offset\":66016")]
    public void A_number_outside_its_range_is_never_folded_into_another_one(string right, string wrong)
    {
        var text = StoredTexts.All["an evaluation with everything"].Text;
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => EventText.Read(Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal))));
    }

    private static IEnumerable<string[]> Paths(JsonNode node) => node is not JsonObject members ? [] : members
        .SelectMany(member => new[] { new[] { member.Key } }
            .Concat(member.Value is null ? [] : Paths(member.Value).Select(path => (string[])[member.Key, .. path])));

    private static string Changed(string text, string[] path, string? wrong)
    {
        var root = JsonNode.Parse(text)!;
        var owner = path[..^1].Aggregate(root, (node, step) => node[step]!).AsObject();
        owner.Remove(path[^1]);
        if (wrong is not null)
            owner.Add(path[^1], JsonNode.Parse(wrong));
        return root.ToJsonString();
    }
}
