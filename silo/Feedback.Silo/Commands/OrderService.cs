using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Hotline;
using Feedback.Api.Orders;
using Feedback.Domain.Cases;
using Feedback.Domain.Time;
using Feedback.Seeds.Import;
using Feedback.Seeds.Import.Orders;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>What became of a list of orders that was sent.</summary>
/// <param name="Opened">Orders that opened a case.</param>
/// <param name="Repeated">Orders that were there already.</param>
/// <param name="Refused">Orders that the service did not take.</param>
internal sealed record SentOrders(int Opened, int Repeated, ImmutableArray<RowError> Refused);

/// <summary>A service that runs and takes orders.</summary>
internal sealed class OrderService : IDisposable
{
    private const int AtOnce = 100;
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;

    public OrderService(Uri address, string token, CultureInfo culture)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(culture.TwoLetterISOLanguageName == "zh" ? "zh-CN" : "en");
    }

    /// <summary>Sends orders, batch by batch. What may be sent again is sent again.</summary>
    /// <exception cref="UsageException">The service does not answer, or takes no orders from this token.</exception>
    public async Task<SentOrders> SendAsync(IReadOnlyList<ReadOrder> orders, CancellationToken cancellation)
    {
        var (opened, repeated, refused) = (0, 0, ImmutableArray.CreateBuilder<RowError>());
        var (waiting, attempt) = (orders.ToList(), 1);
        while (waiting.Count > 0)
        {
            var batch = waiting.Take(AtOnce).ToList();
            waiting.RemoveRange(0, batch.Count);
            var answer = await PostAsync(batch, cancellation);
            (opened, repeated) = (opened + answer.Opened, repeated + answer.Repeated);
            var again = answer.Rejected.Where(one => (bool?)one.Problem["retryable"] == true).Select(one => batch[one.Index]).ToList();
            refused.AddRange(answer.Rejected.Where(one => (bool?)one.Problem["retryable"] != true || attempt >= Attempts).Select(one => Told(batch[one.Index], one.Problem)));
            if (again.Count == 0 || attempt >= Attempts)
                continue;
            attempt++;
            waiting.AddRange(again);
            await Task.Delay(Pause, RealClock.Instance, cancellation);
        }

        return new SentOrders(opened, repeated, [.. refused.OrderBy(error => error.Row)]);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Tells the city's own list of a month's orders with its results, in place of what was told before.</summary>
    /// <exception cref="UsageException">The service does not answer, or does not take the list.</exception>
    public Task<ToldHotlineFigures> TellAsync(string node, string month, IReadOnlyDictionary<string, OrderResults> results, CancellationToken cancellation) =>
        AskAsync<ToldHotlineFigures>(
            () => _http.PutAsJsonAsync(
                new Uri($"/api/v1/hotline-figures/{Uri.EscapeDataString(node)}/{Uri.EscapeDataString(month)}", UriKind.Relative),
                results.Select(order => new ListedOrderBody(order.Key, OrderResults.Words.Index().ToDictionary(word => word.Item, word => order.Value[word.Index]))),
                JsonSerializerOptions.Web, cancellation),
            cancellation);

    private Task<OrderBatch> PostAsync(IReadOnlyList<ReadOrder> batch, CancellationToken cancellation) => AskAsync<OrderBatch>(
        () => _http.PostAsJsonAsync(new Uri("/api/v1/orders", UriKind.Relative), batch.Select(BodyOf), JsonSerializerOptions.Web, cancellation), cancellation);

    private async Task<T> AskAsync<T>(Func<Task<HttpResponseMessage>> ask, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var answer = await ask();
                if (answer.IsSuccessStatusCode)
                    return (await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellation))!;
                if (attempt >= Attempts || answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                    throw new UsageException($"The service refused the orders: {await TitleOfAsync(answer, cancellation)} What was taken before stays; send the same list again.");
            }
            catch (HttpRequestException e) when (attempt >= Attempts)
            {
                throw new UsageException($"The service at {_http.BaseAddress} does not answer: {e.Message} What was taken before stays; send the same list again.");
            }
            catch (HttpRequestException)
            {
                // It may be starting.
            }

            await Task.Delay(Pause, RealClock.Instance, cancellation);
        }
    }

    private static OrderBody BodyOf(ReadOrder order) => new(
        order.Number, order.Node, order.Words, TimeOf(order.At), order.Category, order.Contact, null, order.Limit, order.Due is { } due ? TimeOf(due) : null);

    private static DateTimeOffset TimeOf(Moment moment) => DateTimeOffset.FromUnixTimeMilliseconds(moment.UtcMilliseconds);

    private static RowError Told(ReadOrder order, JsonNode problem) => new(order.Row, null, order.Number, (string?)problem["title"] ?? "", "");

    private static async Task<string> TitleOfAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        try
        {
            return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation))?["title"] ?? $"{(int)answer.StatusCode}.";
        }
        catch (JsonException)
        {
            return $"{(int)answer.StatusCode}.";
        }
    }
}
