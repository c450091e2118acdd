using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging.Console;

namespace Feedback.Silo.Hosting;

/// <summary>Speaks with systemd: tells when the service is ready and when it stops, and marks log lines with their severity.</summary>
internal static class ServiceManager
{
    /// <summary>
    /// Adds that when a service manager wants to be told. The library itself would look at the name of the parent process,
    /// which a hardened unit may not see.
    /// </summary>
    public static void AddServiceManager(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOTIFY_SOCKET")))
            return;
        builder.Services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        builder.Services.AddSingleton<IHostLifetime, SystemdLifetime>();
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.FormatterName = ConsoleFormatterNames.Systemd);
    }
}
