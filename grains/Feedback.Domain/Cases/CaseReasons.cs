using System.Collections.Immutable;

namespace Feedback.Domain.Cases;

/// <summary>Why something happened to a case, as codes: what citizens choose, and what the service gives for what it does by itself. The office gives reasons in words of its own.</summary>
public static class CaseReasons
{
    /// <summary>Opened again: it is not solved.</summary>
    public const string NotSolved = "not-solved";

    /// <summary>Opened again: it came back.</summary>
    public const string CameBack = "came-back";

    /// <summary>Opened again: what was promised was not done.</summary>
    public const string NotKept = "not-kept";

    /// <summary>Opened again for something else.</summary>
    public const string Other = "other";

    /// <summary>The citizen asked for it; what they say stands apart.</summary>
    public const string Citizen = "citizen";

    /// <summary>A deadline passed.</summary>
    public const string Overdue = "overdue";

    /// <summary>A clock stands still while an appeal is decided.</summary>
    public const string Appeal = "appeal";

    /// <summary>A clock stands still while an order that was returned is with the city.</summary>
    public const string Returned = "returned";

    /// <summary>A limit was changed because more time was granted.</summary>
    public const string Extension = "extension";

    /// <summary>A limit was changed because the category was.</summary>
    public const string Category = "category";

    /// <summary>A limit was changed because the city set it.</summary>
    public const string CityLimit = "city-limit";

    /// <summary>Those for which citizens have something opened again, in the order in which they choose.</summary>
    public static readonly ImmutableArray<string> Reopening = [NotSolved, CameBack, NotKept, Other];

    /// <summary>All that can be stored.</summary>
    public static readonly ImmutableArray<string> All = [.. Reopening, Citizen, Overdue, Appeal, Returned, Extension, Category, CityLimit];
}
