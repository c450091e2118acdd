using System.Collections.Concurrent;
using Feedback.Domain.Organisation;
using Feedback.Domain.Windows;
using Feedback.Grains.Windows;
using Xunit;

namespace Feedback.Grains.Tests.Programs;

/// <summary>What clients sent, and what they were told: every acknowledgement of one claim must be the same.</summary>
internal sealed class Sent
{
    // Answers to calls that nobody waits for any more come in at any time, beside the program's own steps.
    private readonly ConcurrentDictionary<string, WindowClaim> _claims = new();
    private readonly ConcurrentDictionary<string, (long Version, string Digest)> _acknowledged = new();

    /// <summary>Everything that was ever sent, by key.</summary>
    public IReadOnlyDictionary<string, WindowClaim> Claims => _claims;

    /// <summary>Versions of what was acknowledged, by key.</summary>
    public IEnumerable<(string Key, long Version)> Acknowledged => _acknowledged.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value.Version));

    /// <summary>Claims of which nobody knows whether they are stored.</summary>
    public IEnumerable<WindowClaim> Unknown => _claims.Where(one => !_acknowledged.ContainsKey(one.Key)).Select(one => one.Value);

    /// <summary>What makes a claim itself.</summary>
    public static string KeyOf(WindowClaim claim) => claim switch
    {
        EvaluationClaim { Evaluation: var said } => KeyOf(said.Window, said.Source, said.Id),
        MatterClaim matter => KeyOf(matter.At, matter.Source, "matter " + matter.Number),
        _ => throw new ArgumentException("No such claim."),
    };

    public static string KeyOf(NodeId window, string source, string id) => $"{window} {source} {id}";

    /// <summary>A claim goes out; one that went out before goes out as it was.</summary>
    public WindowClaim Send(WindowClaim claim) => _claims.GetOrAdd(KeyOf(claim), claim);

    /// <summary>An answer comes in.</summary>
    public void Hear(WindowClaim claim, ClaimResult result)
    {
        switch (result.Status)
        {
            case ClaimStatus.Accepted or ClaimStatus.Repeated:
                var receipt = (result.Version, result.Digest!);
                Assert.Equal(receipt, _acknowledged.TryGetValue(KeyOf(claim), out var first) ? first : receipt);
                _acknowledged[KeyOf(claim)] = receipt;
                break;
            case ClaimStatus.Refused:
                Assert.True(result.Refusal!.Retryable, $"{KeyOf(claim)}: {result.Refusal}");
                break;
            default:
                Assert.True(result.Status is ClaimStatus.Undecided or ClaimStatus.Elsewhere, $"{result.Status}");
                break;
        }
    }
}
