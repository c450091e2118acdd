using System.Diagnostics.Metrics;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Windows;

namespace Feedback.Api.Intake;

/// <summary>Counts what became of every item that was pushed; every refusal under its reason.</summary>
internal sealed class IntakeMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Feedback.Intake";

    private const string Outcome = "feedback.intake.outcome";
    private static readonly KeyValuePair<string, object?> Accepted = new(Outcome, "accepted");
    private static readonly KeyValuePair<string, object?> Duplicate = new(Outcome, "duplicate");
    private static readonly KeyValuePair<string, object?> Rejected = new(Outcome, "rejected");

    private readonly Counter<long> _events;

    public IntakeMeter(IMeterFactory meters) => _events = meters.Create(Name).CreateCounter<long>(
        "feedback.intake.events", "{event}", "Events pushed, by what became of them; those not taken also by reason.");

    public void Count(ClaimResult[] results)
    {
        if (!_events.Enabled)
            return;
        int accepted = 0, duplicates = 0;
        foreach (var result in results)
        {
            switch (result.Status)
            {
                case ClaimStatus.Accepted: accepted++; break;
                case ClaimStatus.Repeated: duplicates++; break;
                default: Count(PushAnswer.RefusalOf(result)); break;
            }
        }

        if (accepted > 0)
            _events.Add(accepted, Accepted);
        if (duplicates > 0)
            _events.Add(duplicates, Duplicate);
    }

    public void Count(Refusal refusal) => _events.Add(1, Rejected, new KeyValuePair<string, object?>("error.type", refusal.Code));
}
