using System.Globalization;
using Feedback.Benchmarks.Servers;

namespace Feedback.Benchmarks.Load;

/// <summary>Makes the requests of a measurement, in an order drawn from a fixed seed.</summary>
internal sealed class Requests(BenchAccess access, TimeProvider clock)
{
    private const int Variants = 6;
    private readonly EvaluationMix _mix = new(clock.GetUtcNow());

    /// <summary>The mean length of an evaluation's body in bytes.</summary>
    public int MeanBody { get; } = (int)Sample(new EvaluationMix(clock.GetUtcNow())).Average(
        System.Text.Encoding.UTF8.GetByteCount);

    /// <summary>One evaluation per request, over all windows.</summary>
    public RequestBook Single(string path)
    {
        var templates = Windows().SelectMany(window => Enumerable.Range(0, Variants).Select(_ =>
            new RequestTemplate(Head("POST", path), [_mix.Draw(window.Id, window.Number)], isBatch: false))).ToArray();
        new Random(7).Shuffle(templates);
        return new RequestBook(templates);
    }

    /// <summary>Evaluations of one channel, one per request, over all windows.</summary>
    public RequestBook OfChannel(string path, string channel)
    {
        var templates = Windows().Select(window =>
            new RequestTemplate(Head("POST", path), [_mix.Draw(window.Id, window.Number, channel)], isBatch: false)).ToArray();
        new Random(11).Shuffle(templates);
        return new RequestBook(templates);
    }

    /// <summary>Arrays of evaluations, each spread over the windows of one hall.</summary>
    public RequestBook Batches(string path, int size)
    {
        var number = 0;
        var templates = new List<RequestTemplate>();
        foreach (var hall in access.Halls)
        {
            var first = number;
            for (var variant = 0; variant < Variants; variant++)
            {
                // Each variant begins where the one before ended, so that every window gets its share.
                var bodies = Enumerable.Range(variant * size, size).Select(i => i % hall.Length).Select(i => _mix.Draw(hall[i], first + i));
                templates.Add(new RequestTemplate(Head("POST", path), [.. bodies], isBatch: true));
            }

            number += hall.Length;
        }

        var inTurn = templates.ToArray();
        new Random(13).Shuffle(inTurn);
        return new RequestBook(inTurn);
    }

    /// <summary>The question for the figures of the whole, over all days that the load may fall on.</summary>
    public byte[] Figures()
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var period = string.Create(CultureInfo.InvariantCulture, $"from={today.AddDays(-1):yyyy-MM-dd}&to={today.AddDays(3):yyyy-MM-dd}");
        return Get($"/api/v1/satisfaction?node={access.Root}&{period}&by=total");
    }

    /// <summary>A question.</summary>
    public byte[] Get(string path) => System.Text.Encoding.ASCII.GetBytes(Head("GET", path) + "\r\n");

    private static IEnumerable<string> Sample(EvaluationMix mix) => Enumerable.Range(0, 1000).Select(number => mix.Draw("n1000", number));

    private IEnumerable<(string Id, int Number)> Windows() =>
        access.Halls.SelectMany(hall => hall).Select((window, number) => (window, number));

    private string Head(string method, string path) =>
        $"{method} {path} HTTP/1.1\r\nHost: bench\r\nX-Device-Key: {access.DeviceKey}\r\nAuthorization: Bearer {access.Token}\r\n";
}
