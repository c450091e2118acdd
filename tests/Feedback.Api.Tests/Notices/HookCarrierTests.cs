using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Feedback.Grains.Notices;
using Feedback.Silo.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Feedback.Api.Tests.Notices;

/// <summary>What reaches a hook, and what cannot.</summary>
public sealed class HookCarrierTests : IAsyncLifetime
{
    private static readonly HookMessage Message = new("qabc:7", """{"specversion":"1.0"}"""u8.ToArray());

    private readonly ConcurrentQueue<(string Path, IHeaderDictionary Headers, string Body)> _heard = new();
    private readonly WebApplication _receiver;

    public HookCarrierTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _receiver = builder.Build();
        _receiver.Run(async http =>
        {
            _heard.Enqueue((http.Request.Path, new HeaderDictionary(http.Request.Headers.ToDictionary()), await new StreamReader(http.Request.Body).ReadToEndAsync()));
            http.Response.StatusCode = int.Parse(http.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);
            if (http.Response.StatusCode is >= 300 and < 400)
                http.Response.Headers.Location = "/200";
        });
    }

    private int Port => new Uri(_receiver.Urls.Single()).Port;

    public Task InitializeAsync() => _receiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task A_message_arrives_signed_as_a_cloud_event()
    {
        using var carrier = new HookCarrier(OutsideAddresses.OfThisMachine());
        var hook = Hook($"http://127.0.0.1:{Port}/200", allowPrivate: true);

        await carrier.SendAsync(hook, Message, 1614265330, default);

        var (_, headers, body) = Assert.Single(_heard);
        Assert.Equal(Encoding.UTF8.GetString(Message.Body), body);
        Assert.Equal("application/cloudevents+json; charset=utf-8", headers.ContentType);
        Assert.Equal(("qabc:7", "1614265330"), (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString()));
        Assert.Equal(HookSignature.Sign(hook.Keys, Message.Id, 1614265330, Message.Body), headers["webhook-signature"]);
        Assert.False(headers.ContainsKey("traceparent"));
    }

    [Theory]
    [InlineData(302, false)]
    [InlineData(307, false)]
    [InlineData(400, false)]
    [InlineData(503, false)]
    [InlineData(410, true)]
    public async Task Whatever_is_no_success_is_none_and_no_redirect_is_followed(int status, bool isForGood)
    {
        using var carrier = new HookCarrier(OutsideAddresses.OfThisMachine());

        var failure = await Assert.ThrowsAsync<DeliveryException>(() => carrier.SendAsync(Hook($"http://127.0.0.1:{Port}/{status}", allowPrivate: true), Message, 0, default));

        Assert.Equal(isForGood, failure.IsForGood);
        Assert.Equal("/" + status, Assert.Single(_heard).Path);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("localhost")]
    public async Task No_way_to_write_this_machine_leads_to_it(string host)
    {
        using var carrier = new HookCarrier(OutsideAddresses.OfThisMachine());

        await Assert.ThrowsAsync<DeliveryException>(() => carrier.SendAsync(Hook($"http://{host}:{Port}/200", allowPrivate: false), Message, 0, default));

        Assert.Empty(_heard);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_for_a_connection_and_what_was_checked_is_connected_to()
    {
        // Whoever answers differently the second time finds nobody who asks a second time.
        var answers = new Queue<string>(["127.0.0.1", "169.254.169.254", "127.0.0.1"]);
        using var carrier = new HookCarrier(new OutsideAddresses((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())])));
        var url = $"http://hook.example.org:{Port}/200";

        await carrier.SendAsync(Hook(url, allowPrivate: true), Message, 0, default);
        Assert.Equal((2, 1), (answers.Count, _heard.Count));

        // The same name leads inside later: another connection is checked anew.
        await Assert.ThrowsAsync<DeliveryException>(() => carrier.SendAsync(Hook(url, allowPrivate: false), Message, 0, default));
        await Assert.ThrowsAsync<DeliveryException>(() => carrier.SendAsync(Hook(url, allowPrivate: false), Message, 0, default));
        Assert.Equal((0, 1), (answers.Count, _heard.Count));
    }

    private static HookEndpoint Hook(string url, bool allowPrivate) => new("h", new Uri(url), [[.. Enumerable.Repeat((byte)7, 32)]]) { AllowPrivate = allowPrivate };
}
