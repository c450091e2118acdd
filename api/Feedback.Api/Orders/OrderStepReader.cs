using System.Text.Json;
using Feedback.Api.Cases;
using Feedback.Api.Intake;
using Feedback.Grains.Cases;

namespace Feedback.Api.Orders;

/// <summary>Reads what the city gives for a step.</summary>
internal static class OrderStepReader
{
    private const int LongestId = 100;
    private const int LongestPath = 512;
    private const int LongestReason = 500;
    private const int MostUnits = 20;

    /// <summary>Reads it; every member is known, given once, and of the right shape, or refused by name.</summary>
    /// <exception cref="RefusedException">A member cannot be taken.</exception>
    public static (StepInput Input, string? RequestId) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Members.Refuse("object-expected");
        var (given, input, id) = (new HashSet<string>(StringComparer.Ordinal), new StepInput(), (string?)null);
        foreach (var member in body.EnumerateObject())
        {
            var (name, value) = (Members.NameOf(member), member.Value);
            if (!given.Add(name))
                throw Members.Refuse("member-twice", name);
            if (name == "id")
            {
                id = Members.Text(value, name, LongestId);
                continue;
            }

            input = name switch
            {
                "lead" => input with { Lead = Members.Text(value, name, LongestPath) },
                "assisting" => input with { Assisting = UnitsOf(value) },
                "reached" => input with { Reached = Yes(value, name) },
                "solved" => input with { Solved = value.ValueKind == JsonValueKind.Null ? null : Yes(value, name) },
                "grade" => input with { Grade = value.ValueKind == JsonValueKind.Null ? null : (int)Members.Grade(value, name) },
                "granted" => input with { Granted = Yes(value, name) },
                "reason" => input with { Reason = Members.Code(value, name, LongestReason) },
                "words" => input with { Words = Members.Text(value, name, CaseRequest.LongestText, multiline: true) },
                _ => throw Members.Refuse("member-unknown", name),
            };
        }

        return (input, id);
    }

    private static List<string> UnitsOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            throw Members.Refuse("list-expected", "assisting");
        if (value.GetArrayLength() > MostUnits)
            throw Members.Refuse("list-too-long", "assisting", $"{MostUnits}");
        return [.. value.EnumerateArray().Select((unit, i) => Members.Text(unit, $"assisting[{i}]", LongestPath))];
    }

    private static bool Yes(JsonElement value, string field) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Members.Refuse("flag-invalid", field);
}
