using Feedback.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Feedback.Api.Tests.Health;

public sealed class QuietLoggingTests
{
    [Fact]
    public void A_web_server_that_was_held_up_for_a_moment_says_nothing_and_one_that_fails_does()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddQuietLogging();
        using var host = builder.Build();

        var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Server.Kestrel");

        Assert.False(log.IsEnabled(LogLevel.Warning));
        Assert.True(log.IsEnabled(LogLevel.Error));
    }
}
