using Feedback.Domain.Time;

namespace Feedback.Api.Intake;

/// <summary>What a row gets from around it: the sender's default source, or a CloudEvent's identity and time.</summary>
/// <param name="Source">The source when the body names none.</param>
/// <param name="Id">A CloudEvent's id; null for plain bodies.</param>
/// <param name="OccurredAt">A CloudEvent's time; null for plain bodies.</param>
internal readonly record struct Envelope(string? Source, string? Id = null, Moment? OccurredAt = null)
{
    public bool IsCloudEvent => Id is not null;
}
