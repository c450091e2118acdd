using System.Globalization;
using System.Resources;
using Feedback.Api.Problems;
using Feedback.Domain.Cases;
using Feedback.Domain.Evaluations;

namespace Feedback.Api.Open311;

/// <summary>The words of this interface, in zh and en.</summary>
internal static class Open311Words
{
    private static readonly ResourceManager Texts = new("Feedback.Api.Open311.Open311Words", typeof(Open311Words).Assembly);

    /// <summary>A text.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    public static string Of(string name, CultureInfo language, params ReadOnlySpan<object?> values) => string.Format(
        language, Texts.GetString(name, language) ?? throw new InvalidOperationException($"'{name}' has no words."), values);

    /// <summary>What was wrong and how to mend it: in words of its own where those of the other interface would mislead.</summary>
    public static string TitleOf(Refusal refusal, CultureInfo language) => Texts.GetString("error-" + refusal.Code, language) is { } own
        ? string.Format(language, own, refusal.Field, refusal.Value is { Length: > 60 } value ? value[..(char.IsHighSurrogate(value[59]) ? 59 : 60)] + "…" : refusal.Value)
        : Problem.TitleOf(refusal, language);

    /// <summary>Where a case stands, finer than open and closed.</summary>
    public static string StageOf(CaseState state, CultureInfo language) => state switch
    {
        { Stage: CaseStage.Registered, Returned: true } => Of("stage-returned", language),
        { Closing: { Ending: var ending } } => Of("ended-" + ending.Word(), language),
        _ => Of("stage-" + state.Stage.Word(), language),
    };
}
