using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Feedback.Api.Tests.Platform;

/// <summary>A platform on this machine that answers as it is told.</summary>
internal sealed class PlatformReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PlatformReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Every request.</summary>
    public ConcurrentQueue<(string Path, IHeaderDictionary Headers, string Body)> Heard { get; } = new();

    /// <summary>The items of every body, by identity.</summary>
    public ConcurrentDictionary<string, JsonNode> Items { get; } = new();

    /// <summary>What it answers: the status, and the body.</summary>
    public Func<HttpContext, (int Status, string Body)> Answers { get; set; } = _ => (200, "");

    /// <summary>In which encoding it answers, although it says that it is JSON.</summary>
    public Encoding Encoding { get; set; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Whether it hears and never answers.</summary>
    public bool Hangs { get; set; }

    public string Url => _app.Urls.Single();

    public static async Task<PlatformReceiver> StartAsync()
    {
        var receiver = new PlatformReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var body = await new StreamReader(http.Request.Body).ReadToEndAsync();
        Heard.Enqueue((string.Create(CultureInfo.InvariantCulture, $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}"), new HeaderDictionary(http.Request.Headers.ToDictionary()), body));
        if (Hangs)
        {
            await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        var (status, text) = Answers(http);
        if (status == 200 && body.Length > 0)
        {
            foreach (var item in JsonNode.Parse(body)!["items"]?.AsArray() ?? [])
                Items[(string)item!["id"]!] = item.DeepClone();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(Encoding.GetBytes(text));
    }
}
