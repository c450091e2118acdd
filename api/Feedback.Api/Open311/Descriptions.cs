using System.Globalization;
using Feedback.Api.Addresses;

namespace Feedback.Api.Open311;

/// <summary>What this interface tells of itself: where it is, and what a request of a service may carry.</summary>
internal static class Descriptions
{
    /// <summary>The address of the specification, which names it.</summary>
    private const string Specification = "http://wiki.open311.org/GeoReport_v2";

    /// <summary>The attribute that names the node.</summary>
    public const string Place = "place";

    /// <summary>The attribute that tells when it happened.</summary>
    public const string OccurredAt = "occurred_at";

    /// <summary>The attribute with the codes of members of staff.</summary>
    public const string About = "about";

    /// <summary>Service discovery.</summary>
    /// <param name="address">The public address.</param>
    /// <param name="request">The request, whose address is told where there is no public one.</param>
    /// <param name="changeset">The changeset of services and definitions.</param>
    /// <param name="language">The language.</param>
    public static Spark Discovery(PublicAddress address, HttpRequest request, string changeset, CultureInfo language) =>
        Spark.Of(
            ("changeset", Spark.Of(changeset)),
            ("contact", Spark.Of(Open311Words.Of("contact", language, address.Onwards(request, "/")))),
            ("key_service", Spark.Of(Open311Words.Of("key-service", language))),
            ("endpoints", Spark.List("endpoint",
            [
                Spark.Of(
                    ("specification", Spark.Of(Specification)),
                    ("url", Spark.Of(address.Onwards(request, Open311Routes.Root))),
                    ("changeset", Spark.Of(changeset)),
                    ("type", Spark.Of("production")),
                    ("formats", Spark.List("format", [Spark.Of("text/xml"), Spark.Of("application/json")]))),
            ])));

    /// <summary>The definition of a service.</summary>
    public static Spark Definition(Service service, CultureInfo language) => Spark.Of(
        ("service_code", Spark.Of(service.Code)),
        ("attributes", Spark.List("attribute",
        [
            Attribute(Place, "string", 1, language),
            Attribute(OccurredAt, "datetime", 2, language),
            Attribute(About, "string", 3, language),
        ])));

    // None must be filled in: the place may as well be named by address_id, as the specification has it.
    private static Spark Attribute(string code, string datatype, int order, CultureInfo language) => Spark.Of(
        ("variable", Spark.Of(true)),
        ("code", Spark.Of(code)),
        ("datatype", Spark.Of(datatype)),
        ("required", Spark.Of(false)),
        ("datatype_description", Spark.Of(Open311Words.Of($"attribute-{code}-type", language))),
        ("order", Spark.Of(order)),
        ("description", Spark.Of(Open311Words.Of($"attribute-{code}", language))));
}
