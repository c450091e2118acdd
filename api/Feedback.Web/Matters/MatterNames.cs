using Feedback.Domain.Catalogue;
using Feedback.Domain.ServiceMatters;
using Feedback.Web.Cases.Office;
using Feedback.Web.Words;

namespace Feedback.Web.Matters;

/// <summary>How the pages of matters call things, in the reader's language.</summary>
/// <param name="Office">How the pages of cases call places and times.</param>
/// <param name="Catalogue">The service items.</param>
public sealed record MatterNames(CaseNames Office, ServiceCatalogue Catalogue)
{
    /// <summary>The words.</summary>
    public PageWords Words => Office.Words;

    /// <summary>A service item by its name; its code where it has none.</summary>
    public string Item(string code) => Catalogue.ServiceItems.GetValueOrDefault(code) is { } item ? Words.IsChinese ? item.Zh : item.En : code;

    /// <summary>Where a matter stands.</summary>
    public string Of(MatterStage stage) => Words["matter-stage-" + stage.Word()];

    /// <summary>How it came.</summary>
    public string Way(bool online) => Words[online ? "matter-way-online" : "matter-way-window"];

    /// <summary>How it is accepted although a document is missing.</summary>
    public string Of(MissingKind kind) => Words["matter-missing-" + kind.Word()];

    /// <summary>The word of a code, or the code itself where there is none.</summary>
    public string Code(string prefix, string code) => Words.Find($"matter-{prefix}-{code}") ?? code;
}
