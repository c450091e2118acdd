using System.Text;
using System.Text.Json.Nodes;
using Feedback.Api.Tests.Access.Matrix;
using Xunit;

namespace Feedback.Api.Tests.Access;

/// <summary>Every operation that takes a body knows each member of it, at whatever depth, and takes each once: nothing is passed over in silence.</summary>
[Collection(OneAccessWorld.Name)]
public sealed class BodyMemberTests(AccessWorld world) : IDisposable
{
    private const string Unknown = "nonsense";

    private readonly Asker _asker = new(world.Site.Url);

    [Fact]
    public async Task A_member_that_is_not_known_is_refused_by_name_though_it_is_null()
    {
        var (tried, offenders) = (0, new List<string>());
        foreach (var operation in world.Operations.Where(operation => operation.Body is not null))
        {
            for (var place = 0; place < ObjectsIn(operation.Body).Count(); place++, tried++)
            {
                var answer = await AskAsync(operation, text =>
                {
                    var body = JsonNode.Parse(text)!;
                    ObjectsIn(body).ElementAt(place)[Unknown] = null;
                    return body.ToJsonString();
                });
                if (answer.Status != 400 || !Says(answer, "member-unknown", Unknown))
                    offenders.Add($"{operation.Id}, object {place}: {answer}");
            }
        }

        Assert.True(offenders.Count == 0, string.Join('\n', offenders));
        Assert.True(tried >= 30, $"Only {tried} objects were tried.");
    }

    [Fact]
    public async Task A_member_that_is_given_twice_is_refused_by_name()
    {
        var offenders = new List<string>();
        foreach (var operation in world.Operations.Where(operation => operation.Body is JsonObject))
        {
            var name = operation.Body!.AsObject().First().Key;
            var answer = await AskAsync(operation, text => text.Insert(1, $"\"{name}\":{JsonNode.Parse(text)![name]?.ToJsonString() ?? "null"},"));
            if (answer.Status != 400 || !Says(answer, "member-twice", name))
                offenders.Add($"{operation.Id}, {name}: {answer}");
        }

        Assert.True(offenders.Count == 0, string.Join('\n', offenders));
    }

    public void Dispose() => _asker.Dispose();

    private async Task<Answered> AskAsync(Operation operation, Func<string, string> amend)
    {
        var ids = await world.IdsAtHomeAsync(operation);
        var request = operation.Request(name => ids[name]);
        var media = request.Content!.Headers.ContentType;
        request.Content = new StringContent(amend(await request.Content.ReadAsStringAsync()), Encoding.UTF8);
        request.Content.Headers.ContentType = media;
        return await _asker.AskAsync(request, world.Callers.First(caller => caller.RefusedWith(operation.Policy) is null));
    }

    // Policies have a reader of their own, and codes of their own. Some readers tell the path of a member, others its name.
    private static bool Says(Answered answer, string code, string member) => JsonNode.Parse(answer.Text) is { } problem
        && ((string?)problem["code"] == code || (string?)problem["code"] == "policy-" + code)
        && ((string?)problem["field"] is { } field) && (field == member || field.EndsWith("." + member, StringComparison.Ordinal));

    // The names of grades by dimension are codes and those of results words, and no members.
    private static IEnumerable<JsonObject> ObjectsIn(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(member => member.Key != "dimensions").SelectMany(member => ObjectsIn(member.Value).Skip(member.Key == "results" ? 1 : 0)).Prepend(members),
        JsonArray items => items.SelectMany(ObjectsIn),
        _ => [],
    };
}
