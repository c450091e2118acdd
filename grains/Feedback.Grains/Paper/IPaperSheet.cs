using System.Globalization;
using Feedback.Domain.Catalogue;
using Feedback.Domain.Evaluations;
using Feedback.Grains.Registers;

namespace Feedback.Grains.Paper;

/// <summary>Reads the forms of a batch from a spreadsheet (.xlsx, or .csv in UTF-8 or GB18030), one form a row.</summary>
public interface IPaperSheet
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The file as it is.</param>
    /// <param name="dimensions">The dimensions of the form in force; each may be a column, headed by its code or one of its names.</param>
    /// <param name="culture">The language of errors: zh or en.</param>
    PaperSheetRows Read(byte[] file, IReadOnlyList<Dimension> dimensions, CultureInfo culture);
}

/// <summary>What stands in a file.</summary>
/// <param name="Rows">Its rows in order; none where anything is wrong.</param>
/// <param name="Errors">What is wrong; none where nothing is.</param>
public sealed record PaperSheetRows(IReadOnlyList<PaperSheetRow> Rows, IReadOnlyList<RegisterError> Errors);

/// <summary>A row of a file: a form, or one that cannot be counted.</summary>
/// <param name="Row">The row as a spreadsheet counts.</param>
/// <param name="Form">The form's number.</param>
public sealed record PaperSheetRow(long Row, int Form)
{
    /// <summary>The overall grade; null for a form that cannot be counted.</summary>
    public Grade? Grade { get; init; }

    /// <summary>Grades by dimension, ascending by code.</summary>
    public IReadOnlyList<DimensionGrade> Dimensions { get; init; } = [];

    /// <summary>The window's id, path or code; null for the batch's own.</summary>
    public string? Window { get; init; }

    /// <summary>The local day; null for the last of the period.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The service item's code.</summary>
    public string? ServiceItem { get; init; }

    /// <summary>The citizen's words.</summary>
    public string? Comment { get; init; }

    /// <summary>Why it cannot be counted; null for one that can.</summary>
    public string? Spoilt { get; init; }
}
