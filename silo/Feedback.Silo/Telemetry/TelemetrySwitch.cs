namespace Feedback.Silo.Telemetry;

/// <summary>
/// What is told to a collector, decided by OpenTelemetry's standard environment variables alone: a signal is exported
/// when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> or its own endpoint is set, or its exporter is <c>otlp</c>; not when its exporter
/// is <c>none</c> or <c>OTEL_SDK_DISABLED</c> is true.
/// </summary>
/// <param name="Traces">Whether spans are exported.</param>
/// <param name="Metrics">Whether metrics are exported.</param>
/// <param name="Logs">Whether log records are exported.</param>
internal sealed record TelemetrySwitch(bool Traces, bool Metrics, bool Logs)
{
    /// <summary>Whether anything is exported.</summary>
    public bool IsOn => Traces || Metrics || Logs;

    /// <summary>Reads the environment variables.</summary>
    public static TelemetrySwitch Read(IConfiguration environment)
    {
        return new TelemetrySwitch(IsExported("TRACES"), IsExported("METRICS"), IsExported("LOGS"));

        bool IsExported(string signal)
        {
            if (Is("OTEL_SDK_DISABLED", "true") || Is($"OTEL_{signal}_EXPORTER", "none"))
                return false;
            return IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") || Is($"OTEL_{signal}_EXPORTER", "otlp");
        }

        bool IsSet(string name) => !string.IsNullOrWhiteSpace(environment[name]);

        bool Is(string name, string value) => string.Equals(environment[name]?.Trim(), value, StringComparison.OrdinalIgnoreCase);
    }
}
