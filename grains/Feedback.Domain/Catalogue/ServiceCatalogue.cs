using System.Collections.Immutable;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Catalogue;

/// <summary>A service item as it stands.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Zh">The Chinese name.</param>
/// <param name="En">The English name.</param>
/// <param name="Rateable">Whether its matters are put to the citizen for rating.</param>
public sealed record ServiceItem(string Code, string Zh, string En, bool Rateable);

/// <summary>
/// The dimension scheme, service items, reasons and staff as the <c>catalogue</c> stream tells them:
/// an immutable fold that every silo holds whole.
/// </summary>
public sealed record ServiceCatalogue
{
    /// <summary>The dimensions of an on-site evaluation where a bureau defined none of its own.</summary>
    public static readonly ImmutableArray<Dimension> BuiltInDimensions =
    [
        new("attitude", "服务态度", "Attitude"),
        new("timeliness", "办事时限", "Timeliness"),
        new("ethics", "职业道德", "Ethics"),
        new("style", "工作作风", "Work style"),
    ];

    /// <summary>Before the first event: the four built-in dimensions, scheme version 0.</summary>
    // Below what it is made of: static fields are set from top to bottom.
    public static readonly ServiceCatalogue Empty = new();

    /// <summary>The version of the last event folded.</summary>
    public long Version { get; private init; }

    /// <summary>The version of the event that defined the scheme in force; 0 for the built-in one.</summary>
    public long Scheme { get; private init; }

    /// <summary>The dimensions of the scheme in force.</summary>
    public ImmutableArray<Dimension> Dimensions { get; private init; } = BuiltInDimensions;

    /// <summary>Service items by code.</summary>
    public ImmutableDictionary<string, ServiceItem> ServiceItems { get; private init; } = ImmutableDictionary<string, ServiceItem>.Empty;

    /// <summary>What is and was published about service items, by code, oldest first.</summary>
    public ImmutableDictionary<string, ImmutableArray<ItemDisclosure>> Disclosures { get; private init; } = ImmutableDictionary<string, ImmutableArray<ItemDisclosure>>.Empty;

    /// <summary>Reasons by code.</summary>
    public ImmutableDictionary<string, Dimension> Reasons { get; private init; } = ImmutableDictionary<string, Dimension>.Empty;

    /// <summary>Registered staff by code.</summary>
    public ImmutableDictionary<string, StaffRegistered> Staff { get; private init; } = ImmutableDictionary<string, StaffRegistered>.Empty;

    /// <summary>Whether the scheme in force asks about this dimension.</summary>
    public bool HasDimension(string code) => Dimensions.Any(dimension => dimension.Code == code);

    /// <summary>What was published about a service item at a version of the catalogue; null for nothing.</summary>
    /// <param name="item">The code of the item.</param>
    /// <param name="version">The version; null for what is published now.</param>
    public ItemDisclosure? DisclosureOf(string item, long? version = null) =>
        Disclosures.TryGetValue(item, out var all) ? all.LastOrDefault(one => version is null || one.Version <= version) : null;

    /// <summary>The catalogue after one more event.</summary>
    public ServiceCatalogue Apply(JournalEvent happened)
    {
        var next = this with { Version = Version + 1 };
        return happened switch
        {
            SchemeDefined e => next with { Scheme = next.Version, Dimensions = e.Dimensions },
            ServiceItemDefined e => next with { ServiceItems = ServiceItems.SetItem(e.Code, new ServiceItem(e.Code, e.Zh, e.En, e.Rateable)) },
            ServiceItemDisclosed e => next with
            {
                Disclosures = Disclosures.SetItem(e.Code, Disclosures.GetValueOrDefault(e.Code, []).Add(new ItemDisclosure(next.Version, e.Sections, e.Limit))),
            },
            ReasonDefined e => next with { Reasons = Reasons.SetItem(e.Code, new Dimension(e.Code, e.Zh, e.En)) },
            StaffRegistered e => next with { Staff = Staff.SetItem(e.Code, e) },
            _ => throw new UnknownKindException(happened.GetType().Name, 0),
        };
    }
}
