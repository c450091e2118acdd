namespace Feedback.Silo.Hosting;

/// <summary>The machine's clock: named here, at the composition root, and injected everywhere else.</summary>
internal static class RealClock
{
#pragma warning disable RS0030 // The one place that may.
    public static TimeProvider Instance { get; } = TimeProvider.System;
#pragma warning restore RS0030
}
