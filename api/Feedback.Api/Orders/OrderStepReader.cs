using System.Collections.Frozen;
using System.Text.Json;
using Feedback.Api.Cases;
using Feedback.Api.Intake;
using Feedback.Domain.Personal.FreeText;

namespace Feedback.Api.Orders;

/// <summary>Reads what the city gives for a step: some of what the office may give.</summary>
internal static class OrderStepReader
{
    private static readonly FrozenSet<string> Theirs = FrozenSet.Create("lead", "assisting", "reached", "solved", "grade", "granted", "reason", "words");

    /// <summary>Reads it; every member is known, given once, and of the right shape, or refused by name.</summary>
    /// <exception cref="RefusedException">A member cannot be taken.</exception>
    public static (string? Id, StepInput Input) Read(JsonElement body)
    {
        var (id, input) = StepReader.Read(body, Theirs.Contains);
        // The city's own people would look in vain for what the mask takes out of a reason: they are told at once.
        return input.Reason is { } reason && CodeScan.TellsOfPerson(reason) ? throw Members.Refuse("member-personal", "reason") : (id, input);
    }
}
