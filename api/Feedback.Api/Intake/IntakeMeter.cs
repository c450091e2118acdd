using System.Diagnostics.Metrics;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Windows;

namespace Feedback.Api.Intake;

/// <summary>Counts what became of every item that was pushed; every refusal under its reason.</summary>
internal sealed class IntakeMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Feedback.Intake";

    private readonly Counter<long> _accepted;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _rejected;

    public IntakeMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _accepted = meter.CreateCounter<long>("feedback.intake.accepted", "{event}", "Events stored for the first time.");
        _repeated = meter.CreateCounter<long>("feedback.intake.repeated", "{event}", "Events sent again that were stored before.");
        _rejected = meter.CreateCounter<long>("feedback.intake.rejected", "{event}", "Events not taken, by reason.");
    }

    public void Count(ClaimResult[] results)
    {
        var accepted = 0;
        foreach (var result in results)
        {
            switch (result.Status)
            {
                case ClaimStatus.Accepted: accepted++; break;
                case ClaimStatus.Repeated: _repeated.Add(1); break;
                default: Count(PushAnswer.RefusalOf(result)); break;
            }
        }

        if (accepted > 0)
            _accepted.Add(accepted);
    }

    public void Count(Refusal refusal) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", refusal.Code));
}
