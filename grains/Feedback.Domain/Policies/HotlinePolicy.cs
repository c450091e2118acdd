using Feedback.Domain.Journal;
using Feedback.Domain.WorkingTime;

namespace Feedback.Domain.Policies;

/// <summary>热线工单: what a receiving unit owes the city's hotline.</summary>
/// <param name="SignFor">How long signing for an order, or returning it, may take.</param>
/// <param name="SignForComplex">The same for a complex order.</param>
/// <param name="ExtensionBeforeExpiry">Whether an extension must be asked for before the deadline.</param>
/// <param name="Extensions">How many extensions an order may get, 0 to 10.</param>
/// <param name="UrgeAfter">How long after the deadline of completion the unit is chased (催办), and how long after each chasing again.</param>
/// <param name="CriticismAfter">After how many chasings the unit is criticised in writing (通报), 1 to 100; after half of them supervision watches over it (督办).</param>
public sealed record HotlinePolicy(Limit SignFor, Limit SignForComplex, bool ExtensionBeforeExpiry, int Extensions, Limit UrgeAfter, int CriticismAfter)
{
    /// <summary>By default one city's draft: 1 and 2 working days, one extension before expiry, chased the next working day, criticised after five.</summary>
    public static readonly HotlinePolicy Default = new(Limit.WorkingDays(1), Limit.WorkingDays(2), true, 1, Limit.WorkingDays(1), 5);

    internal static HotlinePolicy Read(PolicyReader text) => new(
        text.Limit("signFor") ?? Default.SignFor,
        text.Limit("signForComplex") ?? Default.SignForComplex,
        text.Yes("extensionBeforeExpiry") ?? Default.ExtensionBeforeExpiry,
        text.Number("extensions", 0, 10) ?? Default.Extensions,
        text.Limit("urgeAfter") ?? Default.UrgeAfter,
        text.Number("criticismAfter", 1, 100) ?? Default.CriticismAfter);

    internal static void Write(CanonicalWriter text, HotlinePolicy document) => text
        .Member("signFor"u8, document.SignFor.ToString()).Member("signForComplex"u8, document.SignForComplex.ToString())
        .Member("extensionBeforeExpiry"u8, document.ExtensionBeforeExpiry ? "yes" : "no").Member("extensions"u8, document.Extensions)
        .Member("urgeAfter"u8, document.UrgeAfter.ToString()).Member("criticismAfter"u8, document.CriticismAfter);
}
