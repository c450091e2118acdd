using System.Text.Json.Nodes;
using Feedback.Domain.Platform;
using Feedback.Grains.Notices;
using Feedback.Grains.Platform;
using Feedback.Grains.Tests.Support;

namespace Feedback.Grains.Tests.Platform;

/// <summary>
/// A platform that takes what it gets, and whatever a key brought already once only. It outlives the silos, and so remembers what it heard.
/// </summary>
internal sealed class FakePlatform : IPlatformCarrier
{
    private readonly HashSet<string> _keys = [];

    /// <summary>Every request.</summary>
    public List<(string Key, string Body)> Requests { get; } = [];

    /// <summary>What it has, by identity.</summary>
    public Dictionary<string, (string Kind, JsonNode Data)> Items { get; } = [];

    /// <summary>Items that came as new although it had them already.</summary>
    public List<string> Doubles { get; } = [];

    /// <summary>What it answers, told the number of the request from 1; an answer other than 2xx takes nothing. Null for 200.</summary>
    public Func<int, PlatformAnswer?>? Answers { get; set; }

    /// <summary>What it says when it is asked about a day; null for what it has of it.</summary>
    public Func<DateOnly, long>? Counts { get; set; }

    /// <summary>The days that it was asked about.</summary>
    public List<DateOnly> Asked { get; } = [];

    /// <summary>Holds requests before they are heard; null for none.</summary>
    public Gate? Held { get; set; }

    public async Task<PlatformAnswer> SendAsync(byte[] body, string key, long timestamp, CancellationToken cancellation)
    {
        if (Held is { } held)
            await held.PassAsync();
        var text = System.Text.Encoding.UTF8.GetString(body);
        Requests.Add((key, text));
        var answer = Answers?.Invoke(Requests.Count) ?? new PlatformAnswer(200, []);
        if (!answer.IsTaken)
            return answer;
        if (_keys.Add(key))
        {
            foreach (var item in JsonNode.Parse(text)!["items"]!.AsArray().Where(item => answer.Rejected.All(one => one.Id != (string)item!["id"]!)))
                Take(item!);
        }

        return answer;
    }

    public Task<IReadOnlyDictionary<PlatformKind, long>> CountsAsync(DateOnly day, CancellationToken cancellation)
    {
        Asked.Add(day);
        return Counts is null
            ? throw new DeliveryException("it answers 404 when asked for its counts")
            : Task.FromResult<IReadOnlyDictionary<PlatformKind, long>>(new Dictionary<PlatformKind, long> { [PlatformKind.Evaluations] = Counts(day) });
    }

    private void Take(JsonNode item)
    {
        var id = (string)item["id"]!;
        if (Items.ContainsKey(id) && (string)item["change"]! == "new")
            Doubles.Add(id);
        Items[id] = ((string)item["kind"]!, item["data"]!.DeepClone());
    }
}
