using System.Collections.Immutable;
using System.Globalization;
using Feedback.Api.Access;
using Feedback.Api.Addresses;
using Feedback.Api.Cases;
using Feedback.Api.Intake;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;
using Feedback.Grains.Cases;
using Microsoft.Extensions.Primitives;

namespace Feedback.Api.Open311;

/// <summary>Takes service requests: form → case, by the one path on which cases are opened.</summary>
internal sealed class RequestIntake(ServiceList services, CaseFiling filing, PublicAddress address)
{
    private const string IdempotencyKey = "Idempotency-Key";
    private const string RequestId = "client_request_id";

    // Where the names of this interface are others.
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["words"] = "description",
        ["node"] = "address_id",
        ["contact"] = "email",
        ["kind"] = "service_code",
        ["category"] = "service_code",
        ["id"] = RequestId,
        ["about"] = SentRequest.NameOf(Descriptions.About),
    };

    /// <summary>Opens the case of a request, once however often it is sent with the same id by the same client.</summary>
    /// <exception cref="RefusedException">It cannot be opened as it was sent.</exception>
    public async Task<Spark> TakeAsync(HttpContext http)
    {
        var (form, unread) = await Open311Form.ReadAsync(http);
        var sent = new SentRequest(form ?? throw new RefusedException(unread!));
        var (caller, language) = (http.GetCaller(), Open311Answers.LanguageOf(http.Request));
        var code = sent.Needed("service_code");
        var service = services.Find(code) ?? throw new RefusedException(new Refusal("service-unknown", "service_code", code));
        var request = new Filing(service.Kind, CaseChannel.Api, sent.Place ?? throw new RefusedException(new Refusal("place-missing", "address_id")))
        {
            Scope = caller.ScopeHere,
            Category = service.Category?.Code,
            Words = sent.Words(),
            Contact = sent.Contact,
            About = sent.About,
            AboutName = SentRequest.NameOf(Descriptions.About),
            Language = IsSaid(http.Request) ? language.Name : null,
            OccurredAt = sent.OccurredAt,
        };
        // Without an id of the client's own each request is a new one, however much it says the same.
        var id = http.Request.Headers[IdempotencyKey] is [{ Length: > 0 } key, ..] ? key : sent.Find(RequestId) ?? CaseSecrets.NewId().Value;
        var (filed, refusal) = await filing.FileAsync(request, CaseActors.Of(caller.Caller), id);
        if (filed is null)
            throw new RefusedException(Here(refusal!, code));
        return Spark.List("request",
        [
            Spark.Of(
                ("service_request_id", Spark.Of(filed.Number)),
                ("service_notice", Spark.Of(NoticeOf(filed, language))),
                ("account_id", Spark.Of((string?)null))),
        ]);
    }

    private string NoticeOf(FiledCase filed, CultureInfo language)
    {
        var notice = Open311Words.Of("filed", language, filed.Number, filed.QueryCode, filed.TrackingCode);
        return address.TryLink(FiledCaseView.TrackingPage + filed.TrackingCode, out var link, out _) ? notice + Open311Words.Of("filed-link", language, link.Url) : notice;
    }

    // A category that is offered at the top and not in this place.
    private static Refusal Here(Refusal refusal, string service) => refusal.Code == "category-unknown"
        ? new Refusal("service-unknown", "service_code", service)
        : refusal.Field is { } field && Fields.TryGetValue(field, out var own) ? refusal with { Field = own } : refusal;

    private static bool IsSaid(HttpRequest request) => request.Query.ContainsKey("locale") || request.Headers.AcceptLanguage.Count > 0;
}

/// <summary>What a client sent, field by field; an empty field is one that was not sent.</summary>
internal sealed class SentRequest(IFormCollection form)
{
    /// <summary>A field; null where it was not sent.</summary>
    public string? Find(string name) => form.TryGetValue(name, out var values) ? values.FirstOrDefault(value => !string.IsNullOrWhiteSpace(value))?.Trim() : null;

    /// <summary>A field that must be sent.</summary>
    /// <exception cref="RefusedException">It was not.</exception>
    public string Needed(string name) => Find(name) ?? throw new RefusedException(new Refusal("member-missing", name));

    /// <summary>The node that it concerns.</summary>
    public string? Place => Find("address_id") ?? Attribute(Descriptions.Place);

    /// <summary>When it happened.</summary>
    /// <exception cref="RefusedException">It is no time with an offset.</exception>
    public Moment? OccurredAt => Attribute(Descriptions.OccurredAt) is not { } text ? null
        : Moment.TryParse(text, out var at) ? at
        : throw new RefusedException(new Refusal("time-invalid", NameOf(Descriptions.OccurredAt), text));

    /// <summary>Codes of members of staff.</summary>
    public ImmutableArray<string> About => [.. (Attribute(Descriptions.About) ?? "").Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>How the citizen can be reached, in one text; null where nothing was sent.</summary>
    public string? Contact => string.Join(", ", new[] { Name, Find("phone"), Find("email") }.Where(part => part is not null)) is { Length: > 0 } contact ? contact : null;

    /// <summary>What the citizen says, and below it, under the fields' own names, what has no other place here. Nothing that was sent is lost, and no address in it is ever called.</summary>
    /// <exception cref="RefusedException">There are no words.</exception>
    public string Words()
    {
        var lines = new List<string> { Needed("description"), "" };
        Add("address_string", Find("address_string"));
        Add("lat, long", (Find("lat"), Find("long")) is (null, null) ? null : $"{Find("lat")}, {Find("long")}");
        Add("media_url", Find("media_url"));
        foreach (var (name, values) in form.Where(field => IsOther(field.Key)).OrderBy(field => field.Key, StringComparer.Ordinal))
            Add(name, string.Join(", ", values.Where(value => !string.IsNullOrWhiteSpace(value))));
        return lines.Count == 2 ? lines[0] : string.Join('\n', lines);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                lines.Add($"{name}: {value}");
        }
    }

    private static bool IsOther(string field) => field.StartsWith("attribute[", StringComparison.Ordinal)
        && !new[] { Descriptions.Place, Descriptions.OccurredAt, Descriptions.About }.Any(known => field.StartsWith(NameOf(known), StringComparison.Ordinal));

    private string? Attribute(string code) => Find(NameOf(code)) ?? (form.TryGetValue(NameOf(code) + "[]", out StringValues many)
        ? string.Join(',', many.Where(value => !string.IsNullOrWhiteSpace(value))) is { Length: > 0 } all ? all : null
        : null);

    /// <summary>The field of an attribute.</summary>
    public static string NameOf(string code) => string.Create(CultureInfo.InvariantCulture, $"attribute[{code}]");

    // As the people write it whose letters it is written in.
    private string? Name => (Find("first_name"), Find("last_name")) switch
    {
        ({ } given, { } family) => (given + family).Any(char.IsAscii) ? $"{given} {family}" : family + given,
        var (given, family) => given ?? family,
    };
}
