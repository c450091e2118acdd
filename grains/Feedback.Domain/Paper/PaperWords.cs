using System.Collections.Immutable;

namespace Feedback.Domain.Paper;

/// <summary>The stable words of batches.</summary>
public static class PaperWords
{
    /// <summary>Why a form cannot be counted: nothing on it; not to be read; no overall grade; more than one; torn; filled in by somebody twice; of another office; other.</summary>
    public static readonly ImmutableArray<string> SpoiltReasons = ["blank", "illegible", "no-grade", "two-grades", "torn", "twice", "not-ours", "other"];

    /// <summary>The reason with which an evaluation is excluded whose form was mistyped.</summary>
    public const string Mistyped = "paper-mistyped";
}
