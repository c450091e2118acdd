using System.Text;
using Feedback.Api.Live;
using Feedback.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Api.Tests.Live;

/// <summary>Whose session or token has ended sees nothing that comes later.</summary>
public sealed class LiveEndTests
{
    [Fact]
    public async Task What_came_after_a_wait_is_written_only_to_whoever_may_still_look()
    {
        var clock = new FakeTimeProvider();
        using var body = new MemoryStream();
        var http = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddSingleton<IHostApplicationLifetime, NeverEnding>().BuildServiceProvider(),
            Response = { Body = body },
        };
        var (came, asked) = (0, 0);

        await LiveEndpoint.StreamAsync(http, (_, patience, _) =>
        {
            // The first at once, the others at the very end of the wait.
            Assert.InRange(patience, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(3));
            if (came > 0)
                clock.Advance(patience);
            came++;
            return Task.FromResult<(string, string)?>(($"m{came}", $"{{\"n\":{came}}}"));
        }, () => Task.FromResult(++asked < 2));

        Assert.Equal((3, 2), (came, asked));
        Assert.Equal("id: m1\nevent: figures\ndata: {\"n\":1}\n\nid: m2\nevent: figures\ndata: {\"n\":2}\n\n", Encoding.UTF8.GetString(body.ToArray()));
    }

    [Fact]
    public async Task A_viewer_stays_while_the_silo_that_knew_the_figures_goes_and_gets_them_from_the_next()
    {
        var clock = new FakeTimeProvider();
        using var body = new MemoryStream();
        using var gone = new CancellationTokenSource();
        var http = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddSingleton<IHostApplicationLifetime, NeverEnding>().BuildServiceProvider(),
            Response = { Body = body },
            RequestAborted = gone.Token,
        };
        Queue<Exception?> falls = new([null, new SiloUnavailableException("gone"), new TimeoutException("silent"), null]);

        var streaming = LiveEndpoint.StreamAsync(http, async (_, _, end) =>
        {
            if (falls.Count == 0)
                await gone.CancelAsync();
            end.ThrowIfCancellationRequested();
            return falls.Dequeue() is { } fall ? throw fall : ($"m{falls.Count}", "{}");
        });
        await Wait.UntilAsync("the viewer has left", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(streaming.IsCompleted);
        });

        await streaming;
        Assert.Equal(
            "id: m3\nevent: figures\ndata: {}\n\n: still here\n\n: still here\n\nid: m0\nevent: figures\ndata: {}\n\n", Encoding.UTF8.GetString(body.ToArray()));
    }

    private sealed class NeverEnding : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
        }
    }
}
