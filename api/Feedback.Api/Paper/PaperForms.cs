using System.Collections.Immutable;
using Feedback.Api.Access;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Feedback.Grains.Organisation;

namespace Feedback.Api.Paper;

/// <summary>A form as it was typed, before anybody knows which window is meant.</summary>
/// <param name="Form">The form's number.</param>
/// <param name="Grade">The overall grade.</param>
public sealed record TypedForm(int Form, Grade Grade)
{
    /// <summary>The window's id, its path, or its code below the batch's place; null for the batch's own window.</summary>
    public string? Window { get; init; }

    /// <summary>The local day; null for the last of the period.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Grades by dimension, ascending by code.</summary>
    public ImmutableArray<DimensionGrade> Dimensions { get; init; } = [];

    /// <summary>The service item's code.</summary>
    public string? ServiceItem { get; init; }

    /// <summary>The citizen's words.</summary>
    public string? Comment { get; init; }
}

/// <summary>Finds the windows of forms that were typed.</summary>
public sealed class PaperForms(IBureau bureau, AccessCheck access)
{
    /// <summary>The form as the rules ask for it; or why it is none.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="scope">Where whoever typed it may.</param>
    public (ReadForm? Form, Refusal? Refusal) Read(PaperState batch, TypedForm typed, NodeScope scope)
    {
        var opened = batch.Opened!;
        if (WindowOf(batch, typed.Window, scope) is not { } window)
            return (null, typed.Window is null ? new Refusal("member-missing", "window") : new Refusal("paper-window-elsewhere", "window", typed.Window));
        var answers = new PaperAnswers
        {
            Window = window,
            Day = typed.Day ?? opened.Through,
            Grade = typed.Grade,
            Dimensions = typed.Dimensions,
            ServiceItem = typed.ServiceItem,
            HasComment = typed.Comment is not null,
        };
        return (new ReadForm(typed.Form, answers, typed.Comment), null);
    }

    /// <summary>The windows of a batch's place today, in the order in which they were opened.</summary>
    public IEnumerable<Node> WindowsOf(PaperState batch)
    {
        var (tree, node) = (bureau.Current.Tree, batch.Opened!.Node);
        return tree.Nodes.Where(one => one.Kind == NodeKind.Window && tree.IsAtOrBelow(one.Id, node, batch.Opened.Through));
    }

    private NodeId? WindowOf(PaperState batch, string? text, NodeScope scope)
    {
        if (text is null)
            return bureau.Current.Tree.Find(batch.Opened!.Node) is { Kind: NodeKind.Window } own ? own.Id : null;
        // Where a code is that of several, only a path tells which.
        return access.FindWindow(text, scope) ?? (WindowsOf(batch).Where(one => one.Name.Code == text).Take(2).ToList() is [var only] ? only.Id : null);
    }
}
