using System.Globalization;
using Feedback.Domain.Cases;
using Feedback.Grains.Cases;

namespace Feedback.Web.Cases.Office;

/// <summary>What the board was asked for, as the form has it.</summary>
/// <param name="Tab">Which list.</param>
/// <param name="Place">The id or path of a place.</param>
/// <param name="Kind">A kind's word.</param>
/// <param name="Stage">A stage's word.</param>
/// <param name="Category">A category's code.</param>
/// <param name="From">The first day on which cases were received.</param>
/// <param name="Through">The last one.</param>
public sealed record BoardAsked(string Tab, string Place, string Kind, string Stage, string Category, string From, string Through)
{
    /// <summary>The lists, in the order of the tabs.</summary>
    public static readonly IReadOnlyList<string> Tabs = ["mine", "due", "overdue", "to-supervise", "to-call-back", "all"];

    /// <summary>As it was sent.</summary>
    public static BoardAsked Of(IQueryCollection query)
    {
        var tab = Text("list");
        return new(Tabs.Contains(tab) ? tab : "mine", Text("place"), Text("kind"), Text("stage"), Text("category"), Text("from"), Text("through"));

        string Text(string name) => query[name].ToString().Trim();
    }

    /// <summary>The query of an address that asks for the same.</summary>
    public string Query => string.Join('&', new[] { ("list", Tab), ("place", Place), ("kind", Kind), ("stage", Stage), ("category", Category), ("from", From), ("through", Through) }
        .Where(member => member.Item2.Length > 0).Select(member => $"{member.Item1}={Uri.EscapeDataString(member.Item2)}"));

    /// <summary>Kinds that are let through; null where the word is none.</summary>
    public IReadOnlyCollection<CaseKind>? Kinds => Kind.Length == 0 ? [] : CaseWords.KindOf(Kind) is { } kind ? [kind] : null;

    /// <summary>Stages that are let through; null where the word is none.</summary>
    public IReadOnlyCollection<CaseStage>? Stages => Stage.Length == 0 ? [] : CaseWords.StageOf(Stage) is { } stage ? [stage] : null;

    /// <summary>Reads a day; null for none, and <paramref name="mistaken"/> for what is none.</summary>
    public static DateOnly? DayOf(string text, ref bool mistaken)
    {
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9999)
            return day;
        mistaken = true;
        return null;
    }
}

/// <summary>What the board shows.</summary>
public sealed record BoardModel
{
    /// <summary>What was asked for.</summary>
    public required BoardAsked Asked { get; init; }

    /// <summary>Names.</summary>
    public required CaseNames Names { get; init; }

    /// <summary>The tabs that this reader has, each with how many cases stand there; null for the one without a count.</summary>
    public required IReadOnlyList<(string Tab, long? Count)> Tabs { get; init; }

    /// <summary>The cases.</summary>
    public required CasePage Page { get; init; }

    /// <summary>Milliseconds UTC.</summary>
    public required long Now { get; init; }

    /// <summary>Whether the reader may register something.</summary>
    public bool MayFile { get; init; }

    /// <summary>What is wrong with what was asked for, in words; null when nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>The number that was looked for.</summary>
    public string Number { get; init; } = "";

    /// <summary>The categories to choose from.</summary>
    public required Domain.Policies.CategoryTree Categories { get; init; }
}
