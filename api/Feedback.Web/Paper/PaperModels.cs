using Feedback.Domain.Catalogue;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Paper;
using Feedback.Web.Cases.Office;

namespace Feedback.Web.Paper;

/// <summary>What the list of batches shows.</summary>
/// <param name="Names">Names.</param>
/// <param name="Page">A page of the batches, those opened last first.</param>
/// <param name="Request">The id of the request, by which a form that is sent twice is recognized.</param>
/// <param name="Typed">What was typed; empty at first.</param>
public sealed record PaperListModel(CaseNames Names, PaperPage Page, string Request, IReadOnlyDictionary<string, string> Typed)
{
    /// <summary>What is wrong, in words; null when nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>The field that must be mended; null when it is not about one.</summary>
    public string? Field { get; init; }
}

/// <summary>How a form is keyed on the page of a batch.</summary>
public enum PaperMode
{
    /// <summary>For the first time.</summary>
    Key,

    /// <summary>A second time, to check the first.</summary>
    Recheck,

    /// <summary>Anew, because it was mistyped.</summary>
    Correct,
}

/// <summary>What the page of a batch shows.</summary>
/// <param name="Names">Names.</param>
/// <param name="State">The batch.</param>
/// <param name="Mode">How the next form is keyed.</param>
/// <param name="Typed">What stands in the form.</param>
/// <param name="Dimensions">What the forms ask about.</param>
/// <param name="Windows">The windows to choose from; none where the batch is a window's own.</param>
public sealed record PaperBatchModel(
    CaseNames Names, PaperState State, PaperMode Mode, IReadOnlyDictionary<string, string> Typed, IReadOnlyList<Dimension> Dimensions, IReadOnlyList<Node> Windows)
{
    /// <summary>What was done last, in words; null when nothing was.</summary>
    public string? Said { get; init; }

    /// <summary>What is wrong, in words; null when nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>The field that must be mended; null when it is not about one.</summary>
    public string? Field { get; init; }

    /// <summary>What is wrong with the rows of a file, one line each.</summary>
    public IReadOnlyList<string> FileErrors { get; init; } = [];

    /// <summary>What stands in a field.</summary>
    public string Of(string field) => Typed.GetValueOrDefault(field, "");
}

/// <summary>What the printed forms show.</summary>
/// <param name="State">The batch.</param>
/// <param name="Place">The place.</param>
/// <param name="Dimensions">What the forms ask about.</param>
/// <param name="First">The number of the first form.</param>
/// <param name="Last">The number of the last form.</param>
public sealed record PaperFormModel(PaperState State, Node Place, IReadOnlyList<Dimension> Dimensions, int First, int Last);
