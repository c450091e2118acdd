using System.Collections.Immutable;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Time;

namespace Feedback.Domain.Windows;

/// <summary>Who sends a claim.</summary>
/// <param name="Terminal">The terminal, or <c>import</c>.</param>
/// <param name="Key">The key that proved it; null for imports.</param>
/// <param name="Imported">The import's name; null for what windows push.</param>
/// <param name="StaffPresent">True when it came from a browser in which somebody is signed in whose work it rates.</param>
public sealed record Sender(string Terminal, string? Key, string? Imported = null, bool StaffPresent = false)
{
    /// <summary>The name of everybody's own browsers, which prove nothing about themselves.</summary>
    public const string Public = "public";
}

/// <summary>Decides what the server sets for a claim, or why it is refused. Pure: clock, tree and catalogue are handed in.</summary>
public static class Admissions
{
    /// <summary>Flag: the catalogue lacks the service item or a reason.</summary>
    public const string UncataloguedFlag = "uncatalogued";

    /// <summary>
    /// Flag: attributed to nobody, though staff sign in at this window or the client claims somebody. A claim alone is never taken
    /// for the truth.
    /// </summary>
    public const string UnattributedFlag = "not-attributed";

    /// <summary>Admits a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="sender">Who sends it.</param>
    /// <param name="receivedAt">The server's clock, milliseconds UTC.</param>
    /// <param name="tree">The organisation.</param>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="duty">Who was signed in at the window when. Imports are attributed to nobody.</param>
    /// <returns>What the server sets, or the refusal.</returns>
    public static (Admission? Admission, Refusal? Refusal) Admit(
        WindowClaim claim, Sender sender, long receivedAt, OrganisationTree tree, ServiceCatalogue catalogue, DutyRoster duty)
    {
        if (tree.Find(claim.Window) is not { Kind: NodeKind.Window } window)
            return (null, new Refusal("window-unknown", "window", claim.Window.Value));
        if (claim is EvaluationClaim { Evaluation: var said } && Refused(said, catalogue) is { } refusal)
            return (null, refusal);
        var imported = sender.Imported is not null;
        if (imported && claim.Time.UtcMilliseconds > receivedAt + DayRule.Ahead)
            return (null, new Refusal("time-in-future", "occurredAt", claim.Time.ToString()));

        // A window may move between halls, but only to one of the same zone: so any day's hall tells the zone.
        var today = window.Zone.LocalTime(receivedAt).Day;
        var hall = tree.HallOf(window.Id, today);
        var counted = DayRule.Count(claim.Time, receivedAt, hall.Zone, imported);
        if (counted.Day != today)
            hall = tree.HallOf(window.Id, counted.Day);
        var uncatalogued = Uncatalogued(claim, catalogue);
        // Where the claim's own time is not known, or its clock not believed, nobody knows who was at the window then.
        var staff = imported || counted.Flag is not null || claim.Time.DateOnly ? null : duty.Attributed(claim.Time.UtcMilliseconds);
        var staffClaimed = (claim as EvaluationClaim)?.Evaluation.Staff ?? (claim as MatterClaim)?.Staff;
        var flags = ImmutableArray.CreateBuilder<string>(3);
        if (counted.Flag is not null)
            flags.Add(counted.Flag);
        if (uncatalogued.Length > 0)
            flags.Add(UncataloguedFlag);
        if (staff is null && (staffClaimed is not null || (!imported && !duty.IsEmpty)))
            flags.Add(UnattributedFlag);
        if (claim.SignedBeforeRevocation)
            flags.Add(SigningTime.BeforeRevocationFlag);
        if (claim.SignedByEndedKey)
            flags.Add(SigningTime.EndedKeyFlag);
        return (new Admission
        {
            ReceivedAt = receivedAt,
            Terminal = sender.Terminal,
            Key = sender.Key,
            Signature = claim.Signature,
            Hall = hall.Id,
            Parent = window.ParentOn(counted.Day)!.Value,
            Day = counted.Day,
            Hour = counted.Hour,
            Staff = staff,
            Scheme = catalogue.Scheme,
            Catalogue = catalogue.Version,
            Policy = 0, // only built-in policies so far
            Flags = flags.ToImmutable(),
            Uncatalogued = uncatalogued,
            Imported = sender.Imported,
        }, null);
    }

    private static Refusal? Refused(Evaluation said, ServiceCatalogue catalogue)
    {
        if (said.Grade is null != (said.Origin == Origin.Declined))
            return new Refusal(said.Grade is null ? "grade-missing" : "grade-with-declined", "grade");
        foreach (var dimension in said.Dimensions)
        {
            if (!catalogue.HasDimension(dimension.Code))
                return new Refusal("dimension-unknown", "dimensions." + dimension.Code, dimension.Code);
        }

        return null;
    }

    private static ImmutableArray<string> Uncatalogued(WindowClaim claim, ServiceCatalogue catalogue)
    {
        var item = (claim as EvaluationClaim)?.Evaluation.ServiceItem ?? (claim as MatterClaim)?.ServiceItem;
        var reasons = claim is EvaluationClaim { Evaluation.Reasons: var given } ? given : [];
        var itemKnown = item is null || catalogue.ServiceItems.ContainsKey(item);
        if (itemKnown && reasons.All(catalogue.Reasons.ContainsKey))
            return [];
        return
        [
            .. (itemKnown ? [] : new[] { UncataloguedItem(item!) }),
            .. reasons.Where(reason => !catalogue.Reasons.ContainsKey(reason)).Select(UncataloguedReason).Distinct(),
        ];
    }

    /// <summary>How <see cref="Admission.Uncatalogued"/> tells a service item: a reason may have the same code.</summary>
    public static string UncataloguedItem(string code) => "serviceItem:" + code;

    /// <summary>How <see cref="Admission.Uncatalogued"/> tells a reason.</summary>
    public static string UncataloguedReason(string code) => "reason:" + code;
}
