using Feedback.Domain.Organisation;
using Microsoft.Extensions.Logging;

namespace Feedback.Grains.Windows;

/// <summary>What is logged about a window's intake.</summary>
internal sealed partial class WindowIntake
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Window {Window} could not take a claim; the others are not touched by it.")]
    private static partial void CouldNotTake(ILogger log, NodeId window, Exception why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Window {Window} is read anew from the journal before it takes more.")]
    private static partial void MustBeReadAnew(ILogger log, NodeId window, Exception why);
}
