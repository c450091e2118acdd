using Feedback.Api.Health;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Feedback.Api.Tests.Health;

public sealed class DrainingTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ApplicationLifetime _host = new(NullLogger<ApplicationLifetime>.Instance);

    [Fact]
    public async Task A_server_that_is_told_to_stop_goes_on_for_its_span_first()
    {
        _host.NotifyStarted();

        var stopping = Span().StoppingAsync(CancellationToken.None);

        _clock.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.False(stopping.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await stopping;
    }

    [Fact]
    public void A_server_that_never_came_up_keeps_nobody_waiting() => Assert.True(Span().StoppingAsync(CancellationToken.None).IsCompletedSuccessfully);

    private Draining Span() => new(TimeSpan.FromSeconds(5), _host, _clock);
}
