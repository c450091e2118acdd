using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Seeds.Demo.Cases;

namespace Feedback.Seeds.Simulation;

/// <summary>
/// Citizens who file something now and then over the open form, as from a telephone: complaints, suggestions, questions, thanks. They
/// come as a Poisson process. What a server that is away does not take is not filed.
/// </summary>
/// <param name="http">With the server's address.</param>
/// <param name="place">The windows that it is about.</param>
/// <param name="perHour">How many file something in an hour on average; more than 0.</param>
/// <param name="seed">The same seed tells the same matters.</param>
/// <param name="clock">The time of pauses.</param>
public sealed class SimulatedCitizens(HttpClient http, SimulatedPlace place, double perHour, int seed, TimeProvider clock)
{
    private const string Form = "/file";

    private readonly Random _random = new(seed ^ 0xc171);
    private long _filed;

    /// <summary>How many were taken so far.</summary>
    public long Filed => Interlocked.Read(ref _filed);

    /// <summary>Files until it is stopped.</summary>
    /// <param name="stop">Stops, at once.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromHours(-Math.Log(1 - _random.NextDouble()) / perHour), clock, stop);
                await FileAsync(Draw(), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private Dictionary<string, string> Draw()
    {
        var (kind, phrases) = _random.Next(10) switch
        {
            < 5 => (CaseKind.Complaint, CasePhrases.Complaints),
            < 7 => (CaseKind.Suggestion, CasePhrases.Suggestions),
            < 9 => (CaseKind.Question, CasePhrases.Questions),
            _ => (CaseKind.Praise, CasePhrases.Praises),
        };
        var phrase = phrases[_random.Next(phrases.Length)];
        return new()
        {
            ["kind"] = kind.Word(),
            ["place"] = place.Windows[_random.Next(place.Windows.Length)].Id,
            ["words"] = phrase.Said,
            ["category"] = phrase.Category ?? "",
            ["contact"] = _random.Next(10) < 7 ? Contacts.Of(_random) : "",
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"s{clock.GetUtcNow().ToUnixTimeMilliseconds()}-{_random.Next(1_000_000):000000}"),
        };
    }

    private async Task FileAsync(Dictionary<string, string> fields, CancellationToken stop)
    {
        try
        {
            using var form = new FormUrlEncodedContent(fields);
            using var answer = await http.PostAsync(Form, form, stop);
            if ((int)answer.StatusCode < 400)
                Interlocked.Increment(ref _filed);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            // Nobody answered; somebody else tries another time.
        }
    }
}
