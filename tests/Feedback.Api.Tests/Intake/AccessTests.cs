using Feedback.Api.Tests.Support;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Keys;
using Xunit;

namespace Feedback.Api.Tests.Intake;

[Collection(OneSite.Name)]
public sealed class AccessTests(RunningSite site)
{
    [Theory]
    [InlineData(Client.Evaluations)]
    [InlineData(Client.Matters)]
    public async Task Nobody_pushes_without_a_valid_device_key(string path)
    {
        var hall = await site.NewHallAsync();
        var body = path == Client.Matters ? Some.Matter(hall.Window) : Some.Evaluation(hall.Window);

        await RefusedAsync("key-missing", key: null);
        await RefusedAsync("key-invalid", key: "nonsense");
        await RefusedAsync("key-invalid", key: new string('x', 4000));
        await RefusedAsync("key-invalid", key: site.Token);
        await RefusedAsync("key-invalid", key: site.DeviceKey[..^1]);
        await RefusedAsync("key-invalid", key: site.DeviceKey.ToUpperInvariant());
        Assert.Equal(0, await site.Client.CountAsync(hall.Window));

        async Task RefusedAsync(string code, string? key)
        {
            var answer = await site.Client.PushAsync(body, path, key: key);
            Assert.Equal((401, code), (answer.Status, answer.Code));
            Assert.NotEmpty(answer.Headers.WwwAuthenticate);
        }
    }

    [Theory]
    [InlineData("/api/v1/nodes")]
    [InlineData("/api/v1/satisfaction?node=n1&from=2026-01-01&to=2026-01-02")]
    [InlineData("/api/v1/live?node=n1")]
    public async Task Nobody_reads_without_a_valid_token(string path)
    {
        foreach (var (token, code) in new (string?, string)[] { (null, "key-missing"), ("nonsense", "key-invalid"), (site.DeviceKey, "key-invalid") })
        {
            var answer = await site.Client.GetAsync(path, token);
            Assert.Equal((401, code), (answer.Status, answer.Code));
        }

        using var basic = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Authorization", "Basic " + site.Token } } };
        Assert.Equal("key-missing", (await site.Client.SendAsync(basic)).Code);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once_and_its_successor_keeps_the_terminals_identity()
    {
        var hall = await site.NewHallAsync();
        var (id, secret) = await site.NewKeyAsync(KeyPurpose.Device, new NodeId(hall.Id));
        var terminal = site.Bureau.Current.Keys.Find(secret)!.Terminal;
        var evaluation = Some.Evaluation(hall.Window);
        var first = await site.Client.PushAsync(evaluation, key: secret);

        Assert.True(await KeyIssue.RevokeAsync(site.Bureau, id, site.Clock));
        Assert.Equal((401, "key-invalid"), await AnsweredAsync(secret));

        var successor = KeyIssue.NewSecret(KeyPurpose.Device);
        await KeyIssue.DeviceKeyAsync(site.Bureau, new NodeId(hall.Id), successor, site.Clock, terminal);
        var again = await site.Client.PushAsync(evaluation, key: successor);
        Assert.Equal((200, first.Text), (again.Status, again.Text));

        async Task<(int, string?)> AnsweredAsync(string key) =>
            await site.Client.PushAsync(evaluation, key: key) is var answer ? (answer.Status, answer.Code) : default;
    }

    [Fact]
    public async Task A_revoked_token_reads_nothing()
    {
        var (id, secret) = await site.NewKeyAsync(KeyPurpose.Read, site.District);
        Assert.Equal(200, (await site.Client.GetAsync("/api/v1/nodes", secret)).Status);

        await KeyIssue.RevokeAsync(site.Bureau, id, site.Clock);

        Assert.Equal(401, (await site.Client.GetAsync("/api/v1/nodes", secret)).Status);
    }

    [Fact]
    public async Task A_foreign_window_looks_like_one_that_does_not_exist()
    {
        var foreign = await site.Client.PushAsync(Some.Evaluation(site.ForeignHall.Window));
        var foreignPath = await site.Client.PushAsync(Some.Evaluation(site.ForeignHall.Path + "/w-1"));
        var missing = await site.Client.PushAsync(Some.Evaluation("n999999"));
        var missingPath = await site.Client.PushAsync(Some.Evaluation("nowhere/hall-1/w-1"));

        Assert.Equal(Masked(missing, "n999999"), Masked(foreign, site.ForeignHall.Window));
        Assert.Equal(Masked(missingPath, "nowhere/hall-1/w-1"), Masked(foreignPath, site.ForeignHall.Path + "/w-1"));

        static (int, string) Masked(Answer answer, string name) => (answer.Status, answer.Text.Replace(name, "…", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_foreign_node_looks_like_one_that_does_not_exist()
    {
        foreach (var path in new[] { "/api/v1/satisfaction?from=2026-01-01&to=2026-01-02&node=", "/api/v1/live?node=" })
        {
            foreach (var node in new[] { site.ForeignHall.Id, site.ForeignHall.Window, site.ForeignDistrict.Value, "beishan", "n999999", "nowhere" })
            {
                var answer = await site.Client.GetAsync(path + node);
                Assert.Equal((404, "node-unknown", "node"), (answer.Status, answer.Code, answer.Field));
            }
        }
    }

    [Fact]
    public async Task A_key_of_one_hall_pushes_nowhere_else_and_a_token_of_one_hall_reads_nothing_else()
    {
        var (mine, other) = (await site.NewHallAsync(), await site.NewHallAsync());
        var key = (await site.NewKeyAsync(KeyPurpose.Device, new NodeId(mine.Id))).Secret;
        var token = (await site.NewKeyAsync(KeyPurpose.Read, new NodeId(mine.Id))).Secret;

        Assert.Equal(201, (await site.Client.PushAsync(Some.Evaluation(mine.Window), key: key)).Status);
        Assert.Equal(404, (await site.Client.PushAsync(Some.Evaluation(other.Window), key: key)).Status);
        var nodes = (await site.Client.GetAsync("/api/v1/nodes", token)).Json["nodes"]!.AsArray();
        Assert.Equal([mine.Id, mine.Window], nodes.Select(node => (string?)node!["id"]));
        Assert.Equal(404, (await site.Client.GetAsync($"/api/v1/satisfaction?node={site.District}&from=2026-01-01&to=2026-01-02", token)).Status);
    }
}
