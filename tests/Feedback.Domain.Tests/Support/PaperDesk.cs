using System.Collections.Immutable;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Organisation;
using Feedback.Domain.Paper;
using Xunit;

namespace Feedback.Domain.Tests.Support;

/// <summary>A batch of hall n3 of <see cref="Bureau.Tree"/>: 40 forms of February, whose windows store whatever comes.</summary>
public sealed class PaperDesk
{
    private long _version = 100;

    /// <summary>The batch.</summary>
    public PaperState State { get; private set; } = new(PaperBatchId.Of(Some.Hall, 1));

    /// <summary>Everything that happened.</summary>
    public List<PaperEvent> Events { get; } = [];

    /// <summary>Who does it.</summary>
    public string By { get; set; } = "account:li";

    /// <summary>How many days have passed since Monday morning.</summary>
    public int DaysLater { get; set; }

    /// <summary>A dimension that forms no longer ask about; null for none.</summary>
    public string? Retired { get; set; }

    /// <summary>Forms of which their windows are known to have stored them.</summary>
    public ImmutableHashSet<int> Unsettled { get; set; } = [];

    /// <summary>Whether they may exclude evaluations.</summary>
    public bool MayExclude { get; set; }

    /// <summary>Whether they are recused from a case about the form.</summary>
    public bool IsRecused { get; set; }

    /// <summary>Whether the words of a second keying differ from the first.</summary>
    public bool CommentDiffers { get; set; }

    /// <summary>An opening that is possible.</summary>
    public static OpenPaperBatch Opening(int issued = 40, int collected = 30) =>
        new(Some.Hall, Some.On("2026-02-01"), Some.On("2026-02-28"), issued, new CountForms(collected, ["li", "wang"]));

    /// <summary>An open batch.</summary>
    public static PaperDesk Open(int issued = 40, int collected = 30) => new PaperDesk().Do(Opening(issued, collected));

    /// <summary>A form as it was read.</summary>
    public static ReadForm Form(int number, Grade grade = Grade.Satisfied, string window = "n5", string? words = null) => new(
        number,
        new PaperAnswers { Window = new NodeId(window), Day = Some.On("2026-02-27"), Grade = grade, Dimensions = [new("attitude", grade)], HasComment = words is not null },
        words);

    /// <summary>Days pass.</summary>
    public PaperDesk Later(int days)
    {
        DaysLater += days;
        return this;
    }

    /// <summary>Somebody else goes on.</summary>
    public PaperDesk As(string by)
    {
        By = by;
        return this;
    }

    /// <summary>Does something that is possible.</summary>
    public PaperDesk Do(PaperCommand command)
    {
        Assert.Equal((command, null), (command, Try(command)));
        return this;
    }

    /// <summary>Keys forms, and their windows store them.</summary>
    public PaperDesk Key(params ReadForm[] forms)
    {
        var decision = Decide(new KeyForms([.. forms]));
        Assert.Null(decision.Refusal);
        Assert.Empty(decision.Refused);
        return Settle(decision);
    }

    /// <summary>Corrects a form, and its window stores it.</summary>
    public PaperDesk Correct(ReadForm form) => Settle(Decide(new CorrectForm(form)));

    /// <summary>Why a form is not keyed; null when it is on its way to its window, or there already.</summary>
    public string? Refused(ReadForm form) => Decide(new KeyForms([form])) is var decision && decision.Refusal is { } refusal
        ? refusal.Code : decision.Refused.GetValueOrDefault(form.Number)?.Code;

    /// <summary>Tries something.</summary>
    /// <returns>The refusal's code; null when it was done.</returns>
    public string? Try(PaperCommand command, long? expected = null) => Decide(command, expected).Refusal?.Code;

    /// <summary>The windows answer nothing: the forms stay on their way.</summary>
    public PaperDecision Decide(PaperCommand command, long? expected = null)
    {
        var before = State;
        var decision = PaperRules.Decide(before, command, Context(expected));
        Assert.True(decision.Refusal is null || (decision.Events.IsEmpty && ReferenceEquals(decision.State, before)));
        return Take(decision);
    }

    /// <summary>Windows tell something of forms.</summary>
    public PaperDesk Tell(params PaperOutcome[] outcomes)
    {
        Take(PaperRules.Settle(State, outcomes, Context(null)));
        return this;
    }

    private PaperDesk Settle(PaperDecision decision) =>
        Tell([.. decision.ToStore.Select(one => new PaperOutcome(one.Form.Number, one.Attempt, (one.Form.Answers, _version++)))]);

    private PaperDecision Take(PaperDecision decision)
    {
        State = decision.State;
        Events.AddRange(decision.Events);
        return decision;
    }

    private PaperContext Context(long? expected) => new()
    {
        Now = Some.Morning + (DaysLater * 24L * 60 * 60 * 1000),
        Today = Some.On("2026-03-02").AddDays(DaysLater),
        By = By,
        Salt = () => Some.Salt,
        Expected = expected,
        NodeIsKnown = true,
        HasWindow = (window, day) => Bureau.Tree.Find(window) is { Kind: NodeKind.Window } && Bureau.Tree.IsAtOrBelow(window, Some.Hall, day),
        HasDimension = code => code != Retired && Bureau.Catalogue.HasDimension(code),
        Unsettled = Unsettled,
        CommentDiffers = CommentDiffers,
        MayExclude = MayExclude,
        IsRecused = IsRecused,
    };
}
