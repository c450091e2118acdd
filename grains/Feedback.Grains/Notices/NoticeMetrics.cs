using System.Diagnostics.Metrics;

namespace Feedback.Grains.Notices;

/// <summary>What became of messages about cases, under the meter <c>Feedback.Notices</c>.</summary>
internal sealed class NoticeMetrics(IMeterFactory meters)
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Feedback.Notices";

    private readonly Counter<long> _sent = meters.Create(MeterName)
        .CreateCounter<long>("feedback.notices.sent", "{message}", "Messages about cases, by their way and what became of them.");

    /// <summary>A message was tried.</summary>
    /// <param name="way"><c>mail</c> or <c>hook</c>.</param>
    /// <param name="outcome"><c>delivered</c>, <c>failed</c>, <c>given-up</c>, or <c>dropped</c> where nobody wants it any more.</param>
    public void Sent(string way, string outcome) =>
        _sent.Add(1, new KeyValuePair<string, object?>("feedback.notices.way", way), new KeyValuePair<string, object?>("feedback.notices.outcome", outcome));
}
