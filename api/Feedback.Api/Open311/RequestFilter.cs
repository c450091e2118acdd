using System.Collections.Immutable;
using System.Globalization;
using Feedback.Api.Intake;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;
using Feedback.Grains.Cases;

namespace Feedback.Api.Open311;

/// <summary>Which service requests are asked for, and which part of them.</summary>
internal sealed class RequestFilter
{
    /// <summary>The most requests of one answer.</summary>
    public const int Most = 1000;

    private const int LongestSpan = 90;
    private const long Day = 24L * 60 * 60 * 1000;

    // Whoever wants what lies further back asks for other dates.
    private const int Deepest = 20_000;

    private static readonly CaseStage[] ClosedStages = [CaseStage.Closed, CaseStage.Merged];

    private RequestFilter()
    {
    }

    /// <summary>The numbers asked for, which override all else; null for none.</summary>
    public IReadOnlyList<string>? Numbers { get; private init; }

    /// <summary>The page, from 1 on.</summary>
    public int Page { get; private init; } = 1;

    /// <summary>The requests of a page.</summary>
    public int PageSize { get; private init; } = Most;

    /// <summary>What the store is asked for; it lets through more than <see cref="Lets"/> does.</summary>
    public CaseFilter Coarse { get; private init; } = CaseFilter.Everything;

    private ImmutableHashSet<(CaseKind Kind, string? Category)> Services { get; init; } = [];

    /// <summary>Whether a case is closed for this specification, which knows nothing finer.</summary>
    public static bool IsClosed(CaseStage stage) => ClosedStages.Contains(stage);

    /// <summary>Reads a query.</summary>
    /// <param name="query">The query; what is empty was not said.</param>
    /// <param name="now">Milliseconds UTC.</param>
    /// <exception cref="RefusedException">It is not as it must be.</exception>
    public static RequestFilter Read(IQueryCollection query, long now)
    {
        if (Words(query, "service_request_id") is { Count: > 0 } numbers)
            return numbers.Count <= Most ? new RequestFilter { Numbers = numbers } : throw Refuse("list-too-long", "service_request_id", Most);
        var size = Number(query, "page_size", Most) ?? Most;
        var services = Words(query, "service_code").Select(ServiceOf).ToImmutableHashSet();
        var (from, to) = Span(Time(query, "start_date"), Time(query, "end_date"), now);
        return new RequestFilter
        {
            Page = Number(query, "page", Deepest / size) ?? 1,
            PageSize = size,
            Services = services,
            Coarse = new CaseFilter
            {
                Kinds = services.IsEmpty ? ServiceList.Kinds : [.. services.Select(service => service.Kind).Distinct()],
                Categories = services.Any(service => service.Category is null) ? [] : [.. services.Select(service => service.Category!).Distinct()],
                Stages = StagesOf(Words(query, "status")),
                OpenedFrom = from,
                // The last instant is asked for, too.
                OpenedBefore = to + 1,
            },
        };
    }

    /// <summary>Whether a case is asked for that the store let through.</summary>
    public bool Lets(CaseRow row) => Services.IsEmpty || Services.Contains((row.Kind, row.Category));

    private static (long From, long To) Span(long? from, long? to, long now)
    {
        var (begin, end) = (from, to) switch
        {
            ({ } b, { } e) => (b, e),
            ({ } b, null) => (b, b + (LongestSpan * Day)),
            (null, { } e) => (e - (LongestSpan * Day), e),
            _ => (now - (LongestSpan * Day), now),
        };
        return end < begin ? throw new RefusedException(new Refusal("dates-crossed", "end_date"))
            : end - begin > LongestSpan * Day ? throw Refuse("period-too-long", "end_date", LongestSpan)
            : (begin, end);
    }

    private static (CaseKind Kind, string? Category) ServiceOf(string code)
    {
        var parts = code.Split('.', 2);
        return CaseWords.KindOf(parts[0]) is { } kind && ServiceList.Kinds.Contains(kind) && !code.Any(char.IsControl)
            ? (kind, parts.ElementAtOrDefault(1))
            : throw new RefusedException(new Refusal("service-unknown", "service_code", code));
    }

    private static IReadOnlyCollection<CaseStage> StagesOf(IReadOnlyCollection<string> words)
    {
        if (words.FirstOrDefault(word => word is not ("open" or "closed")) is { } unknown)
            throw new RefusedException(new Refusal("status-unknown", "status", unknown));
        return words.Distinct().Count() != 1 ? [] : words.First() == "closed" ? ClosedStages : [.. Enum.GetValues<CaseStage>().Except(ClosedStages)];
    }

    private static List<string> Words(IQueryCollection query, string name) =>
        [.. query[name].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];

    // A plus sign that was not escaped arrives as a blank.
    private static long? Time(IQueryCollection query, string name) => query[name].ToString() is not { Length: > 0 } text ? null
        : Moment.TryParse(text.Length > 11 ? text[..11] + text[11..].Replace(' ', '+') : text, out var at) ? at.UtcMilliseconds
        : throw new RefusedException(new Refusal("time-invalid", name, text));

    private static int? Number(IQueryCollection query, string name, int most) => query[name].ToString() is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number
        : throw Refuse("limit-invalid", name, most);

    private static RefusedException Refuse(string code, string field, int most) => new(new Refusal(code, field, most.ToString(CultureInfo.InvariantCulture)));
}
