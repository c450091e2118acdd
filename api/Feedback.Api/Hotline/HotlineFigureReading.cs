using System.Text.Json;
using Feedback.Api.Bodies;
using Feedback.Api.Intake;
using Feedback.Api.Orders;
using Feedback.Domain.Cases;
using Feedback.Domain.Hotline;

namespace Feedback.Api.Hotline;

/// <summary>Reads the city's figures; every member is known, given once, and of the right shape, or refused by name.</summary>
internal static class HotlineFigureReading
{
    private const int LongestNumber = OrderItem.LongestNumber;

    /// <summary>Reads counts, or a list of orders.</summary>
    /// <exception cref="RefusedException">Something cannot be taken.</exception>
    public static HotlineFigures Read(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.Array => ListedIn(body),
        JsonValueKind.Object => CountedIn(body),
        _ => throw Members.Refuse("object-expected"),
    };

    private static HotlineFigures CountedIn(JsonElement body)
    {
        long? orders = null;
        Dictionary<string, HotlineCount>? results = null;
        BodyMembers.Each(body, (name, value) =>
        {
            switch (name)
            {
                case "orders": orders = Count(value, name); break;
                case "results": results = WordsIn(value, name, CountIn); break;
                default: return false;
            }

            return true;
        });
        var (figures, refusal) = HotlineFigures.Counted(orders ?? throw Members.Missing("orders"), results ?? throw Members.Missing("results"));
        return figures ?? throw new RefusedException(refusal!);
    }

    private static HotlineFigures ListedIn(JsonElement body)
    {
        if (body.GetArrayLength() > HotlineFigures.MostListed)
            throw Members.Refuse("too-many", null, $"{HotlineFigures.MostListed}");
        var listed = new Dictionary<string, OrderResults>(StringComparer.Ordinal);
        foreach (var (index, order) in body.EnumerateArray().Index())
        {
            var (number, results) = OrderIn(order, $"[{index}]");
            if (!listed.TryAdd(number, results))
                throw Members.Refuse("order-number-twice", $"[{index}].number", number);
        }

        return HotlineFigures.OrderByOrder(listed);
    }

    private static (string Number, OrderResults Results) OrderIn(JsonElement order, string place)
    {
        string? number = null;
        Dictionary<string, bool> results = [];
        BodyMembers.Each(
            order,
            (name, value) =>
            {
                var field = $"{place}.{name}";
                switch (name)
                {
                    case "number": number = Members.Text(value, field, LongestNumber) is var text && OrderItem.IsNumber(text) ? text : throw Members.Refuse("order-number-unfit", field); break;
                    case "results" when value.ValueKind == JsonValueKind.Null: break;
                    case "results": results = WordsIn(value, field, OptionalMember.Flag).Where(one => one.Value is not null).ToDictionary(one => one.Key, one => one.Value!.Value); break;
                    default: return false;
                }

                return true;
            },
            place);
        return (number ?? throw Members.Missing($"{place}.number"), OrderResults.Of(results));
    }

    // The names are words, which the city takes from a list.
    private static Dictionary<string, T> WordsIn<T>(JsonElement value, string field, Func<JsonElement, string, T> read)
    {
        var words = new Dictionary<string, T>(StringComparer.Ordinal);
        BodyMembers.Each(
            value,
            (word, one) =>
            {
                if (!OrderResults.Words.Contains(word))
                    throw Members.Refuse("hotline-result-unknown", field, word);
                words.Add(word, read(one, $"{field}.{word}"));
                return true;
            },
            field);
        return words;
    }

    private static HotlineCount CountIn(JsonElement value, string field)
    {
        (long? yes, long? of) = (null, null);
        BodyMembers.Each(
            value,
            (name, count) =>
            {
                switch (name)
                {
                    case "yes": yes = Count(count, $"{field}.{name}"); break;
                    case "of": of = Count(count, $"{field}.{name}"); break;
                    default: return false;
                }

                return true;
            },
            field);
        return new HotlineCount(yes ?? throw Members.Missing($"{field}.yes"), of ?? throw Members.Missing($"{field}.of"));
    }

    private static long Count(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count is >= 0 and <= HotlineFigures.MostOrders ? count
        : throw Members.Refuse("count-invalid", field, $"0–{HotlineFigures.MostOrders}");
}
