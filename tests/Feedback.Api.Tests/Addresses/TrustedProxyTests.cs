using System.Net;
using Feedback.Api.Addresses;
using Feedback.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Feedback.Api.Tests.Addresses;

/// <summary>Forwarded headers count only when the proxy that was named wrote them.</summary>
public sealed class TrustedProxyTests
{
    [Theory]
    [InlineData("127.0.0.0/8", "203.0.113.9", "https 203.0.113.9")]
    [InlineData("127.0.0.0/8", "198.51.100.1, 203.0.113.9", "https 203.0.113.9")]
    [InlineData("10.0.0.0/8", "203.0.113.9", "http 127.0.0.1")]
    [InlineData(null, "203.0.113.9", "http 127.0.0.1")]
    public async Task Only_what_the_named_proxy_wrote_last_is_believed(string? trusted, string forwardedFor, string seen)
    {
        await using var app = await StartAsync(trusted is null ? [] : [IPNetwork.Parse(trusted)]);

        Assert.Equal(seen, await AskAsync(app, forwardedFor));
    }

    private static async Task<WebApplication> StartAsync(IPNetwork[] trusted)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var exposure = new Exposure(PublicAddress.None, null, trusted);
        exposure.AddTo(builder, "http://127.0.0.1:0");
        var app = builder.Build();
        exposure.Use(app);
        app.Run(http => http.Response.WriteAsync($"{http.Request.Scheme} {http.Connection.RemoteIpAddress}"));
        await app.StartAsync();
        return app;
    }

    private static async Task<string> AskAsync(WebApplication app, string forwardedFor)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.First());
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await http.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
