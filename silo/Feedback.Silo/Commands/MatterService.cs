using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Feedback.Api.Matters.Told;
using Feedback.Domain.ServiceMatters;
using Feedback.Seeds.Import;
using Feedback.Seeds.Import.Matters;
using Feedback.Silo.Hosting;

namespace Feedback.Silo.Commands;

/// <summary>What became of a list of matters that was sent.</summary>
/// <param name="Accepted">Matters that were not there before.</param>
/// <param name="Moved">Matters that were there, and to which something happened.</param>
/// <param name="Unchanged">Matters of which the list told nothing new.</param>
/// <param name="Refused">Matters that the service did not take.</param>
internal sealed record SentMatters(int Accepted, int Moved, int Unchanged, ImmutableArray<RowError> Refused);

/// <summary>A service that runs and takes lists of matters.</summary>
internal sealed class MatterService : IDisposable
{
    private const int AtOnce = 100;
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;

    public MatterService(Uri address, string token, CultureInfo culture)
    {
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(culture.TwoLetterISOLanguageName == "zh" ? "zh-CN" : "en");
    }

    /// <summary>
    /// Sends a list, batch by batch. What was taken already changes nothing when it is sent again. Of a batch with a row that cannot be taken
    /// the service stores nothing: the others of it are sent once more without that.
    /// </summary>
    /// <param name="file">The list.</param>
    /// <param name="check">Only asks whether it can be taken.</param>
    /// <param name="cancellation">Stops between two batches; what is stored stays.</param>
    /// <exception cref="UsageException">The service does not answer, or takes no matters from this token.</exception>
    public async Task<SentMatters> SendAsync(MatterFile file, bool check, CancellationToken cancellation)
    {
        var (accepted, moved, unchanged, refused) = (0, 0, 0, ImmutableArray.CreateBuilder<RowError>());
        foreach (var batch in file.Matters.Chunk(AtOnce))
        {
            var left = batch;
            for (var attempt = 1; left.Length > 0; attempt++)
            {
                var answer = await PostAsync(left, check, cancellation);
                var again = answer.Rejected.Where(one => attempt < Attempts && (bool?)one.Problem["retryable"] == true).Select(one => one.Index).ToHashSet();
                var rejected = answer.Rejected.Where(one => !again.Contains(one.Index)).ToList();
                (accepted, moved, unchanged) = (accepted + answer.Accepted, moved + answer.Moved, unchanged + answer.Unchanged);
                refused.AddRange(rejected.Select(one => file.Refused(left[one.Index], (string?)one.Problem["code"] ?? "", (string?)one.Problem["field"], (string?)one.Problem["title"] ?? "")));
                left = check && again.Count == 0 ? [] : Left(left, answer, again, [.. rejected.Select(one => one.Index)]);
                if (again.Count > 0)
                    await Task.Delay(Pause, RealClock.Instance, cancellation);
            }
        }

        return new SentMatters(accepted, moved, unchanged, refused.DrainToImmutable());
    }

    // Each row ends in one sum only: what was stored is not sent again.
    private static ReadMatter[] Left(ReadMatter[] sent, ToldMatters answer, HashSet<int> again, HashSet<int> rejected) =>
        answer.Stored || answer.Rejected.Count == 0
            ? [.. sent.Where((_, index) => again.Contains(index))]
            : [.. sent.Where((_, index) => !rejected.Contains(index))];

    public void Dispose() => _http.Dispose();

    private async Task<ToldMatters> PostAsync(IReadOnlyList<ReadMatter> batch, bool check, CancellationToken cancellation)
    {
        var address = new Uri("/api/v1/service-matter-lists" + (check ? "?check=true" : ""), UriKind.Relative);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var answer = await _http.PostAsJsonAsync(address, batch.Select(BodyOf), JsonSerializerOptions.Web, cancellation);
                if (answer.IsSuccessStatusCode)
                    return (await answer.Content.ReadFromJsonAsync<ToldMatters>(JsonSerializerOptions.Web, cancellation))!;
                if (attempt >= Attempts || answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                    throw new UsageException($"The service refused the matters: {await TitleOfAsync(answer, cancellation)} What was taken before stays; send the same list again.");
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

    private static ToldMatterBody BodyOf(ReadMatter matter) => new(
        matter.Node, matter.Number, matter.Item, DateTimeOffset.FromUnixTimeMilliseconds(matter.AcceptedAt), matter.Stage.Word(), matter.Online, matter.Limit, matter.Visits,
        matter.EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null, matter.Outcome, matter.LawfulVisits);

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
