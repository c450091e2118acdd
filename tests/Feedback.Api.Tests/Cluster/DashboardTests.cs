using System.Net;
using Feedback.Api.Access;
using Feedback.Api.Tests.Pages;
using Feedback.Domain.Access;
using Feedback.Grains.Accounts;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Feedback.Web.Cluster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Api.Tests.Cluster;

/// <summary>Everything under the path of Orleans' dashboard is for system administrators of the whole bureau only.</summary>
public sealed class DashboardTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _app = null!;

    public async Task InitializeAsync()
    {
        _app = await WebSetup.BuildAsync(new Site(DataDirectory.Open(_folder.Path), null) { Dashboard = true }, "http://127.0.0.1:0", signIn: SignInOptions.Optional);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Nobody_else_gets_anything_from_any_of_its_paths()
    {
        using var nobody = new Visitor(Url);
        using var auditor = await SignedInAsync("audit", "audit-administrator");
        using var elsewhere = await SignedInAsync("elsewhere", "system-administrator@n1");
        var endpoints = Endpoints();

        Assert.True(endpoints.Count >= 15, $"Only {endpoints.Count} endpoints were found.");
        foreach (var endpoint in endpoints)
        {
            var policy = Assert.Single(endpoint.Metadata.GetOrderedMetadata<EndpointPolicy>());
            Assert.Equal((Permission.SeeCluster, true), (policy.Permission, policy.Everywhere));
            var path = Filled(endpoint);
            Assert.Equal((path, HttpStatusCode.Redirect), (path, (await nobody.GetAsync(path)).StatusCode));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await auditor.GetAsync(path)).StatusCode));
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await elsewhere.GetAsync(path)).StatusCode));
        }
    }

    [Fact]
    public async Task A_system_administrator_sees_it_whole_from_here_and_neither_stored_states_nor_the_log()
    {
        using var admin = await SignedInAsync("admin", "system-administrator");

        var page = await admin.GetAsync(DashboardPages.Path + "/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("//", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("\"hosts\"", await admin.TextAsync(DashboardPages.Path + "/DashboardCounters"), StringComparison.Ordinal);
        foreach (var closed in new[] { "/GrainState?grainId=n3&grainType=window", "/Trace" })
            Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(DashboardPages.Path + closed)).StatusCode);
    }

    private Uri Url => new(_app.Urls.First());

    private List<RouteEndpoint> Endpoints() =>
        [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(DashboardPages.Path, StringComparison.Ordinal))];

    private static string Filled(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.Parameters.Aggregate(endpoint.RoutePattern.RawText!, (path, _) => path[..path.IndexOf('{', StringComparison.Ordinal)] + "1");

    private async Task<Visitor> SignedInAsync(string name, string grants)
    {
        Assert.Equal(AccountOutcome.Done, await _app.Services.GetRequiredService<IAccounts>().CreateAsync(name, Visitor.PasswordOf(name), GrantText.Read(grants)));
        var visitor = new Visitor(Url);
        await visitor.SignInAsync(name);
        return visitor;
    }
}
