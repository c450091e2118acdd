using System.Diagnostics.Metrics;
using Feedback.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Feedback.Api.Tests.Charts;

public sealed class ChartDrawingTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ChartDrawing _drawing;

    public ChartDrawingTests() => _drawing = new ChartDrawing(_services.GetRequiredService<IMeterFactory>(), Wait.Clock);

    public void Dispose()
    {
        _drawing.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task No_thread_that_pushes_wait_for_draws()
    {
        var drawnByPool = true;
        await DrawAsync(() =>
        {
            drawnByPool = Thread.CurrentThread.IsThreadPoolThread;
            return [];
        });

        Assert.False(drawnByPool);
    }

    [Fact]
    public async Task As_many_are_drawn_at_a_time_as_there_are_processors_and_the_others_wait()
    {
        using var mayEnd = new ManualResetEventSlim();
        using var begun = new SemaphoreSlim(0);
        var first = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => DrawAsync(() =>
        {
            begun.Release();
            mayEnd.Wait();
            return [];
        })).ToList();
        foreach (var _ in first)
            await begun.WaitAsync();

        var others = Enumerable.Range(0, 20).Select(_ => DrawAsync(() => [mayEnd.IsSet ? (byte)1 : (byte)0])).ToList();
        mayEnd.Set();

        Assert.All(await Task.WhenAll(others), drawn => Assert.Equal([1], drawn));
        await Task.WhenAll(first);
    }

    [Fact]
    public async Task What_could_not_be_drawn_takes_no_place()
    {
        for (var i = 0; i <= Environment.ProcessorCount; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => DrawAsync(() => throw new InvalidOperationException()));

        Assert.Equal([1], await DrawAsync(() => [1]));
    }

    private Task<byte[]> DrawAsync(Func<byte[]> draw) => _drawing.DrawAsync("trend", "png", draw);
}
