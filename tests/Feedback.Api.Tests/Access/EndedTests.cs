using Feedback.Api.Tests.Access.Matrix;
using Feedback.Api.Tests.Support;
using Feedback.Domain.Access;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Grains.Accounts;
using Feedback.Grains.Keys;
using Xunit;

namespace Feedback.Api.Tests.Access;

/// <summary>What was good once and is no more opens nothing.</summary>
[Collection(OneAccessWorld.Name)]
public sealed class EndedTests(AccessWorld world)
{
    private RunningSite Site => world.Site;

    [Theory]
    [InlineData(-1, 401)]
    [InlineData(60_000, 200)]
    public async Task A_token_ends_by_itself(long milliseconds, int status)
    {
        var secret = KeyIssue.NewSecret(KeyPurpose.Read);
        await KeyIssue.ApiTokenAsync(Site.Bureau, Site.District, secret, Site.Clock, expires: Site.Clock.GetUtcNow().ToUnixTimeMilliseconds() + milliseconds);

        Assert.Equal(status, (await Site.Client.GetAsync("/api/v1/nodes", secret)).Status);
    }

    [Theory]
    [InlineData(-1, 401)]
    [InlineData(60_000, 201)]
    public async Task A_device_key_ends_by_itself(long milliseconds, int status)
    {
        var secret = KeyIssue.NewSecret(KeyPurpose.Device);
        await KeyIssue.DeviceKeyAsync(Site.Bureau, new NodeId(world.Own.Id), secret, Site.Clock, expires: Site.Clock.GetUtcNow().ToUnixTimeMilliseconds() + milliseconds);

        Assert.Equal(status, (await Site.Client.PushAsync(Some.Evaluation(world.Own.Window), key: secret)).Status);
    }

    [Fact]
    public async Task A_session_ends_with_its_account()
    {
        var account = await world.NewAccountAsync(Role.HallManager, new NodeId(world.Own.Id));
        var cookie = await world.CookieOfAsync(account);
        Assert.Equal(200, await StatusAsync());

        await Site.Service<IAccounts>().DisableAsync(account.Name);
        Assert.Equal(401, await StatusAsync());

        async Task<int> StatusAsync()
        {
            using var asker = new Asker(Site.Url);
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nodes");
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
            return (await asker.AskAsync(request)).Status;
        }
    }
}
