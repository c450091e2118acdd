using System.Text.Json;
using Feedback.Api.Bodies;
using Feedback.Api.Intake;
using Feedback.Domain.Time;
using Feedback.Grains.Cases;

namespace Feedback.Api.Orders;

/// <summary>An order of the city's hotline as it was sent.</summary>
/// <param name="Number">The city's number.</param>
/// <param name="Node">The id, the path or the name of the receiving unit (承办单位).</param>
/// <param name="Words">What the citizen says.</param>
internal sealed record OrderItem(string Number, string Node, string Words)
{
    /// <summary>The longest number of an order, in characters.</summary>
    public const int LongestNumber = 64;

    private const int LongestPath = 512;
    private const int LongestCode = 64;
    private const int LongestContact = 500;

    /// <summary>When the city sent it, from which its clocks run; null when it does not say.</summary>
    public Moment? SentAt { get; init; }

    /// <summary>The code of a category; null for none yet.</summary>
    public string? Category { get; init; }

    /// <summary>How the citizen can be reached; null for an anonymous one.</summary>
    public string? Contact { get; init; }

    /// <summary>The citizen's language; null when nobody knows.</summary>
    public string? Language { get; init; }

    /// <summary>How long the order may take, such as <c>5wd</c>; null for what the policies say.</summary>
    public string? Limit { get; init; }

    /// <summary>Until when it must be done, instead of a limit.</summary>
    public Moment? Due { get; init; }

    /// <summary>Whether a text can be the number of an order: letters, digits, hyphens, dots, low lines and brackets.</summary>
    public static bool IsNumber(string text) =>
        text.Length is > 0 and <= LongestNumber && text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '.' or '_' or '(' or ')' or '（' or '）' or '〔' or '〕');

    /// <summary>Reads an order; every member is known, given once, and of the right shape, or refused by name.</summary>
    /// <exception cref="RefusedException">A member cannot be taken.</exception>
    public static OrderItem Read(JsonElement body)
    {
        // No text that is taken is empty: what still is was left out.
        var order = new OrderItem("", "", "");
        BodyMembers.Each(body, (name, value) =>
        {
            if (With(order, name, value) is not { } more)
                return false;
            order = more;
            return true;
        });
        return order.Number.Length == 0 ? throw Members.Missing("number")
            : order.Node.Length == 0 ? throw Members.Missing("node")
            : order.Words.Length == 0 ? throw Members.Missing("words")
            : order is { Limit: not null, Due: not null } ? throw Members.Refuse("order-limit-twice", "due")
            : order;
    }

    /// <summary>The number that an item bears, so that it can be named where the rest cannot be read; null for none.</summary>
    public static string? NumberIn(JsonElement body)
    {
        try
        {
            return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("number", out var value) && value.ValueKind == JsonValueKind.String
                && value.GetString() is { } number && IsNumber(number) ? number : null;
        }
        catch (InvalidOperationException)
        {
            // Half a character is no text.
            return null;
        }
    }

    private static OrderItem? With(OrderItem order, string name, JsonElement value) => name switch
    {
        "number" => order with { Number = NumberOf(value) },
        "node" => order with { Node = Members.Text(value, name, LongestPath) },
        "words" => order with { Words = Members.Text(value, name, CaseRequest.LongestText, multiline: true) },
        "sentAt" => order with { SentAt = OptionalMember.Time(value, name) },
        "category" => order with { Category = OptionalMember.Code(value, name, LongestCode) },
        "contact" => order with { Contact = OptionalMember.Text(value, name, LongestContact) },
        "language" => order with { Language = OptionalMember.Code(value, name, LongestCode) },
        "limit" => order with { Limit = OptionalMember.Text(value, name, LongestCode) is { } limit ? LimitOf(limit) : null },
        "due" => order with { Due = OptionalMember.Time(value, name) },
        _ => null,
    };

    private static string NumberOf(JsonElement value) =>
        Members.Text(value, "number", LongestNumber) is var number && IsNumber(number) ? number : throw Members.Refuse("order-number-unfit", "number");

    private static string LimitOf(string text) =>
        Domain.WorkingTime.Limit.TryParse(text, out _, out var refusal) ? text : throw new RefusedException(refusal);
}
