using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Feedback.Silo.Telemetry;

/// <summary>
/// Exports a log record's words without the values in them, and of an exception its kind and its way through the code
/// without what it says. The console of the machine still tells both.
/// </summary>
internal sealed class LogScrubber : BaseProcessor<LogRecord>
{
    private const string Template = "{OriginalFormat}";

    /// <inheritdoc/>
    public override void OnEnd(LogRecord data)
    {
        var words = data.Attributes?.FirstOrDefault(attribute => attribute.Key == Template).Value as string;
        data.Body = words ?? data.CategoryName;
        data.FormattedMessage = null;
        data.Attributes = data.Exception is null ? null :
        [
            new("exception.type", data.Exception.GetType().FullName),
            new("exception.stacktrace", data.Exception.StackTrace),
        ];
        data.Exception = null;
    }
}
