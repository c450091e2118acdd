using Microsoft.Extensions.Logging;

namespace Feedback.Storage.Schema;

/// <summary>Tells the operator, once per start, of a database that a newer release has brought further.</summary>
internal static partial class SchemaNotice
{
    /// <summary>Tells it, where there is anything to tell.</summary>
    public static void Tell(ILogger log, string? notice)
    {
        if (notice is not null)
            Newer(log, notice);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Notice}")]
    private static partial void Newer(ILogger log, string notice);
}
