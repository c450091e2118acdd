namespace Feedback.Charts.Notices;

/// <summary>A notice on paper, such as the acceptance notice (受理告知单): words only, in the order in which they are read.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Office">Who gives it.</param>
/// <param name="Facts">What is told in one line each.</param>
/// <param name="Sections">The rest, section by section.</param>
/// <param name="Remark">The last line of the text.</param>
public sealed record NoticeModel(string Title, string Office, IReadOnlyList<NoticeFact> Facts, IReadOnlyList<NoticeSection> Sections, string Remark)
{
    /// <summary>Words for the foot of a page, with {0} for its number and {1} for how many there are.</summary>
    public string Page { get; init; } = "{0} / {1}";

    /// <summary>The language, such as <c>zh-CN</c>, for those who read the page aloud.</summary>
    public string Language { get; init; } = "zh-CN";

    /// <summary>When it was made, for the file's properties.</summary>
    public DateTimeOffset Made { get; init; }

    /// <summary>The modules of a QR code row by row, with its quiet zone, true for black: where it is read again. Null for none.</summary>
    public IReadOnlyList<IReadOnlyList<bool>>? Code { get; init; }

    /// <summary>Every text of it.</summary>
    internal IEnumerable<string> Words =>
    [
        Title, Office, Remark, Page, .. Facts.SelectMany(fact => new[] { fact.Label, fact.Value }), .. Sections.SelectMany(section => section.Lines.Prepend(section.Heading)),
        .. Sections.Select(section => section.Table).OfType<NoticeTable>().SelectMany(table => table.Rows.SelectMany(row => row).Concat(table.Heads)),
    ];
}

/// <summary>Something that is told in one line.</summary>
/// <param name="Label">What it is.</param>
/// <param name="Value">The value.</param>
public sealed record NoticeFact(string Label, string Value);

/// <summary>A section under a heading.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Lines">Its paragraphs; numbered where there are several.</param>
public sealed record NoticeSection(string Heading, IReadOnlyList<string> Lines)
{
    /// <summary>A table below the paragraphs; null for none.</summary>
    public NoticeTable? Table { get; init; }

    /// <summary>The paragraphs as they are shown.</summary>
    public IEnumerable<string> Shown => Lines.Count < 2 ? Lines : Lines.Select((line, index) => FormattableString.Invariant($"{index + 1}. {line}"));
}

/// <summary>A small table.</summary>
/// <param name="Heads">The heads of its columns.</param>
/// <param name="Shares">How wide the columns are; their sum is the width of the page.</param>
/// <param name="Rows">Rows with as many cells as there are columns.</param>
public sealed record NoticeTable(IReadOnlyList<string> Heads, IReadOnlyList<float> Shares, IReadOnlyList<IReadOnlyList<string>> Rows);
