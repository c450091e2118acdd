using System.Text.Json.Nodes;
using Feedback.Api.Tests.Access.Matrix;
using Xunit;

namespace Feedback.Api.Tests.Access;

/// <summary>What the server sets cannot be sent: every operation that takes a body refuses members that it does not document, by name.</summary>
[Collection(OneAccessWorld.Name)]
public sealed class ServerSetTests(AccessWorld world) : IDisposable
{
    private static readonly string[] SetByTheServer =
    [
        "status", "weight", "receivedAt", "role", "roles", "scope", "flags", "version", "hall", "terminal", "key", "day", "hour", "digest", "salt", "excluded",
        "imported", "attributedStaff", "permission", "actor", "createdAt", "stamp", "__proto__", "nonsense",
    ];

    private readonly Asker _asker = new(world.Site.Url);

    [Fact]
    public async Task What_the_server_sets_is_refused_by_name_wherever_it_is_sent()
    {
        var tried = 0;
        foreach (var operation in world.Operations.Where(operation => operation.Body is not null))
        {
            var documented = operation.DocumentedMembers;
            Assert.True(documented.Count > 0, $"{operation.Id} documents no member of its body.");
            foreach (var caller in world.Callers.Where(caller => caller.RefusedWith(operation.Policy) is null).Take(1))
            {
                foreach (var member in SetByTheServer.Except(documented))
                {
                    var ids = await world.IdsAtHomeAsync(operation);
                    var answer = await _asker.AskAsync(operation.Request(name => ids[name], body => With(body, member)), caller);
                    Assert.True(answer.Status == 400 && Says(answer.Text, member), $"{operation.Id} takes '{member}' from {caller.Name}: {answer}");
                    tried++;
                }
            }
        }

        Assert.True(tried >= 50, $"Only {tried} members were tried.");
    }

    public void Dispose() => _asker.Dispose();

    private static bool Says(string text, string member) => JsonNode.Parse(text) is { } problem
        // A policy's document tells beside it which members it has.
        && (string?)problem["code"] is "member-unknown" or "policy-member-unknown" && (string?)problem["field"] == member;

    private static JsonNode With(JsonNode body, string member)
    {
        (body is JsonArray items ? items[0]! : body)[member] = 1;
        return body;
    }
}
