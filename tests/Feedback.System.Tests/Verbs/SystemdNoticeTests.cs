using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Feedback.TestSupport;
using Feedback.TestSupport.Running;
using Xunit;

namespace Feedback.System.Tests.Verbs;

/// <summary>What a service manager is told.</summary>
public sealed class SystemdNoticeTests
{
    [Fact]
    public async Task It_is_told_when_the_service_is_ready_and_when_it_stops()
    {
        using var folder = new TemporaryFolder();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(folder["notify"]));
        var start = new ProcessStartInfo(FeedbackProcess.Executable, ["serve", "--data", folder["data"], "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            Environment = { ["NOTIFY_SOCKET"] = folder["notify"], ["FEEDBACK_POSTGRES"] = null },
        };
        using var service = Process.Start(start)!;
        try
        {
            Assert.Equal("READY=1", await HearAsync());
            _ = Signals.Send(service.Id, 15);
            Assert.Equal("STOPPING=1", await HearAsync());
            await service.WaitForExitAsync(patience.Token);
            Assert.Equal(0, service.ExitCode);
        }
        finally
        {
            if (!service.HasExited)
                service.Kill();
        }

        async Task<string> HearAsync()
        {
            var buffer = new byte[256];
            return Encoding.UTF8.GetString(buffer, 0, await manager.ReceiveAsync(buffer, patience.Token)).Split('\n')[0];
        }
    }
}
