using System.Net;
using Feedback.Api.Access;
using Feedback.Silo.Hosting;
using Feedback.Storage;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Feedback.Api.Tests.Access;

public sealed class DenyByDefaultTests
{
    [Fact]
    public async Task An_endpoint_that_declares_nothing_is_closed_to_everybody()
    {
        using var folder = new TemporaryFolder();
        await using var app = await WebSetup.BuildAsync(new Site(DataDirectory.Open(folder.Path), null), "http://127.0.0.1:0");
        var reached = 0;
        app.MapGet("/silent", () => ++reached);
        app.MapGet("/open", () => ++reached).IsOpen("A test.");
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/silent")).StatusCode);
        Assert.Equal(0, reached);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/open")).StatusCode);

        await app.StopAsync();
    }
}
